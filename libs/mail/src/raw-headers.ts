import type { FaultList } from './faults.ts';
import type { MailLimits } from './limits.ts';

const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const TAB = 0x09;
const COLON = 0x3a;

/** One header as it came: `value` holds one byte per unit (latin1), still folded, without the last line end. */
export interface RawHeader {
  name: string;
  value: string;
}

/** Headers, and where the block ended: `end` is the first byte of the body. */
export interface HeaderBlock {
  headers: RawHeader[];
  end: number;
}

/**
 * Reads the header block that begins at `start` (RFC 5322, section 2.2). It ends at an empty line, at a line that is
 * no header, or where `isDelimiter` says that a multipart delimiter begins. One junk line between headers is skipped.
 */
export function readHeaderBlock(
  bytes: Buffer,
  start: number,
  isDelimiter: (lineStart: number) => boolean,
  limits: MailLimits,
  faults: FaultList,
): HeaderBlock {
  const headers: RawHeader[] = [];
  let at = start;
  let open: { name: string; from: number; to: number } | null = null;
  const close = () => {
    if (open !== null) keepHeader(bytes, open, start, headers, limits, faults);
    open = null;
  };
  while (at < bytes.length) {
    if (isDelimiter(at)) break;
    const next = lineEnd(bytes, at);
    if (isBlankLine(bytes, at, next)) {
      close();
      return { headers, end: next };
    }
    const first = bytes[at];
    const name = first === SPACE || first === TAB ? null : headerNameAt(bytes, at, next);
    if (name !== null) {
      close();
      open = { name: name.name, from: name.valueStart, to: next };
    } else if (open !== null && (first === SPACE || first === TAB)) {
      open.to = next;
    } else if (!isJunkBetweenHeaders(bytes, next)) {
      break;
    }
    at = next;
  }
  close();
  return { headers, end: at };
}

function keepHeader(
  bytes: Buffer,
  header: { name: string; from: number; to: number },
  blockStart: number,
  headers: RawHeader[],
  limits: MailLimits,
  faults: FaultList,
): void {
  if (header.to - blockStart > limits.headerBlockBytes) {
    faults.add('HEADER_BLOCK_TOO_LARGE');
    return;
  }
  if (headers.length >= limits.headers) {
    faults.add('TOO_MANY_HEADERS');
    return;
  }
  let to = withoutLineEnd(bytes, header.from, header.to);
  if (to - header.from > limits.headerBytes) {
    faults.add('HEADER_TOO_LONG');
    to = header.from + limits.headerBytes;
  }
  headers.push({ name: header.name, value: bytes.toString('latin1', header.from, to) });
}

/** The first byte after the line that begins at `at`. */
export function lineEnd(bytes: Buffer, at: number): number {
  const lf = bytes.indexOf(LF, at);
  return lf === -1 ? bytes.length : lf + 1;
}

/** `end` moved before one LF or CRLF, but not before `start`. */
export function withoutLineEnd(bytes: Buffer, start: number, end: number): number {
  let at = end;
  if (at > start && bytes[at - 1] === LF) {
    at -= 1;
    if (at > start && bytes[at - 1] === CR) at -= 1;
  }
  return at;
}

function isBlankLine(bytes: Buffer, at: number, next: number): boolean {
  for (let i = at; i < next; i += 1) {
    if (bytes[i] !== CR && bytes[i] !== LF) return false;
  }
  return true;
}

function isJunkBetweenHeaders(bytes: Buffer, next: number): boolean {
  return next < bytes.length && headerNameAt(bytes, next, lineEnd(bytes, next)) !== null;
}

/** Header names are printable ASCII (RFC 5322, section 2.2); white space before the colon is forgiven. */
function headerNameAt(bytes: Buffer, at: number, next: number): { name: string; valueStart: number } | null {
  const last = Math.min(next, at + 200);
  let i = at;
  while (i < last && isNameByte(bytes[i])) i += 1;
  const nameEnd = i;
  while (i < last && (bytes[i] === SPACE || bytes[i] === TAB)) i += 1;
  if (nameEnd === at || i >= last || bytes[i] !== COLON) return null;
  return { name: bytes.toString('latin1', at, nameEnd), valueStart: i + 1 };
}

function isNameByte(byte: number | undefined): boolean {
  return byte !== undefined && byte > 0x20 && byte < 0x7f && byte !== COLON;
}

/** The first raw header of this name, in any case. */
export function firstRaw(headers: readonly RawHeader[], name: string): string | null {
  return headers.find((header) => header.name.toLowerCase() === name)?.value ?? null;
}

/** All raw headers of this name, topmost first. */
export function allRaw(headers: readonly RawHeader[], name: string): string[] {
  return headers.filter((header) => header.name.toLowerCase() === name).map((header) => header.value);
}
