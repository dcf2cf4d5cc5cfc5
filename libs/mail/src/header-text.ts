import { isAscii } from 'node:buffer';
import { decodeText } from './charset.ts';
import { wellFormed } from './plain-text.ts';
import { qDecoded } from './transfer.ts';

/** How the bytes of headers are to be read, and whether anything had to be guessed. */
export interface HeaderDecoding {
  /** The charset of the body, asked when a header holds bare 8-bit bytes that are not UTF-8. */
  bodyCharset: string | null;
  guessed: boolean;
}

/** One run of a header: plain signs, or the content of one encoded-word still in bytes. */
type Run = { plain: string } | { charset: string; bytes: Buffer };

const BLANKS_ONLY = /^[ \t\r\n]*$/;
const MAX_CHARSET_LENGTH = 60;

/**
 * The text of a raw header value (one byte per unit): unfolded (RFC 5322, section 2.2.3), encoded-words decoded
 * (RFC 2047, also where they stand against its rules), bare 8-bit bytes decoded, on one line, without controls.
 */
export function decodeHeaderText(raw: string, decoding: HeaderDecoding): string {
  return oneLine(decodeWords(decodeBareBytes(raw, decoding), decoding));
}

/**
 * Decodes the bare bytes of a raw header and leaves encoded-words as they are, so that its structure can be read
 * before they are decoded. Inside an encoded-word one unit stays one byte.
 */
export function decodeBareBytes(raw: string, decoding: HeaderDecoding): string {
  const bytes = Buffer.from(raw, 'latin1');
  if (isAscii(bytes) && !bytes.includes(0x1b)) return raw;
  const spans = encodedWordSpans(raw);
  const bare: Buffer[] = [];
  let at = 0;
  for (const span of [...spans, { from: bytes.length, to: bytes.length }]) {
    bare.push(bytes.subarray(at, span.from));
    at = span.to;
  }
  const all = decodeText(Buffer.concat(bare), null, decoding.bodyCharset);
  if (all.charset !== 'utf-8' && all.charset !== 'us-ascii') decoding.guessed = true;
  return bare.map((piece, i) => decodeText(piece, all.charset).text + wordAt(raw, spans[i])).join('');
}

function wordAt(raw: string, span: WordSpan | undefined): string {
  return span === undefined ? '' : raw.slice(span.from, span.to);
}

interface WordSpan {
  from: number;
  to: number;
  charset: string;
  encoding: string;
  text: string;
}

/** Finds `=?charset?B|Q?text?=` in one pass; the text may hold blanks and question marks, as some programs write it. */
function encodedWordSpans(value: string): WordSpan[] {
  const spans: WordSpan[] = [];
  let end = -1;
  let from = value.indexOf('=?');
  while (from !== -1) {
    const mark = value.indexOf('?', from + 2);
    if (mark === -1) break;
    const charset = value.slice(from + 2, Math.min(mark, from + 2 + MAX_CHARSET_LENGTH));
    const encoding = (value[mark + 1] ?? '').toLowerCase();
    const textFrom = mark + 3;
    const isWord = (encoding === 'b' || encoding === 'q') && value[mark + 2] === '?' && isCharsetLabel(charset);
    if (!isWord) {
      from = value.indexOf('=?', from + 1);
      continue;
    }
    if (end < textFrom) end = value.indexOf('?=', textFrom);
    if (end === -1) break;
    const to = end + 2;
    spans.push({ from, to, charset, encoding, text: value.slice(textFrom, end) });
    from = value.indexOf('=?', to);
  }
  return spans;
}

function isCharsetLabel(label: string): boolean {
  return /^[a-z0-9][\w.:()*+-]*$/i.test(label);
}

/** Decodes the encoded-words of a value whose bare bytes are decoded already. Neighbours of one charset are joined first. */
export function decodeWords(value: string, decoding: HeaderDecoding): string {
  if (!value.includes('=?')) return value;
  const out: string[] = [];
  for (const run of joinedRuns(value)) {
    if ('plain' in run) {
      out.push(run.plain);
      continue;
    }
    const decoded = decodeText(run.bytes, run.charset, decoding.bodyCharset);
    if (decoded.guessed) decoding.guessed = true;
    out.push(decoded.text);
  }
  return out.join('');
}

/** Blanks between two encoded-words vanish (RFC 2047, section 6.2); words of one charset may share one sign. */
function joinedRuns(value: string): Run[] {
  const runs: Run[] = [];
  let at = 0;
  let pieces: Buffer[] = [];
  let charset = '';
  const flush = () => {
    if (pieces.length > 0) runs.push({ charset, bytes: Buffer.concat(pieces) });
    pieces = [];
  };
  for (const span of encodedWordSpans(value)) {
    const between = value.slice(at, span.from);
    const label = (span.charset.split('*', 1)[0] ?? '').toLowerCase();
    const joins = at > 0 && BLANKS_ONLY.test(between);
    if (!joins || label !== charset) flush();
    if (!joins && between !== '') runs.push({ plain: between });
    charset = label;
    pieces.push(wordBytes(span));
    at = span.to;
  }
  flush();
  if (at < value.length) runs.push({ plain: value.slice(at) });
  return runs;
}

function wordBytes(span: WordSpan): Buffer {
  if (span.encoding === 'q') return qDecoded(span.text);
  return Buffer.from(span.text.replace(/[^a-z0-9+/_-]/gi, ''), 'base64');
}

/** Line breaks, tabs and every run of blanks that a fold left become one blank; controls are dropped; ends are trimmed. */
export function oneLine(text: string): string {
  return wellFormed(text)
    .replace(/\r?\n[ \t]*|\r/g, ' ')
    .replace(/\t/g, ' ')
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, '')
    .trim();
}
