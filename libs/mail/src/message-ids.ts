import { createHmac, timingSafeEqual } from 'node:crypto';

/** How many ids are taken from one header, from the right: the newest stand last (RFC 5322, section 3.6.4). */
export const MAX_MESSAGE_IDS = 50;
/** The longest id that is taken (RFC 5322, section 2.1.1: a line has at most 998 characters). */
export const MAX_MESSAGE_ID_LENGTH = 998;
const MAX_HEADER_LENGTH = 65_536;

/**
 * The ids in the value of Message-ID, In-Reply-To or References: without angle brackets, in order, without repeats,
 * as written. Folding inside an id is mended. At most 50, from the right. Where no brackets are, words with an "@" are
 * ids if all words have one; other words and comments are passed over.
 */
export function parseMessageIds(value: string): string[] {
  const tail = value.slice(-MAX_HEADER_LENGTH);
  const ids = tail.includes('<') ? bracketed(tail) : bare(tail);
  return [...new Set(ids.reverse())].slice(0, MAX_MESSAGE_IDS).reverse();
}

function bracketed(value: string): string[] {
  const ids: string[] = [];
  let open = value.indexOf('<');
  while (open !== -1) {
    const close = value.indexOf('>', open);
    if (close === -1) break;
    // A second "<" before the ">" starts the id anew: "<broken <id@host>".
    const start = value.lastIndexOf('<', close);
    const id = value.slice(start + 1, close).replace(/\s/g, '');
    if (isUsable(id)) ids.push(id);
    open = value.indexOf('<', close);
  }
  return ids;
}

function bare(value: string): string[] {
  const words = value.split(/[\s,]/).filter((word) => word !== '');
  return words.every((word) => word.includes('@')) ? words.filter(isUsable) : [];
}

function isUsable(id: string): boolean {
  return id.length > 0 && id.length <= MAX_MESSAGE_ID_LENGTH && !/[\x00-\x20\x7f<>]/.test(id);
}

/**
 * The spelling in which two ids are compared: no brackets, no white space, lower case. By RFC 5322 case counts, but
 * systems on the way fold it, and two ids that differ in nothing else do not happen.
 */
export function messageIdKey(id: string): string {
  const bareId = id.replace(/\s/g, '');
  const from = bareId.startsWith('<') ? 1 : 0;
  return bareId.slice(from, bareId.endsWith('>') ? -1 : undefined).toLowerCase();
}

/** A key for signing ids. The first of a list of keys signs; the others are still accepted. */
export interface SigningKey {
  /** 1 to 8 lower-case letters and digits; stands in the id, so that keys can be exchanged. */
  id: string;
  /** At least 16 random bytes. */
  secret: Buffer;
}

/** Stands in the id of a mail that belongs to no ticket. */
export const NO_TICKET = 0;

/** What one of our ids stands for. */
export interface ThreadToken {
  /** The ticket number, from 1; `NO_TICKET` for a mail that belongs to none, such as a mass mail. */
  ticket: number;
  /** The id of one outgoing mail to one recipient: 1 to 40 lower-case letters and digits. */
  entry: string;
  /** The mailbox that the mail was sent for. */
  mailbox: string;
}

const TICKET = /^(?:0|[1-9][0-9]{0,14})$/;
const ENTRY = /^[a-z0-9]{1,40}$/;
const KEY_ID = /^[a-z0-9]{1,8}$/;
const MAC_BYTES = 16;
const MAC_LENGTH = 26;
const MAC = /^[a-z2-7]{26}$/;

type Purpose = 'message-id' | 'reply-address';

/**
 * The Message-ID of an outgoing mail, with angle brackets: `<tt.TICKET.ENTRY.KEY-MAC@domain>`. The MAC is the first
 * 128 bits of HMAC-SHA-256 over purpose, mailbox, ticket and entry, in lower-case base32, so that folding its case does no harm.
 *
 * The recipient is left out of the MAC on purpose: nobody who verifies an id can read it there, and trying candidates
 * would let forwarded answers fail. An entry is one mail to ONE recipient, so the caller looks the recipient up by it.
 * @throws RangeError when a part does not have the form above.
 */
export function signMessageId(token: ThreadToken, key: SigningKey, domain: string): string {
  if (!/^[a-z0-9.-]{1,253}$/i.test(domain))
    throw new RangeError('A Message-ID needs an ASCII host name as its domain.');
  return `<tt.${token.ticket}.${token.entry}.${seal('message-id', token, key)}@${domain.toLowerCase()}>`;
}

/** How an id is verified. */
export interface ReadIdOptions {
  /** The mailboxes that the id may have been issued for, normally the one the letter came to. At most 100 are tried. */
  mailboxes: readonly string[];
  /** Our own domains. With them, an id of our form under another domain is foreign, not forged. */
  domains?: readonly string[];
}

