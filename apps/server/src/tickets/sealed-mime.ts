import { createHash } from 'node:crypto';

/** One header with its folded lines, line ends included. */
interface RawHeader {
  readonly name: string;
  readonly lines: string;
}

/** Headers that are repeated inside, where nobody on the way can change them. */
const PROTECTED = new Set(['from', 'to', 'cc', 'subject', 'date', 'message-id']);

/** The part of a composed mail that is encrypted: its body under its own type, with the protected headers beside it. */
export function withProtectedHeaders(mail: Buffer): Buffer {
  const { headers, body } = split(mail);
  const inner = headers.filter(({ name }) => name.startsWith('content-') || PROTECTED.has(name));
  const lines = inner.map(({ name, lines }) => (name === 'content-type' ? marked(lines) : lines));
  return Buffer.concat([Buffer.from(`${lines.join('')}\r\n`, 'latin1'), body]);
}

/** The mark by which mail programs know that the headers inside count ("protected headers" draft, section 3). */
function marked(lines: string): string {
  return `${lines.trimEnd()};\r\n protected-headers="v1"\r\n`;
}

/** The mail that goes out: the same envelope, the subject replaced, the encrypted part as its body (RFC 3156, section 4). */
export function wrapSealed(mail: Buffer, armored: string, outerSubject: string): Buffer {
  const { headers } = split(mail);
  const outer = headers
    .filter(({ name }) => !name.startsWith('content-'))
    .map(({ name, lines }) => (name === 'subject' ? `Subject: ${outerSubject}\r\n` : lines));
  const boundary = `sealed-${createHash('sha256').update(armored).digest('hex').slice(0, 24)}`;
  return Buffer.from(
    [
      `${outer.join('')}Content-Type: multipart/encrypted; protocol="application/pgp-encrypted";`,
      ` boundary="${boundary}"`,
      '',
      'This is an OpenPGP/MIME encrypted message (RFC 3156).',
      `--${boundary}`,
      'Content-Type: application/pgp-encrypted',
      'Content-Description: PGP/MIME version identification',
      '',
      'Version: 1',
      '',
      `--${boundary}`,
      'Content-Type: application/octet-stream; name="encrypted.asc"',
      'Content-Description: OpenPGP encrypted message',
      'Content-Disposition: inline; filename="encrypted.asc"',
      '',
      armored.trim().replace(/\r?\n/g, '\r\n'),
      `--${boundary}--`,
      '',
    ].join('\r\n'),
    'latin1',
  );
}

function split(mail: Buffer): { headers: RawHeader[]; body: Buffer } {
  const gap = mail.indexOf('\r\n\r\n');
  const head = mail.subarray(0, gap + 2).toString('latin1');
  const headers = head
    .split(/(?<=\r\n)(?![ \t])/)
    .filter((lines) => lines !== '')
    .map((lines) => ({ name: lines.slice(0, lines.indexOf(':')).trim().toLowerCase(), lines }));
  return { headers, body: mail.subarray(gap + 4) };
}
