const EQUALS = 0x3d;
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const TAB = 0x09;
const UNDERSCORE = 0x5f;

/** Decoded bytes; `broken` when some of the input was no part of the encoding. */
export interface Decoded {
  bytes: Buffer;
  broken: boolean;
}

/** Undoes a Content-Transfer-Encoding (RFC 2045, section 6). Unknown ones, and 7bit, 8bit and binary, share the input. */
export function decodeTransfer(bytes: Buffer, encoding: string): Decoded {
  switch (encoding.replace(/["'\s]/g, '')) {
    case 'base64':
      return decodeBase64(bytes);
    case 'quoted-printable':
    case 'quotedprintable':
      return decodeQuotedPrintable(bytes);
    case '':
    case '7bit':
    case '8bit':
    case 'binary':
    case 'x-uuencode':
    case 'uuencode':
    case 'x-uue':
    case '7-bit':
    case '8-bit':
      return { bytes, broken: false };
    default:
      return { bytes, broken: true };
  }
}

const CHUNK = 64 * 1024;

/** Strangers between the letters are skipped (RFC 2045, section 6.8); padding in the middle begins anew. */
function decodeBase64(bytes: Buffer): Decoded {
  const out: Buffer[] = [];
  let broken = false;
  let carry = '';
  const push = (letters: string) => {
    if (letters.length > 0) out.push(Buffer.from(letters, 'base64'));
  };
  for (let at = 0; at < bytes.length; at += CHUNK) {
    const raw = bytes.toString('latin1', at, Math.min(bytes.length, at + CHUNK));
    const letters = raw.replace(/[^A-Za-z0-9+/=]+/g, '');
    if (!broken && /[^A-Za-z0-9+/=\s]/.test(raw)) broken = true;
    const groups = (carry + letters).split(/=+/);
    carry = groups.pop() as string;
    for (const group of groups) push(group);
    const whole = carry.length - (carry.length % 4);
    push(carry.slice(0, whole));
    carry = carry.slice(whole);
  }
  push(carry);
  return { bytes: Buffer.concat(out), broken: broken || carry.length === 1 };
}

/** RFC 2045, section 6.7; a bare "=" stays as it is, white space before a line end goes, LF may stand for CRLF. */
function decodeQuotedPrintable(bytes: Buffer): Decoded {
  const out = Buffer.allocUnsafe(bytes.length);
  let length = 0;
  let solid = 0;
  let broken = false;
  for (let i = 0; i < bytes.length; i += 1) {
    const byte = bytes[i] as number;
    if (byte === EQUALS) {
      const end = softBreakEnd(bytes, i + 1);
      if (end !== -1) {
        i = end - 1;
        solid = length;
        continue;
      }
      const value = hexPair(bytes[i + 1], bytes[i + 2]);
      out[length++] = value === -1 ? byte : value;
      if (value === -1) broken = true;
      else i += 2;
      solid = length;
    } else if (byte === LF || (byte === CR && bytes[i + 1] === LF)) {
      length = solid;
      out[length++] = byte;
      solid = length;
    } else {
      out[length++] = byte;
      if (byte !== SPACE && byte !== TAB) solid = length;
    }
  }
  return { bytes: out.subarray(0, length), broken };
}

/** Where the line after a soft line break begins; -1 when the "=" is none. Blanks before the line end are forgiven. */
function softBreakEnd(bytes: Buffer, from: number): number {
  let at = from;
  while (bytes[at] === SPACE || bytes[at] === TAB) at += 1;
  if (at >= bytes.length) return bytes.length;
  if (bytes[at] === CR && bytes[at + 1] === LF) return at + 2;
  return bytes[at] === LF ? at + 1 : -1;
}

function hexPair(high: number | undefined, low: number | undefined): number {
  const a = hexValue(high);
  const b = hexValue(low);
  return a === -1 || b === -1 ? -1 : a * 16 + b;
}

function hexValue(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const upper = byte & 0xdf;
  return upper >= 0x41 && upper <= 0x46 ? upper - 0x37 : -1;
}

/** The Q encoding of encoded-words (RFC 2047, section 4.2); one unit of the text is one byte. */
export function qDecoded(text: string): Buffer {
  const bytes = Buffer.from(text, 'latin1');
  let length = 0;
  for (let i = 0; i < bytes.length; i += 1) {
    const byte = bytes[i] as number;
    const value = byte === EQUALS ? hexPair(bytes[i + 1], bytes[i + 2]) : -1;
    if (byte === CR || byte === LF) continue;
    bytes[length++] = value !== -1 ? value : byte === UNDERSCORE ? SPACE : byte;
    if (value !== -1) i += 2;
  }
  return bytes.subarray(0, length);
}
