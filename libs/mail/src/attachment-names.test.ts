import { expect, test } from 'vitest';
import { AttachmentNames, safeName } from './attachment-names.ts';

test.each([
  ['a long name', 'x'.repeat(300), ''],
  ['a long name of wide signs', '😀'.repeat(300), ''],
  ['a long name with an ending', `${'x'.repeat(300)}.pdf`, '.pdf'],
  ['a name that is all ending', `x.${'y'.repeat(11)}`, `.${'y'.repeat(11)}`],
])('files of one mail with the same %s are told apart within the limits', (_what, name, ending) => {
  const names = new AttachmentNames();
  const taken = Array.from({ length: 120 }, () => names.take(name, 'application/pdf'));
  expect(new Set(taken).size).toBe(120);
  for (const each of taken) {
    expect([...each].length).toBeLessThanOrEqual(150);
    expect(Buffer.byteLength(each)).toBeLessThanOrEqual(255);
    expect(each.endsWith(ending)).toBe(true);
  }
  expect(taken[119]).toContain(' (120)');
});

test.each(['.', ' .', '. '])('a name that is cut among %j ends before it', (filler) => {
  expect(safeName(`x${filler.repeat(400)}${'y'.repeat(20)}`)).toBe('x');
});
