import { PgpError } from './errors.ts';

/** A clear-signed block taken apart (RFC 9580, section 7). */
export interface ClearText {
  /** The signed words, dash-escapes taken off, lines joined by "\n". */
  text: string;
  /** The bytes that are signed: trailing white space off, lines joined by CRLF. In the encoding of the input string. */
  canonical: string;
  /** The armored signature behind it. */
  signature: string;
  /** The signed words in the input: offsets of their first sign and behind their last. */
  start: number;
  end: number;
}

const BEGIN = '-----BEGIN PGP SIGNED MESSAGE-----';
const SIGNATURE = '-----BEGIN PGP SIGNATURE-----';

/**
 * Takes the first clear-signed block of a text apart. Strict on purpose: only Hash headers may stand before the text
 * and no other armor line within it, since anything more could pass unsigned words off as signed.
 * @throws PgpError NOT_ARMOR (there is none), MALFORMED
 */
export function readClearText(input: string): ClearText {
  const begin = lineAt(input, BEGIN, 0);
  if (begin < 0) throw new PgpError('NOT_ARMOR', 'There is no clear-signed text here.');
  const start = textStart(input, begin + BEGIN.length);
  const signatureAt = lineAt(input, SIGNATURE, start - 1);
  if (signatureAt < 0) throw new PgpError('MALFORMED', 'The clear-signed text is cut off: its signature is missing.');
  const end = Math.max(start, signatureAt - (input[signatureAt - 2] === '\r' ? 2 : 1));
  const lines = input.slice(start, end).split(/\r\n|\n|\r/);
  if (lines.some((line) => line.startsWith('-----'))) {
    throw new PgpError('MALFORMED', 'The clear-signed text is damaged: another block begins within it.');
  }
  const plain = lines.map((line) => line.replace(/^- /, ''));
  const canonical = plain.map((line) => withoutTrailingBlanks(line)).join('\r\n');
  return { text: plain.join('\n'), canonical, signature: input.slice(signatureAt), start, end };
}

/** A line without the blanks and tabs at its end, which no signature covers (RFC 9580, section 7.2). No pattern: it would try each of a million blanks anew. */
function withoutTrailingBlanks(line: string): string {
  let end = line.length;
  while (end > 0 && (line[end - 1] === ' ' || line[end - 1] === '\t')) end--;
  return line.slice(0, end);
}

/** Behind the empty line that ends the headers. */
function textStart(input: string, at: number): number {
  const lineEnd = /[ \t]*(?:\r\n|\n|\r)/y;
  lineEnd.lastIndex = at;
  let next = lineEnd.test(input) ? lineEnd.lastIndex : -1;
  while (next > 0) {
    lineEnd.lastIndex = next;
    if (lineEnd.test(input)) return lineEnd.lastIndex;
    const header = /Hash: [A-Za-z0-9,\t -]{1,200}(?:\r\n|\n|\r)/y;
    header.lastIndex = next;
    next = header.test(input) ? header.lastIndex : -1;
  }
  throw new PgpError('MALFORMED', 'The clear-signed text is damaged: its first lines are not as they must be.');
}

/** The place of `line` at the beginning of a line; -1 if there is none. */
function lineAt(input: string, line: string, from: number): number {
  for (let at = input.indexOf(line, Math.max(0, from)); at >= 0; at = input.indexOf(line, at + 1)) {
    if (at === 0 || input[at - 1] === '\n' || input[at - 1] === '\r') return at;
  }
  return -1;
}
