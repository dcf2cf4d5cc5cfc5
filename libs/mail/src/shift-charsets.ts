import Encoding from 'encoding-japanese';
import iconv from 'iconv-lite';

const ESC = 0x1b;
const SHIFT_OUT = 0x0e;
const SHIFT_IN = 0x0f;
const TILDE = 0x7e;

/** True when an escape sequence of ISO-2022-JP or ISO-2022-KR stands in the bytes: ESC $ or ESC ( . */
export function hasEscapeCharset(bytes: Buffer): boolean {
  for (let at = bytes.indexOf(ESC); at !== -1; at = bytes.indexOf(ESC, at + 1)) {
    const next = bytes[at + 1];
    if (next === 0x24 || (next === 0x28 && [0x42, 0x49, 0x4a].includes(bytes[at + 2] ?? 0))) return true;
  }
  return false;
}

/** ISO-2022-JP (RFC 1468) with the half-width and vendor rows that mail programs add. */
export function decodeIso2022Jp(bytes: Buffer): string {
  return Encoding.convert(bytes, { to: 'UNICODE', from: 'JIS', type: 'string' });
}

/** ISO-2022-KR (RFC 1557): KS C 5601 between shift-out and shift-in. */
export function decodeIso2022Kr(bytes: Buffer): string {
  const out: number[] = [];
  let shifted = false;
  for (let i = 0; i < bytes.length; i += 1) {
    const byte = bytes[i] as number;
    if (byte === ESC && bytes[i + 1] === 0x24) i += 3;
    else if (byte === SHIFT_OUT) shifted = true;
    else if (byte === SHIFT_IN || byte === 0x0a) {
      shifted = false;
      if (byte === 0x0a) out.push(byte);
    } else out.push(shifted && byte > 0x20 ? byte | 0x80 : byte);
  }
  return iconv.decode(Buffer.from(out), 'cp949');
}

/** HZ-GB-2312 (RFC 1843): GB 2312 between ~{ and ~}. */
export function decodeHz(bytes: Buffer): string {
  const out: number[] = [];
  let shifted = false;
  for (let i = 0; i < bytes.length; i += 1) {
    const byte = bytes[i] as number;
    const next = bytes[i + 1];
    if (byte === TILDE && (next === 0x7b || next === 0x7d)) {
      shifted = next === 0x7b;
      i += 1;
    } else if (byte === TILDE && !shifted && (next === TILDE || next === 0x0a)) {
      if (next === TILDE) out.push(TILDE);
      i += 1;
    } else {
      if (byte === 0x0a) shifted = false;
      out.push(shifted && byte > 0x20 ? byte | 0x80 : byte);
    }
  }
  return iconv.decode(Buffer.from(out), 'gb18030');
}