/**
 * Reads an id as one of our own. The token when its MAC holds; `'FORGED'` when it has our form but no key verifies it
 * (to be treated as absent, and counted); null when it is foreign. Case does not matter. Compared in constant time.
 */
export function readMessageId(
  id: string,
  keys: readonly SigningKey[],
  options: ReadIdOptions,
): ThreadToken | 'FORGED' | null {
  if (id.length > MAX_MESSAGE_ID_LENGTH) return null;
  const key = messageIdKey(id);
  const at = key.lastIndexOf('@');
  const [label, ticket, entry, mac, ...rest] = key.slice(0, Math.max(at, 0)).split('.');
  if (label !== 'tt' || rest.length > 0 || !TICKET.test(ticket ?? '') || !ENTRY.test(entry ?? '') || mac === undefined)
    return null;
  const claim = { ticket: Number(ticket), entry: entry as string };
  const token = verify('message-id', claim, mac, keys, options.mailboxes);
  if (token) return token;
  return !options.domains || options.domains.includes(key.slice(at + 1)) ? 'FORGED' : null;
}

/**
 * A reply address that names the ticket by itself, for mail programs that drop the ids:
 * `support+tt.TICKET.KEY-MAC@example.com`. Only for mailboxes with sub-addressing.
 * @throws RangeError when the local part would pass 64 characters or the address has no "@".
 */
export function signReplyAddress(mailboxAddress: string, token: Omit<ThreadToken, 'entry'>, key: SigningKey): string {
  const at = mailboxAddress.lastIndexOf('@');
  const local = `${mailboxAddress.slice(0, at)}+tt.${token.ticket}.${seal('reply-address', { ...token, entry: '0' }, key)}`;
  if (at < 1 || local.length > 64) throw new RangeError('The mailbox address leaves no room for a reply token.');
  return `${local}${mailboxAddress.slice(at)}`;
}

/** Reads a recipient address as one of our reply addresses; answers as `readMessageId` does, without an entry. */
export function readReplyAddress(
  address: string,
  keys: readonly SigningKey[],
  { mailboxes }: ReadIdOptions,
): Omit<ThreadToken, 'entry'> | 'FORGED' | null {
  if (address.length > 320) return null;
  const local = address.slice(0, Math.max(address.lastIndexOf('@'), 0)).toLowerCase();
  const [label, ticket, mac, ...rest] = local.slice(local.lastIndexOf('+') + 1).split('.');
  if (label !== 'tt' || !local.includes('+') || rest.length > 0 || !TICKET.test(ticket ?? '') || mac === undefined)
    return null;
  const token = verify('reply-address', { ticket: Number(ticket), entry: '0' }, mac, keys, mailboxes);
  return token ? { ticket: token.ticket, mailbox: token.mailbox } : 'FORGED';
}

function seal(purpose: Purpose, token: ThreadToken, key: SigningKey): string {
  if (!TICKET.test(String(token.ticket)))
    throw new RangeError('A ticket number is a whole number of at most 15 digits; 0 is no ticket.');
  if (!ENTRY.test(token.entry)) throw new RangeError('An entry id is 1 to 40 lower-case letters and digits.');
  if (!KEY_ID.test(key.id)) throw new RangeError('A key id is 1 to 8 lower-case letters and digits.');
  if (key.secret.length < 16) throw new RangeError('A signing key has at least 16 bytes.');
  return `${key.id}-${macOf(purpose, token, key.secret)}`;
}

/** JSON keeps the parts apart, whatever a mailbox name contains. */
function macOf(purpose: Purpose, { mailbox, ticket, entry }: ThreadToken, secret: Buffer): string {
  const digest = createHmac('sha256', secret)
    .update(JSON.stringify([purpose, mailbox, ticket, entry]))
    .digest();
  return base32(digest.subarray(0, MAC_BYTES));
}

function verify(
  purpose: Purpose,
  claim: Omit<ThreadToken, 'mailbox'>,
  sealed: string,
  keys: readonly SigningKey[],
  mailboxes: readonly string[],
): ThreadToken | null {
  const dash = sealed.indexOf('-');
  const mac = sealed.slice(dash + 1);
  if (dash < 1 || !MAC.test(mac)) return null;
  const given = Buffer.from(mac);
  for (const key of keys.filter(({ id }) => id === sealed.slice(0, dash))) {
    for (const mailbox of mailboxes.slice(0, 100)) {
      const token = { ...claim, mailbox };
      if (timingSafeEqual(given, Buffer.from(macOf(purpose, token, key.secret)))) return token;
    }
  }
  return null;
}

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

/** RFC 4648, section 6, in lower case and without padding. */
function base32(bytes: Buffer): string {
  const bits = BigInt(`0x${bytes.toString('hex')}`) << 2n;
  let text = '';
  for (let shift = (MAC_LENGTH - 1) * 5; shift >= 0; shift -= 5) text += BASE32[Number((bits >> BigInt(shift)) & 31n)];
  return text;
}
