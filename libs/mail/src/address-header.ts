import { decodeWords, type HeaderDecoding, oneLine } from './header-text.ts';
import type { MailAddress } from './mail.ts';
import { cutText, trimSigns } from './plain-text.ts';

/** What was found in one address header. */
export interface AddressList {
  addresses: MailAddress[];
  /** True when more were there than asked for. */
  cut: boolean;
  /** True when an address came out of a comment. */
  recovered: boolean;
}

export interface AddressOptions {
  /** How many addresses to read at most. */
  limit: number;
  /** Whether an address that stands only in a comment may be taken. */
  fromComments?: boolean;
}

interface Mailbox {
  /** Words outside angles and comments, with quotation marks and encoded-words. */
  words: string;
  /** The same without what stands in quotation marks: only there a bare address may be. */
  plain: string;
  comment: string;
  angle: string | null;
}

const MAX_ADDRESS = 320;
const MAX_NAME = 200;
/** Invisible and direction-changing signs, which could make a name look like another. */
const MISLEADING =
  /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u{e0000}-\u{e007f}]/gu;

/**
 * Reads an address list (RFC 5322, section 3.4, with its obsolete forms) forgivingly and in one pass. The value's
 * bare bytes are decoded already, its encoded-words are not: they can name a person, but never become an address.
 */
export function readAddresses(value: string, decoding: HeaderDecoding, options: AddressOptions): AddressList {
  const list: AddressList = { addresses: [], cut: false, recovered: false };
  for (const mailbox of new MailboxReader(value).read()) {
    const found = addressOf(mailbox, decoding, options.fromComments === true, list);
    if (found === null) continue;
    if (list.addresses.length >= options.limit) {
      list.cut = true;
      break;
    }
    list.addresses.push(found);
  }
  return list;
}

function emptyMailbox(): Mailbox {
  return { words: '', plain: '', comment: '', angle: null };
}

/** Splits at commas and semicolons outside quotation marks, angles and comments; drops group names. */
class MailboxReader {
  private box = emptyMailbox();
  private mode: 'words' | 'quoted' | 'angle' = 'words';
  private depth = 0;
  private hasAt = false;

  constructor(private readonly value: string) {}

  *read(): Generator<Mailbox> {
    for (let i = 0; i < this.value.length; i += 1) {
      const sign = this.value[i] as string;
      const escaped = sign === '\\' && (this.depth > 0 || this.mode === 'quoted');
      if (escaped) this.escape(this.value[++i] ?? '');
      else if (this.depth > 0) this.inComment(sign);
      else if (this.mode === 'quoted') this.inQuotes(sign);
      else if (this.mode === 'angle') {
        if (sign === ',' && this.hasAt && !this.box.angle?.startsWith('@')) yield this.next();
        else this.inAngle(sign);
      } else if (sign === ',' || sign === ';') yield this.next();
      else this.inWords(sign);
    }
    yield this.next();
  }

  private next(): Mailbox {
    const done = this.box;
    this.box = emptyMailbox();
    this.mode = 'words';
    this.hasAt = false;
    return done;
  }

  private escape(sign: string): void {
    if (this.depth > 0) this.box.comment += sign;
    else this.box.words += `\\${sign}`;
  }

  private inComment(sign: string): void {
    if (sign === '(') this.depth += 1;
    if (sign === ')') this.depth -= 1;
    this.box.comment += this.depth > 0 ? sign : ' ';
  }

  private inQuotes(sign: string): void {
    this.box.words += sign;
    if (sign === '"') this.mode = 'words';
  }

  private inAngle(sign: string): void {
    if (sign === '>') this.mode = 'words';
    else if (sign === '<') this.openAngle();
    else {
      this.box.angle += sign;
      if (sign === '@') this.hasAt = true;
    }
  }

  /** Of several angles the first with an address counts: `<<a@b>>`, `<> <a@b>`. */
  private openAngle(): void {
    if (this.box.angle !== null && this.hasAt) return;
    this.mode = 'angle';
    this.box.angle = '';
    this.hasAt = false;
  }

