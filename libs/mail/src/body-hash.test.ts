import { describe, expect, test } from 'vitest';
import { bodyHash, MAX_HASHED_LENGTH, repeatsTooOften } from './body-hash.ts';

const BODY = 'We have received your request 4711 and will answer it on 3 May 2026.';

describe('equal bodies have one hash', () => {
  test.each([
    ['itself', BODY],
    ['other numbers', 'We have received your request 815 and will answer it on 12 May 2027.'],
    ['another case', BODY.toUpperCase()],
    ['other white space', `\n ${BODY.replaceAll(' ', ' \r\n\u00a0')}\n`],
    ['other punctuation', BODY.replace('.', '!')],
    ['another quotation', `${BODY}\n\nOn 3 May 2026 at 12:00 Anna <a@x.example> wrote:\n> words`],
    ['another signature', `${BODY}\n-- \nDesk`],
    ['invisible signs', BODY.replace('received', 'rec\u200beived')],
  ])('%s', (_, text) => expect(bodyHash(text)).toBe(bodyHash(BODY)));

  test('which is a SHA-256 in hex', () => expect(bodyHash(BODY)).toMatch(/^[0-9a-f]{64}$/));
  test('other words have another', () => expect(bodyHash(BODY.replace('request', 'letter'))).not.toBe(bodyHash(BODY)));

  test('a text of fewer than twenty letters has none', () => {
    expect(bodyHash('a'.repeat(20))).not.toBeNull();
    expect(bodyHash('a'.repeat(19))).toBeNull();
    expect(bodyHash('')).toBeNull();
    expect(bodyHash('1234567890'.repeat(10))).toBeNull();
  });
  test('only the first hundred thousand units count', () => {
    const long = 'word '.repeat(MAX_HASHED_LENGTH / 5);
    expect(bodyHash(`${long}more`)).toBe(bodyHash(long));
    expect(bodyHash(`${long.slice(0, -5)}more`)).not.toBe(bodyHash(long));
  });
});

describe('the same body is one too many', () => {
  const now = new Date('2026-03-10T12:00:00Z');
  const earlier = (hash: string | null, minutes: number) => ({ hash, at: new Date(now.getTime() - minutes * 60_000) });
  test.each([
    ['the first', [], 'a', false],
    ['the second', [earlier('a', 1)], 'a', false],
    ['the third', [earlier('a', 1), earlier('a', 2)], 'a', true],
    ['the third after ten minutes', [earlier('a', 1), earlier('a', 10)], 'a', false],
    ['the third of different ones', [earlier('a', 1), earlier('b', 2)], 'a', false],
    ['the third without a hash', [earlier(null, 1), earlier(null, 2)], null, false],
  ])('%s', (_, history, hash, tooOften) => expect(repeatsTooOften(history, hash, now)).toBe(tooOften));
});
