import { describe, expect, test } from 'vitest';
import { deskKeyring, fixture, LETTER, NOW } from '../testing/craft.ts';
import { crc24, dearmor } from './armor.ts';
import { openEncrypted } from './index.ts';

const clean = fixture('enc.asc').toString();
const keyring = await deskKeyring();
const open = (text: string | Uint8Array) => openEncrypted(text, { keyring, now: NOW });

const DAMAGES: [string, (armor: string) => string][] = [
  ['hard spaces for spaces', (text) => text.replaceAll(' ', '\u00a0')],
  ['hard spaces before every line', (text) => text.replace(/^/gm, '\u00a0')],
  ['an empty line after every line', (text) => text.replaceAll('\n', '\n\n')],
  ['CR alone as line end', (text) => text.replaceAll('\n', '\r')],
  ['spaces behind every line', (text) => text.replaceAll('\n', '  \r\n')],
  ['no empty line behind the headers', (text) => text.replace('\n\n', '\nVersion: Any 1.0\n')],
  ['line ends lost', (text) => text.replaceAll('\n', ' ')],
  ['line ends lost, with a header', (text) => text.replace('\n\n', '\nVersion: Any 1.0\n\n').replaceAll('\n', ' ')],
  ['line ends that became <br>', (text) => text.replaceAll('\n', '<br>')],
  [
    'lines in paragraphs, entities for signs',
    (text) =>
      text
        .replace(/^(.*)$/gm, '<p class="x">$1&nbsp;</p>')
        .replaceAll('+', '&#43;')
        .replaceAll('=', '&#x3D;'),
  ],
  ['quoted-printable left in it', (text) => text.replace(/=(?=\w|$)/gm, '=3D')],
  ['soft line ends left in it', (text) => text.replace(/=(?=\w|$)/gm, '=3D').replace(/^([\w+/]{40})/gm, '$1=\r\n')],
  ['quote marks before it', (text) => text.replace(/^/gm, '> ')],
  ['Windows line ends', (text) => text.replaceAll('\n', '\r\n')],
];

describe('armor that mail programs damaged is mended', () => {
  test.each(DAMAGES)('%s', async (_, damage) => {
    const result = await open(damage(clean));
    expect(result).toMatchObject({ ok: true, data: LETTER });
  });

  test.each(DAMAGES.slice(0, 2))('%s, in UTF-8 bytes', async (_, damage) => {
    expect(await open(Buffer.from(damage(clean)))).toMatchObject({ ok: true, data: LETTER });
  });

  test('and the note says so', async () => {
    const result = await open(clean.replaceAll('\n', '<br>'));
    expect(result.ok && result.notes.map(({ code }) => code)).toEqual(['ARMOR_REPAIRED']);
  });

  test('words before and behind it do not matter', async () => {
    expect(await open(`Hello,\n\n${clean}\n_______\nthe list's footer = 7\n`)).toMatchObject({
      ok: true,
      data: LETTER,
    });
  });
});

describe('armor that cannot be mended', () => {
  test('cut off: the explanation says so', async () => {
    const lines = clean.split('\n');
    for (const count of [4, lines.length - 4]) {
      expect(await open(lines.slice(0, count).join('\n'))).toMatchObject({ ok: false, code: 'TRUNCATED' });
    }
  });

  test('only the END line lost: it opens all the same', async () => {
    expect(await open(clean.replace(/-----END.*\n/, ''))).toMatchObject({ ok: true, data: LETTER });
  });

  test('a changed sign: damaged, by its checksum', async () => {
    const at = clean.indexOf('\n\n') + 150;
    const changed = `${clean.slice(0, at)}${clean[at] === 'A' ? 'B' : 'A'}${clean.slice(at + 1)}`;
    expect(await open(changed)).toMatchObject({
      ok: false,
      code: 'DAMAGED',
      explanation: expect.stringContaining('checksum'),
    });
  });

  test('a wrong checksum over whole bytes: it opens with a note (RFC 9580, section 6.1)', async () => {
    const result = await open(clean.replace(/\n=\w{4}/, '\n=AAAA'));
    expect(result).toMatchObject({ ok: true, data: LETTER, notes: [{ code: 'CHECKSUM_WRONG' }] });
  });

  test('no words that can be read', async () => {
    const empty = '-----BEGIN PGP MESSAGE-----\n\n!!! not base64 !!!\n-----END PGP MESSAGE-----';
    expect(await open(empty)).toMatchObject({ ok: false, code: 'NOT_A_MESSAGE' });
  });
});

test('the checksum is the CRC-24 of OpenPGP', () => {
  expect(crc24(Buffer.from('123456789'))).toBe(0x21cf02);
});

test('a very long block is decoded in time that grows with its length only', () => {
  const bytes = Buffer.alloc(20 * 1024 * 1024, 0xc1);
  const body = bytes.toString('base64').replace(/.{64}/g, '$&\n');
  const startedAt = performance.now();
  expect(dearmor(`-----BEGIN PGP MESSAGE-----\n\n${body}\n-----END PGP MESSAGE-----`).bytes.equals(bytes)).toBe(true);
  expect(performance.now() - startedAt).toBeLessThan(5000);
});
