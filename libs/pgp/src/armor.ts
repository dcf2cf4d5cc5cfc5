import { PgpError } from './errors.ts';

/** What stands after "BEGIN PGP". */
export type ArmorKind = 'MESSAGE' | 'SIGNED MESSAGE' | 'SIGNATURE' | 'PUBLIC KEY BLOCK' | 'PRIVATE KEY BLOCK';

/** The bytes of one armored block and how it came through the mail (RFC 9580, section 6.2). */
export interface Dearmored {
  kind: ArmorKind;
  bytes: Buffer;
  /** The Charset header; null if there is none. */
  charset: string | null;
  /** Whether the CRC-24 at the end fits. A wrong one alone is no proof of damage (RFC 9580, section 6.1). */
  checksum: 'right' | 'wrong' | 'absent';
  /** The END line is there. */
  isComplete: boolean;
  /** The text had to be mended: line ends, spaces, quoted-printable or HTML left in it. */
  isRepaired: boolean;
}

const GAP = '(?:[ \\u00a0]|&nbsp;|=20|=C2=A0)';
const KINDS = 'MESSAGE|SIGNED MESSAGE|SIGNATURE|PUBLIC KEY BLOCK|PRIVATE KEY BLOCK'.replaceAll(' ', GAP);

/** A regular expression for BEGIN lines, also with hard spaces in them; group 1 is the kind. Has state: make a new one per use. */
export function beginLine(): RegExp {
  return new RegExp(`-----BEGIN${GAP}PGP${GAP}(${KINDS})-----`, 'g');
}

/** The same for END lines. */
export function endLine(): RegExp {
  return new RegExp(`-----END${GAP}PGP${GAP}(${KINDS})-----`, 'g');
}

/** Both at once; group 1 is BEGIN or END, group 2 the kind. */
export function anyLine(): RegExp {
  return new RegExp(`-----(BEGIN|END)${GAP}PGP${GAP}(${KINDS})-----`, 'g');
}

/** The kind that a matched line names. */
export function kindOf(matched: string): ArmorKind {
  return matched.replace(new RegExp(GAP, 'g'), ' ') as ArmorKind;
}

/**
 * Decodes the first armored block of a text, mending what mail programs do to it: hard spaces, lost or doubled line
 * ends, left-over quoted-printable, HTML tags and entities, quote marks. Clear-signed text is not for this function.
 * @throws PgpError NOT_ARMOR when there is no block or nothing in it can be read
 */
export function dearmor(text: string): Dearmored {
  const begin = beginLine().exec(text);
  if (!begin) throw new PgpError('NOT_ARMOR', 'There is no OpenPGP block in this text.');
  const rest = text.slice(begin.index + begin[0].length);
  const end = endLine().exec(rest);
  const inside = end ? rest.slice(0, end.index) : rest;
  const frame = { kind: kindOf(begin[1]!), isComplete: end !== null };
  let best: Dearmored | null = null;
  for (const [index, mend] of MENDINGS.entries()) {
    const decoded = decodeBody(mend(inside), frame.isComplete);
    if (!decoded) continue;
    const found = { ...frame, ...decoded, isRepaired: index > 0 };
    if (found.checksum !== 'wrong') return found;
    best ??= found;
  }
  if (best) return best;
  throw new PgpError('NOT_ARMOR', 'The OpenPGP block is damaged: its lines are not readable.');
}

const MENDINGS: ((inside: string) => string)[] = [
  (t) => t,
  mendSpaces,
  (t) => mendSpaces(mendQuotedPrintable(t)),
  mendHtml,
];

function mendSpaces(inside: string): string {
  return inside
    .replace(/[\u00a0\u2000-\u200b\u202f\u3000\ufeff\t]/g, ' ')
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(/^(?:[>|] ?)+/gm, '');
}

