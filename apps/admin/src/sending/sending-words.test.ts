import { expect, test } from 'vitest';
import { formatTime } from '../ui/format.ts';
import { readSendingSearch, toFilter } from './sending-search.ts';
import { nextWords } from './sending-words.ts';

const now = Date.parse('2026-01-05T10:00:00.000Z');
const nextAttemptAt = '2026-01-05T10:05:00.000Z';
const at = formatTime(nextAttemptAt);

test.each([
  [{ state: 'QUEUED', attempts: 0, detail: null, nextAttemptAt }, `Goes out at ${at}.`],
  [{ state: 'QUEUED', attempts: 3, detail: '451 later', nextAttemptAt }, `Tried 3 times. Next try at ${at}.`],
  [
    { state: 'QUEUED', attempts: 1, detail: '451', nextAttemptAt: '2026-01-05T09:00:00.000Z' },
    'Tried once. Its turn comes next.',
  ],
  [{ state: 'SENT', attempts: 1, detail: null, nextAttemptAt }, null],
] as const)('what comes next of %j is said', (mail, words) => {
  expect(nextWords(mail, now)).toBe(words);
});

test('an address that makes no sense shows all mails', () => {
  expect(readSendingSearch({ state: 'constructor', kind: 7, q: '  ', after: {} })).toEqual({});
  expect(toFilter(readSendingSearch({}))).toBeNull();
  expect(readSendingSearch({ q: 42 })).toEqual({ q: '42' });
  expect(readSendingSearch({ q: 'x'.repeat(999) }).q).toHaveLength(200);
});
