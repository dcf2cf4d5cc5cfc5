import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  displayDomain,
  domainOf,
  isStrictAddress,
  normalizeAddress,
  normalizeDomain,
  sameAddress,
} from './addresses.ts';

const label63 = 'a'.repeat(63);

describe('an address is normalised to one spelling', () => {
  test.each([
    ['anna@example.com', 'anna@example.com'],
    ['Anna@Example.COM', 'anna@example.com'],
    ['  anna@example.com\r\n', 'anna@example.com'],
    ['<anna@example.com>', 'anna@example.com'],
    ['< anna@example.com >', 'anna@example.com'],
    ['anna+shop@example.com', 'anna+shop@example.com'],
    ["o'brien@example.ie", "o'brien@example.ie"],
    ['anna@Müller.de', 'anna@xn--mller-kva.de'],
    ['anna@MU\u0308LLER.de', 'anna@xn--mller-kva.de'],
    ['anna@xn--mller-kva.de', 'anna@xn--mller-kva.de'],
    ['anna@例え.jp', 'anna@xn--r8jz45g.jp'],
    ['anna@ｅｘａｍｐｌｅ．com', 'anna@example.com'],
    ['JÖRG@example.de', 'jörg@example.de'],
    ['JO\u0308RG@example.de', 'jörg@example.de'],
    ['"anna"@example.com', 'anna@example.com'],
    ['.dot..dot.@example.jp', '.dot..dot.@example.jp'],
    ['anna@example.com.', 'anna@example.com'],
    ['root@localhost', 'root@localhost'],
    ['a@my_host.example.com', 'a@my_host.example.com'],
    ['用户@例子.公司', '用户@xn--fsqu00a.xn--55qx5d'],
  ])('%j is %j', (raw, expected) => expect(normalizeAddress(raw)).toBe(expected));
});

describe('what is no address is refused', () => {
  test.each([
    '',
    '@',
    'anna',
    'anna@',
    '@example.com',
    'anna@@example.com',
    'anna@b@example.com',
    'anna example@example.com',
    'anna@exa mple.com',
    'anna(home)@example.com',
    'anna@example.com (home)',
    'team:anna@example.com',
    'team: anna@example.com;',
    '"anna smith"@example.com',
    '"a@evil x"@internal',
    '"a\\"b"@example.com',
    '<@relay.example,@b.example:anna@example.com>',
    'anna@[192.0.2.1]',
    'anna@192.0.2.1',
    'anna@1.2',
    'anna@１.２.３.４',
    'anna@example..com',
    'anna@.example.com',
    'anna@-example.com',
    'anna@example-.com',
    'anna@ex%61mple.com',
    'anna@example.com/x',
    'anna@example.com:25',
    'anna@example.com,bob@example.com',
    'anna;bob@example.com',
    'anna\u2009x@example.com',
    'an\u200bna@example.com',
    'an\u202ena@example.com',
    'anna@exam\u200bple.com',
    'an\0na@example.com',
    'an\nna@example.com',
    `anna@${label63}a.com`,
    `${'a'.repeat(65)}@example.com`,
  ])('%j', (raw) => expect(normalizeAddress(raw)).toBeNull());

  test('an address of 254 octets passes, one of 255 does not', () => {
    const domain = `${label63}.${label63}.${'a'.repeat(61)}`;
    expect(normalizeAddress(`${'l'.repeat(64)}@${domain}`)).toHaveLength(254);
    expect(normalizeAddress(`${'l'.repeat(64)}@${domain}b`)).toBeNull();
  });

  test('a local part of 64 octets passes, 64 characters that need more octets do not', () => {
    expect(normalizeAddress(`${'l'.repeat(64)}@example.com`)).not.toBeNull();
    expect(normalizeAddress(`${'é'.repeat(33)}@example.com`)).toBeNull();
  });

  test('megabytes are refused at once', () => {
    expect(normalizeAddress(`${'a'.repeat(5_000_000)}@example.com`)).toBeNull();
  });
});

test('normalising twice changes nothing', () => {
  const part = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(part, part, (local, domain) => {
      const once = normalizeAddress(`${local}@${domain}.example`);
      fc.pre(once !== null);
      expect(normalizeAddress(once as string)).toBe(once);
    }),
  );
});

describe('an address may be written to', () => {
  test.each([
    'anna@example.com',
    'Anna.Smith@Example.Com',
    'anna+tag=x@example.com',
    "!#$%&'*+-/=?^_`{|}~@example.com",
    'a@b',
    'anna@xn--mller-kva.de',
    `${'l'.repeat(64)}@example.com`,
  ])('%j', (address) => expect(isStrictAddress(address)).toBe(true));
});

describe('an address may not be written to', () => {
  test.each([
    '',
    'anna',
    '@example.com',
    'anna@',
    'a@b@example.com',
    '"anna"@example.com',
    '"a@evil x"@internal',
    'anna(c)@example.com',
    'anna@example.com(c)',
    'team:anna@example.com;',
    '<anna@example.com>',
    ' anna@example.com',
    'anna@example.com\r\nBcc: bob@example.com',
    'anna@example.com\n',
    'anna@example.com\0',
    '.anna@example.com',
    'anna.@example.com',
    'an..na@example.com',
    'anna@müller.de',
    'jörg@example.de',
    'anna@my_host.example.com',
    'anna@example.com.',
    'anna@-a.example.com',
    'anna@192.0.2.1',
    'anna@[192.0.2.1]',
    'anna,bob@example.com',
    `${'l'.repeat(65)}@example.com`,
    `a@${'b'.repeat(64)}.example`,
    `${'l'.repeat(64)}@${label63}.${label63}.${'a'.repeat(62)}`,
  ])('%j', (address) => expect(isStrictAddress(address)).toBe(false));
});

describe('addresses and domains are compared and shown', () => {
  test.each([
    ['A@example.com', 'a@EXAMPLE.com', true],
    ['a@müller.de', 'a@xn--mller-kva.de', true],
    ['a@example.com', 'b@example.com', false],
    ['not an address', 'not an address', false],
  ])('%j and %j are the same: %s', (a, b, same) => expect(sameAddress(a, b)).toBe(same));

  test('the domain of an address is its ASCII form', () => {
    expect(domainOf('Anna@Müller.de')).toBe('xn--mller-kva.de');
    expect(domainOf('anna')).toBeNull();
  });

  test.each([
    ['xn--mller-kva.de', 'müller.de'],
    ['Example.com', 'example.com'],
    ['xn--fsqu00a.xn--55qx5d', '例子.公司'],
    ['xn--pple-43d.com', 'xn--pple-43d.com'],
    ['xn--e1afmkfd.xn--p1ai', 'пример.рф'],
    ['not a domain', 'not a domain'],
  ])('%j is shown as %j', (domain, shown) => expect(displayDomain(domain)).toBe(shown));

  test.each([
    ['EXAMPLE.com.', 'example.com'],
    ['com', 'com'],
    ['a..b', null],
    ['', null],
    ['.', null],
    [`${label63}.com`, `${label63}.com`],
    ['a'.repeat(254), null],
  ])('the domain %j is %j', (raw, expected) => expect(normalizeDomain(raw)).toBe(expected));
});
