import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cpuMs } from '../testing/cpu-time.ts';
import {
  MAX_MESSAGE_ID_LENGTH,
  MAX_MESSAGE_IDS,
  messageIdKey,
  NO_TICKET,
  parseMessageIds,
  readMessageId,
  readReplyAddress,
  type SigningKey,
  signMessageId,
  signReplyAddress,
} from './message-ids.ts';

describe('ids are read from a header', () => {
  test.each([
    ['<a@x>', ['a@x']],
    ['<a@x> <b@y>', ['a@x', 'b@y']],
    ['<a@x><b@y>', ['a@x', 'b@y']],
    ['<a@x>,<b@y>;<c@z>', ['a@x', 'b@y', 'c@z']],
    ['<a@x>\r\n <b@y>\r\n\t<c@z>', ['a@x', 'b@y', 'c@z']],
    ['<a-very-long-\r\n id@x>', ['a-very-long-id@x']],
    ['< a@x >', ['a@x']],
    ['Your message of "Mon, 3 Mar" <a@x>', ['a@x']],
    ['(a comment) <a@x>', ['a@x']],
    ['<A@X.Example>', ['A@X.Example']],
    ['<a@x> <b@y> <a@x>', ['b@y', 'a@x']],
    ['a@x', ['a@x']],
    ['a@x b@y', ['a@x', 'b@y']],
    ['your letter of yesterday to a@x', []],
    ['<no-at-sign>', ['no-at-sign']],
    ['<a@[192.0.2.1]>', ['a@[192.0.2.1]']],
    ['<a$b%c@x>', ['a$b%c@x']],
    ['<>', []],
    ['<  >', []],
    ['', []],
    ['   ', []],
    ['<a@x', []],
    ['a@x>', []],
    ['<broken <a@x>', ['a@x']],
    ['<a@x>> <<b@y>>', ['a@x', 'b@y']],
    ['<a\0b@x> <c@z>', ['c@z']],
  ])('%j', (value, expected) => expect(parseMessageIds(value)).toEqual(expected));

  const many = (count: number) => Array.from({ length: count }, (_, n) => `<n${n}@x>`).join(' ');
  test('fifty are taken, and of more the fifty on the right', () => {
    expect(parseMessageIds(many(MAX_MESSAGE_IDS))).toHaveLength(50);
    const ids = parseMessageIds(many(MAX_MESSAGE_IDS + 1));
    expect([ids.length, ids[0], ids.at(-1)]).toEqual([50, 'n1@x', 'n50@x']);
  });

  test('an id of 998 characters is taken, a longer one is passed over', () => {
    const id = (length: number) => `<${'a'.repeat(length - 2)}@x>`;
    expect(parseMessageIds(id(MAX_MESSAGE_ID_LENGTH))).toHaveLength(1);
    expect(parseMessageIds(`${id(MAX_MESSAGE_ID_LENGTH + 1)} <b@y>`)).toEqual(['b@y']);
  });

  test.each([['<'], ['<a '], ['<<>'], ['>'], ['a@'], ['<a>']])('a megabyte of %j is read in a moment', (piece) => {
    const start = cpuMs();
    parseMessageIds(piece.repeat(1_000_000 / piece.length));
    expect(cpuMs() - start).toBeLessThan(500);
  });

  test.each([
    ['<A@X>', 'a@x'],
    ['a@x', 'a@x'],
    [' <a@\r\n x> ', 'a@x'],
    ['', ''],
  ])('%j is compared as %j', (id, key) => expect(messageIdKey(id)).toBe(key));
});

const key: SigningKey = { id: 'k1', secret: Buffer.alloc(32, 1) };
const newKey: SigningKey = { id: 'k2', secret: Buffer.alloc(32, 2) };
const token = { ticket: 1042, entry: 'e7f3k', mailbox: 'support' };
const here = { mailboxes: ['support'] };
const signed = signMessageId(token, key, 'Help.Example');

