import { describe, expect, test } from 'vitest';
import { defaultMailLimits, type MailLimits } from './limits.ts';
import type { Mail, MailFaultCode } from './mail.ts';
import { parseMail } from './parse.ts';

const letter = (headers: string, body = 'words\r\n') =>
  Buffer.from(`From: a@example.com\r\nDate: Tue, 24 Nov 2026 08:37:28 +0100\r\n${headers}\r\n${body}`);
const codes = (mail: Mail) => mail.faults.map(({ code }) => code);
const mixed = (parts: number) =>
  letter(
    'Content-Type: multipart/mixed; boundary=b\r\n',
    `${'--b\r\nContent-Type: image/png\r\n\r\nx\r\n'.repeat(parts)}--b--\r\n`,
  );

function nested(levels: number): Buffer {
  let part = 'Content-Type: text/plain\r\n\r\ninnermost\r\n';
  for (let i = 0; i < levels; i += 1)
    part = `Content-Type: multipart/mixed; boundary=b${i}\r\n\r\n--b${i}\r\n${part}\r\n--b${i}--\r\n`;
  return letter(part.split('\r\n\r\n', 1)[0] as string, '').length > 0
    ? Buffer.from(`From: a@example.com\r\nDate: 24 Nov 2026 08:37:28 +0100\r\n${part}`)
    : Buffer.alloc(0);
}

function nestedMessages(levels: number): Buffer {
  let part = 'Subject: innermost\r\n\r\nwords\r\n';
  for (let i = 0; i < levels; i += 1) part = `Content-Type: message/rfc822\r\n\r\n${part}`;
  return Buffer.from(`From: a@example.com\r\nDate: 24 Nov 2026 08:37:28 +0100\r\n${part}`);
}

const cases: [MailFaultCode, Partial<MailLimits>, Buffer, Buffer][] = [
  ['MESSAGE_TOO_LARGE', { messageBytes: letter('').length }, letter(''), letter('', 'words!\r\n')],
  ['HEADER_BLOCK_TOO_LARGE', { headerBlockBytes: letter('').length - 9 }, letter(''), letter('X: 1\r\n')],
  ['HEADER_TOO_LONG', { headerBytes: 100 }, letter(`X:${'x'.repeat(100)}\r\n`), letter(`X:${'x'.repeat(101)}\r\n`)],
  ['TOO_MANY_HEADERS', { headers: 3 }, letter('X: 1\r\n'), letter('X: 1\r\nY: 2\r\n')],
  ['LINE_TOO_LONG', { lineBytes: 50 }, letter('', 'x'.repeat(50)), letter('', 'x'.repeat(51))],
  ['TOO_DEEP', {}, nested(20), nested(21)],
  ['TOO_MANY_PARTS', { attachments: 1000 }, mixed(500), mixed(501)],
  ['MESSAGES_TOO_DEEP', {}, nestedMessages(5), nestedMessages(6)],
  [
    'BOUNDARY_TOO_LONG',
    {},
    letter(`Content-Type: multipart/mixed; boundary=${'b'.repeat(200)}\r\n`),
    letter(`Content-Type: multipart/mixed; boundary=${'b'.repeat(201)}\r\n`),
  ],
  ['TOO_MANY_ATTACHMENTS', {}, mixed(100), mixed(101)],
  [
    'TOO_MANY_ADDRESSES',
    {},
    letter(`To: ${'x@example.com,'.repeat(499)}\r\n`),
    letter(`To: ${'x@example.com,'.repeat(500)}\r\n`),
  ],
  ['TEXT_TOO_LONG', { textChars: 50 }, letter('', 'word '.repeat(9)), letter('', 'word '.repeat(11))],
  [
    'HTML_TOO_LONG',
    { htmlChars: 50 },
    letter('Content-Type: text/html\r\n', `<p>${'x'.repeat(47)}`),
    letter('Content-Type: text/html\r\n', `<p>${'x'.repeat(48)}`),
  ],
];

describe('each limit lets through what reaches it and tells what is over it', () => {
  test.each(cases)('%s', async (code, limits, within, over) => {
    expect(codes(await parseMail(within, { limits }))).not.toContain(code);
    expect(codes(await parseMail(over, { limits }))).toContain(code);
  });
});

describe('over a limit nothing is lost that could be kept', () => {
  test('the parts after the last are one attachment', async () => {
    const mail = await parseMail(mixed(600), { limits: { attachments: 1000 } });
    expect(mail.attachments).toHaveLength(501);
    expect(mail.attachments.at(-1)?.kind).toBe('UNPARSED');
    expect(
      mail.attachments
        .at(-1)
        ?.content.toString()
        .match(/image\/png/g),
    ).toHaveLength(100);
  });
  test('what is too deep is one attachment with its headers', async () => {
    const [part] = (await parseMail(nested(21))).attachments;
    expect(part).toMatchObject({ kind: 'UNPARSED', name: 'unparsed-part.txt' });
    expect(part?.content.toString()).toContain('innermost');
  });
  test('a letter that is too large shows its headers', async () => {
    const mail = await parseMail(letter('Subject: big\r\n', 'x'.repeat(1000)), { limits: { messageBytes: 500 } });
    expect(mail).toMatchObject({ subject: 'big', text: '', from: { address: 'a@example.com' } });
  });
  test('of 100,000 recipients 500 are read', async () => {
    const lines = `To: ${'x@example.com, '.repeat(4000)}\r\n`.repeat(4);
    const mail = await parseMail(letter(lines));
    expect(mail.to).toHaveLength(defaultMailLimits.addresses - 1);
  });
});
