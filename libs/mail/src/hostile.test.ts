import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseMail, recoverMail } from './parse.ts';
import { rawMimePart } from './raw-part.ts';
import { sanitizeMailHtml } from './safe-html.ts';

const FOLDER = join(import.meta.dirname, '../fixtures');
const RUNS = Number(process.env.FUZZ_RUNS ?? 5000);
/** The budget of one letter, with room for a busy machine; the aim is a second. */
const BUDGET_MS = 4000;

const letters = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.eml'))
  .map((name) => readFileSync(join(FOLDER, name)));

const MIB = 1024 * 1024;
const head = 'From: a@example.com\r\nTo: b@example.com\r\nDate: 24 Nov 2026 08:37:28 +0100\r\n';
const many = (piece: string, bytes = MIB) => piece.repeat(Math.ceil(bytes / piece.length));
const html = (body: string) => `${head}Content-Type: text/html; charset=utf-8\r\n\r\n${body}`;
const header = (name: string, piece: string, bytes = 64_000) => `${head}${name}: ${many(piece, bytes)}\r\n\r\nhi\r\n`;
const mixed = `${head}Content-Type: multipart/mixed; boundary=b\r\n\r\n`;

const HEADER_PIECES = [
  '(',
  ')',
  '()',
  '"',
  '\\',
  '<',
  '<a@',
  '>',
  ',',
  ';',
  ':',
  'a:',
  '@',
  'a@b,',
  '=?',
  '=?utf-8?Q?',
  '=?utf-8?B?=?',
  '?=',
  ' ',
  '\r\n ',
  '\t',
  "'",
  '[',
  '.',
  '"a" ',
  '(a(b',
  '<a@b>',
  'é',
  '\x1b$B',
];
const HTML_PIECES = [
  '<b>',
  '<b></i>',
  '<td>',
  '<p><b>',
  '<div style="',
  '<a href=http://x.example>x</a>',
  'a<b>b</b>',
  '<',
  '<!--',
  '&',
  '&#',
  '<table><tr>',
  '</p>',
  '<blockquote>',
  '<img src="',
  '<p style="color:red;color:red">x</p>',
  '<a href="https://x.example">www.y.example</a> ',
  '<![CDATA[',
  '<svg><style>',
];
const BODY_PIECES = [
  '--b\r\n',
  '\n--',
  '--b--\r\n',
  '--b\r\nContent-Type: message/rfc822\r\n\r\n',
  '--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n',
  'begin 644 a\r\nM',
  '-',
  '\r',
  '\n',
  ' \n',
  '>',
  '> ',
  '-----BEGIN PGP MESSAGE-----\r\n',
  '\u0000',
  'ü',
];

const pathological: [string, string][] = [
  ...HEADER_PIECES.flatMap((piece) =>
    ['From', 'To', 'Subject', 'Content-Type', 'References', 'Content-Disposition', 'X-Any'].map(
      (name): [string, string] => [`${name} full of ${JSON.stringify(piece)}`, header(name, piece)],
    ),
  ),
  ...HTML_PIECES.map((piece): [string, string] => [`HTML full of ${piece}`, html(many(piece, 2 * MIB))]),
  ...BODY_PIECES.map((piece): [string, string] => [`parts full of ${JSON.stringify(piece)}`, mixed + many(piece)]),
  ...BODY_PIECES.map((piece): [string, string] => [
    `text full of ${JSON.stringify(piece)}`,
    `${head}\r\n${many(piece)}`,
  ]),
  ['100,000 headers', `${head}${many('X: 1\r\n', 600_000)}\r\nhi`],
  ['a header of 5 MiB', header('X-Long', 'x', 5 * MIB)],
  ['flowed quotation', `${head}Content-Type: text/plain; format=flowed\r\n\r\n${many('>>> x \r\n')}`],
  [
    'a parameter in 50,000 pieces',
    `${head}Content-Disposition: attachment; ${many("f*1*=utf-8''%41;", 64_000)}\r\n\r\nx`,
  ],
  ['calendar', `${head}Content-Type: text/calendar\r\n\r\n${many('BEGIN:VEVENT\r\n')}`],
  ['quoted-printable', `${head}Content-Transfer-Encoding: quoted-printable\r\n\r\n${many('= ')}`],
  ['base64', `${head}Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n${many('A=')}`],
];

test('letters made to be slow stay within the budget', { timeout: 120_000 }, async () => {
  expect(pathological.length).toBeGreaterThanOrEqual(200);
  const slow: string[] = [];
  for (const [name, text] of pathological) {
    const from = process.cpuUsage();
    const mail = await parseMail(Buffer.from(text));
    if (mail.html !== null) sanitizeMailHtml(mail.html);
    const { user, system } = process.cpuUsage(from);
    const ms = Math.round((user + system) / 1000);
    if (ms > BUDGET_MS || mail.faults.some(({ code }) => code === 'UNREADABLE')) slow.push(`${name}: ${ms} ms`);
    if (process.env.SHOW_SLOW && ms > 400) process.stdout.write(`${ms} ms ${name}\n`);
  }
  expect(slow).toEqual([]);
});

describe('any bytes give a letter', () => {
  const mutated = fc
    .record({
      which: fc.nat(letters.length - 1),
      changes: fc.array(
        fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(20), fc.uint8Array({ maxLength: 12 })),
        { minLength: 1, maxLength: 6 },
      ),
    })
    .map(({ which, changes }) =>
      changes.reduce((bytes, [where, removed, added]) => {
        const at = Math.floor(where * bytes.length);
        return Buffer.concat([bytes.subarray(0, at), added, bytes.subarray(at + removed)]);
      }, letters[which] as Buffer),
    );

  test('a letter that was damaged anywhere', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(mutated, async (bytes) => {
        const mail = await parseMail(bytes);
        expect(mail.faults.map(({ code }) => code)).not.toContain('UNREADABLE');
        expect(mail.sizeBytes).toBe(bytes.length);
        expect(`${mail.subject}${mail.text}${mail.from?.name}`).not.toMatch(/[\0\x01-\x08\p{Cs}]/u);
        expect(new Set(mail.attachments.map(({ name }) => name.toLowerCase())).size).toBe(mail.attachments.length);
      }),
      { numRuns: RUNS },
    );
  });

  test('noise', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), async (bytes) => {
        const mail = await parseMail(Buffer.from(bytes));
        expect(mail.faults.map(({ code }) => code)).not.toContain('UNREADABLE');
        expect(recoverMail(Buffer.from(bytes)).text).toBe('');
      }),
      { numRuns: Math.ceil(RUNS / 5) },
    );
  });
});

test('the exact bytes of a signed part and of an encrypted payload are given', () => {
  const signed = readFileSync(join(FOLDER, 'pgp-mime-signed.eml'));
  expect(rawMimePart(signed, [0])?.entity.toString()).toBe('Content-Type: text/plain\r\n\r\nSigned words.\r\n');
  expect(rawMimePart(signed, [1])?.content.toString()).toContain('BEGIN PGP SIGNATURE');
  expect(rawMimePart(signed, [])?.entity).toEqual(signed);
  expect(rawMimePart(signed, [2])).toBeNull();
});