function mendQuotedPrintable(inside: string): string {
  return inside
    .replace(/=\r?\n(?!=)/g, '')
    .replace(/=([0-9A-Fa-f]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
}

function mendHtml(inside: string): string {
  const breaks = inside.replace(/<\/?(?:br|p|div|pre|tr|li)\b[^<>]{0,1000}>/gi, '\n').replace(/<[^<>]{0,1000}>/g, '');
  const entities: Record<string, string> = { nbsp: ' ', amp: '&', plus: '+', equals: '=', sol: '/', gt: '>', lt: '<' };
  return mendSpaces(
    breaks
      .replace(/&#(\d{1,4});/g, (_, code) => String.fromCharCode(Number(code)))
      .replace(/&#x([0-9a-f]{1,4});/gi, (_, code) => String.fromCharCode(parseInt(code, 16)))
      .replace(/&([a-z]{2,6});/gi, (whole, name: string) => entities[name.toLowerCase()] ?? whole),
  );
}

type Body = Pick<Dearmored, 'bytes' | 'charset' | 'checksum'>;

function decodeBody(inside: string, isComplete: boolean): Body | null {
  const { headers, body } = splitHeaders(inside);
  const charset = /^charset: *([\w.:+-]{1,40})/im.exec(headers)?.[1] ?? null;
  const lines = body.split('\n').map((line) => line.replace(/[ \r]/g, ''));
  const cut = isComplete ? lines : lines.slice(0, firstForeign(lines));
  const joined = cut.join('');
  const parts = splitBase64(joined);
  if (!parts) return null;
  const bytes = Buffer.from(parts.data, 'base64');
  const { sum } = parts;
  if (!sum) return { bytes, charset, checksum: 'absent' };
  const isRight = Buffer.from(sum, 'base64').readUIntBE(0, 3) === crc24(bytes);
  return { bytes, charset, checksum: isRight ? 'right' : 'wrong' };
}

/** Base64, its padding, and "=" with four signs of checksum; null when it is anything else. */
function splitBase64(joined: string): { data: string; sum: string | null } | null {
  const equals = joined.indexOf('=');
  const data = equals < 0 ? joined : joined.slice(0, equals);
  if (data === '' || /[^A-Za-z0-9+/]/.test(data)) return null;
  const tail = /^={0,2}?(?:=([A-Za-z0-9+/]{4}))?$/.exec(equals < 0 ? '' : joined.slice(equals, equals + 8));
  return tail && data.length + 8 > joined.length - 1 ? { data, sum: tail[1] ?? null } : null;
}

/** Without an END line the block stops where lines cease to look like base64. */
function firstForeign(lines: string[]): number {
  const at = lines.findIndex(
    (line) => line !== '' && !/^(?:[A-Za-z0-9+/]{20,}={0,2}|[A-Za-z0-9+/]{4,}={1,2}|=[A-Za-z0-9+/]{4})$/.test(line),
  );
  return at < 0 ? lines.length : at;
}

function splitHeaders(inside: string): { headers: string; body: string } {
  const lines = inside.split('\n');
  const text = lines.map((line) => line.trim());
  let at = text[0] === '' ? 1 : 0;
  while (at < text.length && (text[at] === '' || /^[A-Za-z][A-Za-z-]{0,30}: /.test(text[at]!))) at++;
  if (at < lines.length) return { headers: lines.slice(0, at).join('\n'), body: lines.slice(at).join('\n') };
  // Line ends lost: the headers and the body are one line; the body begins at the first long base64 word.
  const words = inside.trim().split(/\s+/);
  const first = words.findIndex((word) => /^[A-Za-z0-9+/]{40,}={0,2}$/.test(word));
  if (first < 0) return { headers: inside, body: '' };
  return { headers: words.slice(0, first).join(' '), body: words.slice(first).join('\n') };
}

/** The checksum of RFC 9580, section 6.1.1. */
export function crc24(bytes: Uint8Array): number {
  let crc = 0xb704ce;
  for (const byte of bytes) crc = ((crc << 8) & 0xffffff) ^ CRC_TABLE[((crc >> 16) ^ byte) & 0xff]!;
  return crc;
}

const CRC_TABLE = Array.from({ length: 256 }, (_, index) => {
  let crc = index << 16;
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x800000 ? (crc << 1) ^ 0x1864cfb : crc << 1;
  return crc & 0xffffff;
});