describe('our own id', () => {
  test('has its documented form', () => {
    expect(signed).toMatch(/^<tt\.1042\.e7f3k\.k1-[a-z2-7]{26}@help\.example>$/);
    expect(signMessageId(token, key, 'help.example')).toBe(signed);
  });

  test('does not change with a new version of the product', () => {
    expect(signed).toBe('<tt.1042.e7f3k.k1-nrfxhd4mtuwlfp5zk2ffbdthm4@help.example>');
  });

  test.each([
    ['as sent', signed],
    ['without brackets', signed.slice(1, -1)],
    ['in upper case', signed.toUpperCase()],
    ['folded by white space', signed.replace('e7f', 'e7\r\n f')],
    ['under another domain', signed.replace('help.example', 'gateway.example')],
  ])('is verified %s', (_, id) => expect(readMessageId(id, [key], here)).toEqual(token));

  test('is verified by any key that is still accepted, and not by others', () => {
    expect(readMessageId(signed, [newKey, key], here)).toEqual(token);
    expect(readMessageId(signed, [newKey], here)).toBe('FORGED');
    expect(readMessageId(signed, [{ ...newKey, id: 'k1' }], here)).toBe('FORGED');
    expect(readMessageId(signed, [], here)).toBe('FORGED');
  });

  test('belongs to its mailbox alone', () => {
    expect(readMessageId(signed, [key], { mailboxes: ['sales'] })).toBe('FORGED');
    expect(readMessageId(signed, [key], { mailboxes: ['sales', 'support'] })).toEqual(token);
    expect(readMessageId(signed, [key], { mailboxes: [] })).toBe('FORGED');
  });

  test('is not taken for a reply address, nor the other way round', () => {
    const mac = signed.slice(signed.indexOf('k1-'), signed.indexOf('@'));
    expect(readReplyAddress(`support+tt.1042.${mac}@x`, [key], here)).toBe('FORGED');
  });

  test('round-trips for every token', () => {
    const entry = fc.stringMatching(/^[a-z0-9]{1,40}$/);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999_999_999_999 }), entry, fc.string(), (ticket, entryId, mailbox) => {
        const id = signMessageId({ ticket, entry: entryId, mailbox }, key, 'x.example');
        expect(readMessageId(id, [key], { mailboxes: [mailbox] })).toEqual({ ticket, entry: entryId, mailbox });
      }),
    );
  });

  test('with one character of it changed is forged or foreign', () => {
    const inner = signed.slice(1, signed.indexOf('@'));
    for (let at = 0; at < inner.length; at++) {
      const other = inner[at] === '2' ? '3' : '2';
      const changed = `<${inner.slice(0, at)}${other}${inner.slice(at + 1)}@help.example>`;
      expect(['FORGED', null]).toContain(readMessageId(changed, [key, newKey], here));
    }
  });
});

describe('a false or foreign id', () => {
  test.each([
    '<tt.1042.e7f3k.k1-aaaaaaaaaaaaaaaaaaaaaaaaaa@help.example>',
    '<tt.1043.e7f3k.k1-aaaaaaaaaaaaaaaaaaaaaaaaaa@help.example>',
    '<tt.1.e.k1-short@help.example>',
    '<tt.1.e.nodash@help.example>',
    '<tt.1.e.-aaaaaaaaaaaaaaaaaaaaaaaaaa@help.example>',
    '<tt.1.e.@help.example>',
  ])('%j is forged', (id) => expect(readMessageId(id, [key], here)).toBe('FORGED'));

  test.each([
    '<abc@mail.example>',
    '<tt.abc.e.k1-aaaaaaaaaaaaaaaaaaaaaaaaaa@x>',
    '<tt.01.e.k1-aaaaaaaaaaaaaaaaaaaaaaaaaa@x>',
    '<tt.1.e_x.k1-aaaaaaaaaaaaaaaaaaaaaaaaaa@x>',
    '<tt.1.e@x>',
    '<tt.1.e.k1-aaaaaaaaaaaaaaaaaaaaaaaaaa.more@x>',
    '<tt.1.e.k1-aaaaaaaaaaaaaaaaaaaaaaaaaa>',
    'tt',
    '',
    '@',
    `<tt.1.e.k1-${'a'.repeat(1_000)}@x>`,
  ])('%j is foreign', (id) => expect(readMessageId(id, [key], here)).toBeNull());

  test('of our form is forged under our domain and foreign under another, when our domains are known', () => {
    const known = { ...here, domains: ['help.example'] };
    const id = '<tt.1.e.k1-aaaaaaaaaaaaaaaaaaaaaaaaaa@help.example>';
    expect(readMessageId(id, [key], known)).toBe('FORGED');
    expect(readMessageId(id.replace('help', 'other'), [key], known)).toBeNull();
    expect(readMessageId(signed.replace('help', 'other'), [key], known)).toEqual(token);
  });
});

