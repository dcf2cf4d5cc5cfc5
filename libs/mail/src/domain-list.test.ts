import { describe, expect, test } from 'vitest';
import { cpuMs } from '../testing/cpu-time.ts';
import {
  buildEntryIndex,
  decideSender,
  MAX_LIST_ENTRIES,
  MAX_LIST_ERRORS,
  MAX_LIST_LENGTH,
  matchEntry,
  moreSpecific,
  parseEntry,
  parseEntryList,
} from './domain-list.ts';

const listOf = (text: string) => {
  const { entries, errors } = parseEntryList(text);
  expect(errors).toEqual([]);
  return entries;
};
const entryOf = (text: string) => {
  const entry = parseEntry(text);
  if (!entry) throw new Error(`no entry: ${text}`);
  return entry;
};

describe('a list is read', () => {
  test.each([
    ['acme.com', ['acme.com']],
    ['ACME.com', ['acme.com']],
    ['acme.com.', ['acme.com']],
    [
      'acme.com, beta.org;gamma.net delta.io\nepsilon.de\r\n\tzeta.fr',
      ['acme.com', 'beta.org', 'gamma.net', 'delta.io', 'epsilon.de', 'zeta.fr'],
    ],
    ['acme.com，beta.org；gamma.net、delta.io', ['acme.com', 'beta.org', 'gamma.net', 'delta.io']],
    [',,; \n', []],
    ['', []],
    ['acme.com ACME.COM acme.com.', ['acme.com']],
    ['*.acme.com', ['*.acme.com']],
    ['@acme.com', ['@acme.com']],
    ['*@acme.com', ['@acme.com']],
    ['@acme.com *@acme.com acme.com', ['@acme.com', 'acme.com']],
    ['Anna@Acme.com <anna@acme.com>', ['anna@acme.com']],
    ['müller.de', ['xn--mller-kva.de']],
    ['müller.de xn--mller-kva.de', ['xn--mller-kva.de']],
    ['*.biz', ['*.biz']],
    ['anna@localhost', ['anna@localhost']],
  ])('%j', (text, expected) => expect(listOf(text).map(({ entry }) => entry)).toEqual(expected));

  test('a list of texts is one list', () => {
    expect(parseEntryList(['acme.com', 'beta.org acme.com']).entries.map(({ entry }) => entry)).toEqual([
      'acme.com',
      'beta.org',
    ]);
  });

  test('an entry tells its kind', () => {
    expect(listOf('a@acme.com @acme.com *.acme.com acme.com').map(({ kind }) => kind)).toEqual([
      'ADDRESS',
      'EXACT_DOMAIN',
      'SUBDOMAINS',
      'DOMAIN',
    ]);
  });
});

describe('what is no entry is told, and the others are kept', () => {
  test.each([
    ['acme', '“acme” is not a domain. Example: acme.com'],
    ['.acme.com', '“.acme.com” is not a domain. Example: acme.com'],
    ['acme..com', '“acme..com” is not a domain. Example: acme.com'],
    ['@', '“@” is not a domain. Example: acme.com'],
    ['@acme', '“@acme” is not a domain. Example: acme.com'],
    ['*', '“*” is not a domain. Example: acme.com'],
    ['*.', '“*.” is not a domain. Example: acme.com'],
    ['a*.com', '“a*.com” is not a domain. Example: acme.com'],
    ['*.*.com', '“*.*.com” is not a domain. Example: acme.com'],
    ['http://acme.com/', '“http://acme.com/” is not a domain. Example: acme.com'],
    ['192.0.2.1', '“192.0.2.1” is not a domain. Example: acme.com'],
    ['anna@', '“anna@” is not an e-mail address. Example: anna@acme.com'],
    ['a@b@acme.com', '“a@b@acme.com” is not an e-mail address. Example: anna@acme.com'],
  ])('%j', (text, message) => {
    expect(parseEntryList(`first.com ${text} last.com`)).toEqual({
      entries: [entryOf('first.com'), entryOf('last.com')],
      errors: [{ entry: text, message }],
    });
  });

  test('a long wrong entry is shortened in its message', () => {
    const { errors } = parseEntryList('x'.repeat(1_000));
    expect(errors[0]?.entry).toHaveLength(80);
    expect(errors[0]?.message.length).toBeLessThan(140);
  });

  test(`at most ${MAX_LIST_ERRORS} errors are told`, () => {
    expect(parseEntryList('bad '.repeat(MAX_LIST_ERRORS)).errors).toHaveLength(MAX_LIST_ERRORS);
    expect(parseEntryList('bad '.repeat(MAX_LIST_ERRORS + 1)).errors).toHaveLength(MAX_LIST_ERRORS);
  });

  test('a list at its limit of entries is whole, one more is told', () => {
    const full = Array.from({ length: MAX_LIST_ENTRIES }, (_, n) => `d${n}.com`);
    expect(parseEntryList(full)).toMatchObject({ entries: { length: MAX_LIST_ENTRIES }, errors: [] });
    const over = parseEntryList([...full, 'd0.com', 'one-more.com', 'two-more.com']);
    expect(over.entries).toHaveLength(MAX_LIST_ENTRIES);
    expect(over.errors).toEqual([{ entry: 'one-more.com', message: expect.stringContaining('at most 50000') }]);
  });

  test('a text over the limit is not read at all', () => {
    expect(parseEntryList(`acme.com${' '.repeat(MAX_LIST_LENGTH - 8)}`).entries).toHaveLength(1);
    expect(parseEntryList(`acme.com${' '.repeat(MAX_LIST_LENGTH - 7)}`)).toMatchObject({
      entries: [],
      errors: { length: 1 },
    });
  });
});

