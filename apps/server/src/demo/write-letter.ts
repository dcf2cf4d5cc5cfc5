import { createHash } from 'node:crypto';

/** A part of a letter: its own headers and its encoded bytes. */
export interface Part {
  readonly headers: readonly string[];
  readonly body: string;
}

/** A letter to write. Names and subjects of any script are encoded; `rawSubject` is put in as it stands. */
export interface Draft {
  readonly from: string | null;
  readonly name?: string;
  readonly to?: string;
  readonly subject?: string | null;
  readonly rawSubject?: string;
  /** The part of the Message-ID before the "@"; null: the letter has none. */
  readonly id?: string | null;
  readonly at: Date;
  readonly headers?: readonly string[];
  readonly part: Part;
}

/** A letter to be written whose time is given by its place in a row. */
export type Sample = Omit<Draft, 'at'>;

/** The bytes of a letter, lines ended by CRLF. */
export function writeLetter(draft: Draft, supportEmail: string): Buffer {
  const { from, name, subject, rawSubject, id, at, headers = [], part } = draft;
  const lines = [
    ...(from === null ? [] : [`From: ${name ? `${word(name)} ` : ''}<${from}>`]),
    `To: ${draft.to ?? supportEmail}`,
    ...(rawSubject ? [`Subject: ${rawSubject}`] : subject ? [`Subject: ${word(subject)}`] : []),
    `Date: ${at.toUTCString().replace('GMT', '+0000')}`,
    ...(id ? [`Message-ID: ${messageId(id)}`] : []),
    'MIME-Version: 1.0',
    ...headers,
    ...part.headers,
  ];
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${part.body}`, 'latin1');
}

/** The Message-ID of the letter with this `id`. */
export function messageId(id: string): string {
  return `<${id}@letters.example>`;
}

/** Text in UTF-8. */
export function text(content: string, subtype: 'plain' | 'html' = 'plain', more = ''): Part {
  return encoded(`text/${subtype}; charset=utf-8${more}`, Buffer.from(content.replace(/\r?\n/g, '\r\n')));
}

/** HTML in UTF-8. */
export function html(content: string): Part {
  return text(content, 'html');
}

/** Bytes of a type under base64. */
export function encoded(type: string, bytes: Buffer, headers: readonly string[] = []): Part {
  const body = (bytes.toString('base64').match(/.{1,76}/g) ?? []).map((line) => `${line}\r\n`).join('');
  return { headers: [`Content-Type: ${type}`, 'Content-Transfer-Encoding: base64', ...headers], body };
}

/** A file that is attached. */
export function file(name: string, type: string, bytes: Buffer | string): Part {
  return encoded(type, Buffer.from(bytes as string), [
    `Content-Disposition: attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
  ]);
}

/** Parts in one, such as "mixed", "alternative" or "related". */
export function multipart(kind: string, ...parts: readonly Part[]): Part {
  const boundary = `part-${createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 20)}`;
  const inner = parts.map((part) => `--${boundary}\r\n${part.headers.join('\r\n')}\r\n\r\n${part.body}\r\n`).join('');
  return { headers: [`Content-Type: multipart/${kind}; boundary="${boundary}"`], body: `${inner}--${boundary}--\r\n` };
}

/** Encoded words (RFC 2047) of at most 45 bytes each where the text is not plain ASCII. */
function word(content: string): string {
  if (/^[ -~]*$/.test(content) && !/=\?/.test(content))
    return /[",<>()@:;[\]\\]/.test(content) ? encodedWords(content) : content;
  return encodedWords(content);
}

function encodedWords(content: string): string {
  const words: string[] = [''];
  for (const sign of content) {
    if (Buffer.byteLength(words.at(-1)! + sign) > 45) words.push('');
    words[words.length - 1] += sign;
  }
  return words.map((piece) => `=?utf-8?B?${Buffer.from(piece).toString('base64')}?=`).join('\r\n ');
}