test('a mail that belongs to no ticket carries a signed id too', () => {
  const free = { ...token, ticket: NO_TICKET };
  expect(readMessageId(signMessageId(free, key, 'help.example'), [key], here)).toEqual(free);
});

describe('what cannot stand in an id is refused when signing', () => {
  test.each([
    { ...token, ticket: -1 },
    { ...token, ticket: 1.5 },
    { ...token, ticket: Number.NaN },
    { ...token, ticket: 1e15 },
    { ...token, ticket: Number.POSITIVE_INFINITY },
    { ...token, entry: '' },
    { ...token, entry: 'Upper' },
    { ...token, entry: 'a.b' },
    { ...token, entry: 'a'.repeat(41) },
  ])('%j', (bad) => expect(() => signMessageId(bad, key, 'x.example')).toThrow(RangeError));

  test.each([
    ['a domain with a line end', () => signMessageId(token, key, 'x\r\nBcc: a')],
    ['no domain', () => signMessageId(token, key, '')],
    ['a key id with a dash', () => signMessageId(token, { ...key, id: 'k-1' }, 'x.example')],
    ['a short key', () => signMessageId(token, { ...key, secret: Buffer.alloc(15) }, 'x.example')],
  ])('%s', (_, sign) => expect(sign).toThrow(RangeError));

  test('the longest entry and ticket pass', () => {
    expect(signMessageId({ ...token, ticket: 999_999_999_999_999, entry: 'a'.repeat(40) }, key, 'x.example')).toContain(
      'tt.999999999999999.',
    );
  });
});

describe('a reply address', () => {
  const ours = signReplyAddress('support@help.example', token, key);
  test('carries the ticket and is verified in any case', () => {
    expect(ours).toMatch(/^support\+tt\.1042\.k1-[a-z2-7]{26}@help\.example$/);
    expect(readReplyAddress(ours, [newKey, key], here)).toEqual({ ticket: 1042, mailbox: 'support' });
    expect(readReplyAddress(ours.toUpperCase(), [key], here)).toEqual({ ticket: 1042, mailbox: 'support' });
  });

  test.each([
    ['another ticket', ours.replace('1042', '1043'), 'FORGED'],
    ['a plain address', 'support@help.example', null],
    ['another tag', 'support+news@help.example', null],
    ['no address', 'tt.1042.k1', null],
    ['no sub-address', ours.replace('support+', ''), null],
    ['a very long one', `${'a'.repeat(400)}@x`, null],
  ])('that is %s gives %s', (_, address, expected) => expect(readReplyAddress(address, [key], here)).toBe(expected));

  test('is refused where the mailbox leaves no room', () => {
    const room = 64 - '+tt.1042.k1-'.length - 26;
    expect(signReplyAddress(`${'a'.repeat(room)}@x`, token, key).indexOf('@')).toBe(64);
    expect(() => signReplyAddress(`${'a'.repeat(room + 1)}@x`, token, key)).toThrow(RangeError);
    expect(() => signReplyAddress('nobody', token, key)).toThrow(RangeError);
  });
});
