import { expect, test } from 'vitest';
import { causeOf } from './failure-causes.ts';

test.each([
  [
    'The mail server refused the message (550 5.1.1 <anna@acme.example>: Recipient address rejected: User unknown).',
    'The mail server refused the message (550 5.1.1 …: Recipient address rejected: User unknown).',
  ],
  [
    'The mail server refused the message (554 5.7.1 relay denied 4XyZ12abQw9 - gsmtp).',
    'The mail server refused the message (554 5.7.1 relay denied … - gsmtp).',
  ],
  ['Not taken for a@b.example, c@d.example: 550 no', 'Not taken for …: 550 no'],
])('a reason is told without what differs from mail to mail: %j', (detail, cause) => {
  expect(causeOf(detail)).toBe(cause);
});

test('mails without a reason are one group with words', () => {
  expect(causeOf(null)).toBe(causeOf('  '));
  expect(causeOf(null)).toBe('The mail server gave no reason.');
});

test('long and strange words of a server end, and quickly', () => {
  const at = performance.now();
  for (const piece of ['a1-', '@', '<', '1', 'a@b ', '… '])
    expect(causeOf(piece.repeat(40_000)).length).toBeLessThanOrEqual(300);
  expect(performance.now() - at).toBeLessThan(2000);
});