describe('an entry covers an address on a label border', () => {
  test.each([
    ['acme.com', 'a@acme.com', true],
    ['acme.com', 'A@ACME.COM', true],
    ['acme.com', 'a@mail.acme.com', true],
    ['acme.com', 'a@x.y.acme.com', true],
    ['acme.com', 'a@notacme.com', false],
    ['acme.com', 'a@acme.com.evil.org', false],
    ['acme.com', 'acme.com@evil.org', false],
    ['acme.com', 'a@acme.co', false],
    ['acme.com', 'a@com', false],
    ['*.acme.com', 'a@acme.com', false],
    ['*.acme.com', 'a@mail.acme.com', true],
    ['*.acme.com', 'a@x.mail.acme.com', true],
    ['*.acme.com', 'a@xacme.com', false],
    ['*.biz', 'a@win.biz', true],
    ['@acme.com', 'a@acme.com', true],
    ['@acme.com', 'a@mail.acme.com', false],
    ['anna@acme.com', 'Anna@Acme.com', true],
    ['anna@acme.com', 'bob@acme.com', false],
    ['anna@acme.com', 'anna@mail.acme.com', false],
    ['anna@acme.com', 'hanna@acme.com', false],
    ['müller.de', 'a@xn--mller-kva.de', true],
    ['xn--mller-kva.de', 'a@shop.Müller.de', true],
    ['acme.com', 'no address', false],
    ['acme.com', '', false],
  ])('%j covers %j: %s', (entry, address, covers) => {
    expect(matchEntry(address, listOf(entry)) !== null).toBe(covers);
    expect(matchEntry(address, buildEntryIndex(listOf(entry))) !== null).toBe(covers);
  });

  test.each([
    ['acme.com mail.acme.com', 'a@mail.acme.com', 'mail.acme.com'],
    ['acme.com @mail.acme.com', 'a@mail.acme.com', '@mail.acme.com'],
    ['acme.com *.acme.com', 'a@mail.acme.com', '*.acme.com'],
    ['acme.com *.acme.com', 'a@acme.com', 'acme.com'],
    ['@acme.com a@acme.com', 'a@acme.com', 'a@acme.com'],
    ['*.com acme.com', 'a@acme.com', 'acme.com'],
  ])('of %j the most specific for %j is %j', (list, address, entry) => {
    expect(matchEntry(address, listOf(list))?.entry).toBe(entry);
    expect(matchEntry(address, listOf(list).reverse())?.entry).toBe(entry);
  });
});

describe('one entry is more specific than another', () => {
  const order = ['a@mail.acme.com', '@mail.acme.com', 'mail.acme.com', '*.acme.com', 'acme.com', '*.com'];
  test.each(order.flatMap((a, i) => order.map((b, j) => [a, b, i < j] as const)))(
    '%j before %j: %s',
    (a, b, before) => {
      expect(moreSpecific(entryOf(a), entryOf(b))).toBe(before);
    },
  );
});

describe('the highlight and the spam list are weighed', () => {
  test.each([
    ['', '', 'none', null],
    ['acme.com', '', 'highlight', 'acme.com'],
    ['', 'acme.com', 'spam', 'acme.com'],
    ['acme.com', 'acme.com', 'spam', 'acme.com'],
    ['a@acme.com', 'acme.com', 'highlight', 'a@acme.com'],
    ['acme.com', 'a@acme.com', 'spam', 'a@acme.com'],
    ['@acme.com', 'acme.com', 'highlight', '@acme.com'],
    ['acme.com', '*.com', 'highlight', 'acme.com'],
    ['a@acme.com', 'a@acme.com', 'spam', 'a@acme.com'],
    ['beta.org', 'gamma.net', 'none', null],
  ])('highlight %j, spam %j: %s', (highlight, spam, kind, entry) => {
    const verdict = decideSender('a@acme.com', listOf(highlight), listOf(spam));
    expect(verdict).toMatchObject({ kind, entry: entry === null ? null : { entry } });
  });

  test('an unreadable sender is on no list', () => {
    expect(decideSender('nobody', listOf('acme.com'), listOf('acme.com'))).toEqual({ kind: 'none', entry: null });
  });
});

test('ten thousand entries are looked up a hundred thousand times in a moment', () => {
  const { entries } = parseEntryList(Array.from({ length: 10_000 }, (_, n) => `d${n}.example.com`));
  const index = buildEntryIndex(entries);
  const start = cpuMs();
  let found = 0;
  for (let n = 0; n < 100_000; n++) if (matchEntry(`a@mail.d${n % 20_000}.example.com`, index)) found++;
  expect(found).toBe(50_000);
  expect(cpuMs() - start).toBeLessThan(3_000);
});
