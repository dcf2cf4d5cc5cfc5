import { describe, expect, test } from 'vitest';
import { CONFIRMATION_LIMITS, mayConfirmWithin, type SentConfirmation } from './confirmation-budget.ts';

const now = new Date('2026-03-10T12:00:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const sent = (sender: string, agoMs: number): SentConfirmation => ({
  sender,
  domain: sender.slice(sender.indexOf('@') + 1),
  at: new Date(now.getTime() - agoMs),
});
const times = (count: number, make: (n: number) => SentConfirmation) =>
  Array.from({ length: count }, (_, n) => make(n));
const ANNA = 'anna@acme.example';

describe('one more confirmation may leave', () => {
  test.each<[string, SentConfirmation[], boolean]>([
    ['to a new sender', [], true],
    ['behind two within the hour', times(2, () => sent(ANNA, MINUTE)), true],
    ['behind three within the hour', times(3, () => sent(ANNA, MINUTE)), false],
    ['behind three of an hour ago', times(3, () => sent(ANNA, HOUR)), true],
    ['behind three of almost an hour ago', times(3, () => sent(ANNA, HOUR - 1)), false],
    ['behind nine within the day', times(9, (n) => sent(ANNA, (n + 2) * HOUR)), true],
    ['behind ten within the day', times(10, (n) => sent(ANNA, (n + 2) * HOUR)), false],
    ['behind ten, one a day old', times(10, (n) => sent(ANNA, n === 0 ? 24 * HOUR : (n + 2) * HOUR)), true],
    ['behind 49 to the domain', times(49, (n) => sent(`b${n}@acme.example`, MINUTE)), true],
    ['behind 50 to the domain', times(50, (n) => sent(`b${n}@acme.example`, MINUTE)), false],
    ['behind 50 to the domain of an hour ago', times(50, (n) => sent(`b${n}@acme.example`, HOUR)), true],
    ['behind 50 to a domain below', times(50, (n) => sent(`b${n}@mail.acme.example`, MINUTE)), true],
    ['behind 499 to all', times(499, (n) => sent(`b@d${n}.example`, MINUTE)), true],
    ['behind 500 to all', times(500, (n) => sent(`b@d${n}.example`, MINUTE)), false],
    ['behind 500 to all of an hour ago', times(500, (n) => sent(`b@d${n}.example`, HOUR)), true],
    ['behind three dated in the future', times(3, () => sent(ANNA, -5 * MINUTE)), false],
  ])('%s: %s', (_, history, allowed) => {
    for (const order of [history, history.toReversed()]) {
      const answer = mayConfirmWithin(order, ' Anna@ACME.example ', now);
      expect(answer.allowed).toBe(allowed);
      expect(answer.reason === null).toBe(allowed);
    }
  });

  test('the limit of all together is an alarm, that of one sender is not', () => {
    const many = times(500, (n) => sent(`b@d${n}.example`, MINUTE));
    expect(mayConfirmWithin(many, ANNA, now).isAlarm).toBe(true);
    const few = times(3, () => sent(ANNA, MINUTE));
    expect(mayConfirmWithin(few, ANNA, now).isAlarm).toBe(false);
  });

  test.each(['', 'nobody', 'a@b@c', 'anna@'])('not to %j, which is no address', (sender) => {
    expect(mayConfirmWithin([], sender, now).allowed).toBe(false);
  });

  test('the refusal says which limit was met', () => {
    expect(
      mayConfirmWithin(
        times(3, () => sent(ANNA, MINUTE)),
        ANNA,
        now,
      ).reason,
    ).toBe('3 confirmations left to this sender within an hour');
  });
});

test('two desks that confirm each other end after three letters each, without any header', () => {
  const histories: [SentConfirmation[], SentConfirmation[]] = [[], []];
  let letters = 0;
  for (let turn = 0; turn < 100; turn++) {
    const history = histories[turn % 2] as SentConfirmation[];
    const partner = turn % 2 === 0 ? 'desk@b.example' : 'desk@a.example';
    const at = new Date(now.getTime() + turn * 1_000);
    if (!mayConfirmWithin(history, partner, at).allowed) break;
    history.push({ sender: partner, domain: partner.slice(5), at });
    letters++;
  }
  expect(letters).toBe(2 * CONFIRMATION_LIMITS.perSenderHour);
});