  private inWords(sign: string): void {
    if (sign === '(') this.depth = 1;
    else if (sign === '<') this.openAngle();
    else if (sign === '>') return;
    else if (sign === ':' && this.box.angle === null && !this.hasAt && !isMailto(this.box.words)) this.next();
    else {
      if (sign === '"') this.mode = 'quoted';
      else this.box.plain += sign;
      this.box.words += sign;
      if (sign === '@' && this.box.angle === null) this.hasAt = true;
    }
  }
}

function isMailto(words: string): boolean {
  return words.trim().toLowerCase() === 'mailto';
}

function addressOf(
  box: Mailbox,
  decoding: HeaderDecoding,
  fromComments: boolean,
  list: AddressList,
): MailAddress | null {
  const inAngle = box.angle === null ? null : cleanAddress(box.angle);
  const bare = box.angle === null ? bareAddress(box.words, box.plain) : null;
  if (inAngle !== null)
    return { name: nameOf(unquoted(box.words), decoding) ?? nameOf(box.comment, decoding), address: inAngle };
  if (bare !== null)
    return { name: nameOf(bare.rest, decoding) ?? nameOf(box.comment, decoding), address: bare.address };
  if (!fromComments) return null;
  const recovered = bareAddress(box.comment, box.comment);
  if (recovered === null) return null;
  list.recovered = true;
  return { name: nameOf(unquoted(box.words), decoding), address: recovered.address };
}

/** The first word with an "@" that is an address, or the whole when its local part is quoted. */
function bareAddress(words: string, plain: string): { address: string; rest: string } | null {
  const whole = cleanAddress(words);
  if (whole !== null) return { address: whole, rest: '' };
  const pieces = plain.split(/\s+/);
  for (const [at, piece] of pieces.entries()) {
    const address = piece.includes('@') ? cleanAddress(trimSigns(piece, "'[].")) : null;
    if (address !== null) return { address, rest: [...pieces.slice(0, at), ...pieces.slice(at + 1)].join(' ') };
  }
  return null;
}

/** An addr-spec as written, its domain in lower case; null when it has no two sides or holds what no address can. */
export function cleanAddress(raw: string): string | null {
  let text = raw.trim();
  if (text.length > 4 * MAX_ADDRESS) return null;
  if (/^mailto:/i.test(text)) text = text.slice(7);
  if (text.startsWith('@') && text.includes(':')) text = text.slice(text.lastIndexOf(':') + 1).trim();
  const at = text.lastIndexOf('@');
  const local = text.slice(0, Math.max(0, at)).trim();
  const domain = text
    .slice(at + 1)
    .trim()
    .replace(/\.$/, '')
    .toLowerCase();
  if (!isLocalPart(local) || !isDomain(domain)) return null;
  const address = `${local}@${domain}`;
  return address.length > MAX_ADDRESS || address.includes('=?') ? null : address;
}

function isLocalPart(local: string): boolean {
  if (/^"(?:[^"\\]|\\.)+"$/.test(local)) return !/[\u0000-\u001f\u007f]/.test(local);
  return local !== '' && !/[\s\u0000-\u001f\u007f-\u009f"(),:;<>@[\\\]]/.test(local) && local.search(MISLEADING) === -1;
}

function isDomain(domain: string): boolean {
  if (/^\[[0-9a-f.:]+\]$/.test(domain) || /^\[ipv6:[0-9a-f.:]+\]$/.test(domain)) return true;
  return /^[\p{L}\p{N}\p{M}_](?:[\p{L}\p{N}\p{M}_.-]*[\p{L}\p{N}\p{M}_])?$/u.test(domain) && !domain.includes('..');
}

function unquoted(words: string): string {
  return words.replace(/\\(.)/g, '$1').replace(/"/g, '');
}

function nameOf(words: string, decoding: HeaderDecoding): string | null {
  const decoded = oneLine(decodeWords(words, decoding)).replace(MISLEADING, '').replace(/\s+/g, ' ').trim();
  const bare = decoded
    .replace(/^'(.*)'$/, '$1')
    .replace(/^"(.*)"$/, '$1')
    .trim();
  return bare === '' ? null : cutText(bare, MAX_NAME);
}
