import { isAscii, isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { guessCharset } from './guess-charset.ts';
import { decodeHz, decodeIso2022Jp, decodeIso2022Kr, hasEscapeCharset } from './shift-charsets.ts';

/** Bytes as text, and how sure we are of it. */
export interface DecodedText {
  text: string;
  /** The charset that was used, in the decoder's name. */
  charset: string;
  /** True when it is not the declared one. */
  guessed: boolean;
  /** True when some bytes fit no charset that was tried and stand as their windows-1252 signs. */
  broken: boolean;
}

/** What the web's label list says, for labels whose users mean a wider charset (WHATWG Encoding, section 4.2). */
const WIDER: Record<string, string> = {
  iso88591: 'windows-1252', latin1: 'windows-1252', l1: 'windows-1252', iso885915: 'iso-8859-15',
  iso88599: 'windows-1254', latin5: 'windows-1254', iso885911: 'windows-874', tis620: 'windows-874',
  gb2312: 'gb18030', gbk: 'gb18030', gb231280: 'gb18030', eucgb2312cn: 'gb18030', xgbk: 'gb18030', cp936: 'gb18030',
  chinesegb2312: 'gb18030', ksc56011987: 'cp949', ksc5601: 'cp949', euckr: 'cp949', windows949: 'cp949',
  shiftjis: 'shift_jis', xsjis: 'shift_jis', sjis: 'shift_jis', mskanji: 'shift_jis', windows31j: 'shift_jis', cp932: 'shift_jis',
  iso2022jp: 'iso-2022-jp', iso2022jp1: 'iso-2022-jp', iso2022jp2: 'iso-2022-jp', iso2022jp3: 'iso-2022-jp', jis: 'iso-2022-jp',
  csiso2022jp: 'iso-2022-jp', iso2022jpms: 'iso-2022-jp', cp50220: 'iso-2022-jp', cp50221: 'iso-2022-jp', iso2022kr: 'iso-2022-kr',
  hzgb2312: 'hz-gb-2312', hz: 'hz-gb-2312', unicode11utf7: 'utf-7', utf7: 'utf-7', xunicode20utf7: 'utf-7', utf7imap: 'utf-7-imap',
  utf8: 'utf-8', unicode11utf8: 'utf-8', xunicode20utf8: 'utf-8', cp65001: 'utf-8', utf8mb4: 'utf-8',
  iso88598i: 'windows-1255', iso88598e: 'windows-1255', iso88598: 'windows-1255', visual: 'iso-8859-8',
  usascii: 'us-ascii', ascii: 'us-ascii', ansix341968: 'us-ascii', iso646us: 'us-ascii', us: 'us-ascii',
}; // biome-ignore format: a table

const UNDECIDED = new Set(['us-ascii', 'unknown-8bit', 'x-unknown', 'default', 'none', 'default_charset']);
const STATEFUL = new Set(['iso-2022-jp', 'iso-2022-kr', 'hz-gb-2312', 'utf-7', 'utf-7-imap']);
const MULTI_BYTE = new Set([
  'gb18030',
  'cp949',
  'shift_jis',
  'big5',
  'big5-hkscs',
  'euc-jp',
  'utf-16',
  'utf-16le',
  'utf-16be',
  'utf-32',
]);
const NOT_TEXT = new Set(['base64', 'hex', 'binary']);

/** The decoder's name for a charset label as letters write it; null when the label is unknown or says nothing. */
export function charsetNamed(label: string | null): string | null {
  if (label === null) return null;
  const key = label
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .slice(0, 60);
  const wide = Object.hasOwn(WIDER, key) ? (WIDER[key] as string) : null;
  const name =
    wide ??
    label
      .trim()
      .toLowerCase()
      .replace(/["'\s]/g, '')
      .slice(0, 60);
  if (UNDECIDED.has(name) || NOT_TEXT.has(key)) return null;
  return STATEFUL.has(name) || iconv.encodingExists(name) ? name : null;
}

/**
 * Decodes bytes by their declared charset; where that is missing, unknown or gives errors, by UTF-8, the fallback
 * label, a detector, at last windows-1252. Never gives U+FFFD unless the bytes themselves spell it.
 */
export function decodeText(bytes: Buffer, label: string | null, fallbackLabel: string | null = null): DecodedText {
  const declared = charsetNamed(label);
  const marked = byteOrderMark(bytes);
  if (marked !== null) return { ...strict(marked.bytes, marked.charset), guessed: false };
  const stateful = declared !== null && STATEFUL.has(declared);
  if (!stateful && isAscii(bytes) && !MULTI_BYTE.has(declared ?? '') && !hasEscapeCharset(bytes)) {
    return { text: bytes.toString('latin1'), charset: declared ?? 'us-ascii', guessed: false, broken: false };
  }
  if (declared !== null) {
    const byLabel = decodeDeclared(bytes, declared);
    if (byLabel !== null) return byLabel;
  }
  return decodeUndeclared(bytes, declared, charsetNamed(fallbackLabel));
}

function decodeDeclared(bytes: Buffer, declared: string): DecodedText | null {
  const singleByte = !STATEFUL.has(declared) && !MULTI_BYTE.has(declared);
  if (isUtf8(bytes) && singleByte && !isAscii(bytes)) {
    return { text: bytes.toString('utf8'), charset: 'utf-8', guessed: declared !== 'utf-8', broken: false };
  }
  const decoded = strict(bytes, declared);
  return decoded.broken ? null : decoded;
}

function decodeUndeclared(bytes: Buffer, declared: string | null, fallback: string | null): DecodedText {
  const guessed = true;
  if (isUtf8(bytes) && !hasEscapeCharset(bytes))
    return { text: bytes.toString('utf8'), charset: 'utf-8', guessed, broken: false };
  if (hasEscapeCharset(bytes)) return { ...strict(bytes, 'iso-2022-jp'), guessed, broken: false };
  if (isMostlyUtf8(bytes))
    return { text: lenientUtf8(bytes), charset: 'utf-8', guessed: declared !== 'utf-8', broken: true };
  if (fallback !== null && fallback !== declared && fallback !== 'utf-8') {
    const byFallback = strict(bytes, fallback);
    if (!byFallback.broken) return { ...byFallback, guessed };
  }
  const detected = guessCharset(bytes);
  const byDetector = detected === null ? null : strict(bytes, detected);
  if (byDetector !== null && !byDetector.broken) return { ...byDetector, guessed };
  if (declared !== null && MULTI_BYTE.has(declared)) {
    const byLabel = strict(bytes, declared);
    if (countReplaced(byLabel.text) * 10 < byLabel.text.length)
      return { ...byLabel, text: byLabel.text.replaceAll('\ufffd', '?') };
  }
  return { text: windows1252(bytes), charset: 'windows-1252', guessed, broken: false };
}

function byteOrderMark(bytes: Buffer): { charset: string; bytes: Buffer } | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf && isUtf8(bytes))
    return { charset: 'utf-8', bytes: bytes.subarray(3) };
  if (bytes.length % 2 === 1) return null;
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { charset: 'utf-16le', bytes: bytes.subarray(2) };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { charset: 'utf-16be', bytes: bytes.subarray(2) };
  return null;
}

function strict(bytes: Buffer, charset: string): DecodedText {
  const text = decodeBy(bytes, charset);
  const broken = text.includes('\ufffd') && !(charset === 'utf-8' && isUtf8(bytes));
  return { text, charset, guessed: false, broken };
}

function decodeBy(bytes: Buffer, charset: string): string {
  if (charset === 'utf-8') return bytes.toString('utf8');
  if (charset === 'windows-1252') return windows1252(bytes);
  if (charset === 'iso-2022-jp') return decodeIso2022Jp(bytes);
  if (charset === 'iso-2022-kr') return decodeIso2022Kr(bytes);
  if (charset === 'hz-gb-2312') return decodeHz(bytes);
  return iconv.decode(bytes, charset);
}

/** Every byte has a sign; the five that windows-1252 leaves open stand for their C1 control (WHATWG Encoding). */
function windows1252(bytes: Buffer): string {
  const text = iconv.decode(bytes, 'windows-1252');
  if (!text.includes('\ufffd')) return text;
  return text.replace(/\ufffd/g, (_, at: number) => String.fromCharCode(bytes[at] ?? 0x20));
}

function countReplaced(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\ufffd'); at !== -1; at = text.indexOf('\ufffd', at + 1)) count += 1;
  return count;
}

/** True when at least four of five sequences of high bytes are good UTF-8: a text that was cut or joined on its way. */
function isMostlyUtf8(bytes: Buffer): boolean {
  let good = 0;
  let bad = 0;
  for (let i = 0; i < bytes.length; ) {
    const length = sequenceLength(bytes, i);
    if (length > 1) good += 1;
    else if (length === 0) bad += 1;
    i += Math.max(1, length);
  }
  return good > 0 && good >= 4 * bad;
}

function lenientUtf8(bytes: Buffer): string {
  const pieces: string[] = [];
  let from = 0;
  for (let i = 0; i < bytes.length; ) {
    const length = sequenceLength(bytes, i);
    if (length === 0) {
      pieces.push(bytes.toString('utf8', from, i));
      if (!isCutSequence(bytes, i)) pieces.push(windows1252(bytes.subarray(i, i + 1)));
      else return pieces.join('');
      from = i + 1;
    }
    i += Math.max(1, length);
  }
  pieces.push(bytes.toString('utf8', from));
  return pieces.join('');
}

/** A sequence that the end of the bytes cut through. */
function isCutSequence(bytes: Buffer, at: number): boolean {
  const lead = bytes[at] ?? 0;
  const wanted = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 0;
  if (wanted === 0 || at + wanted <= bytes.length) return false;
  return bytes.subarray(at + 1).every((byte) => (byte & 0xc0) === 0x80);
}

/** Length of the UTF-8 sequence at `at` (Unicode, table 3-7); 0 when there is none. */
function sequenceLength(bytes: Buffer, at: number): number {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return 1;
  const length =
    lead >= 0xf0 && lead <= 0xf4 ? 4 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xc2 && lead < 0xe0 ? 2 : 0;
  if (length === 0 || at + length > bytes.length) return 0;
  return isUtf8(bytes.subarray(at, at + length)) ? length : 0;
}
