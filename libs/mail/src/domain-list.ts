import { normalizeAddress, normalizeDomain } from './addresses.ts';

/**
 * One line of a highlight or spam list.
 * - `ADDRESS`: exactly this address;
 * - `EXACT_DOMAIN` (`@acme.com`): addresses at this domain, not below it;
 * - `SUBDOMAINS` (`*.acme.com`): addresses below this domain, not at it;
 * - `DOMAIN` (`acme.com`): addresses at this domain and below it.
 */
export interface DomainEntry {
  kind: 'ADDRESS' | 'EXACT_DOMAIN' | 'SUBDOMAINS' | 'DOMAIN';
  /** The address, or the domain without its sign in front; lower-case, the domain in ASCII form. */
  value: string;
  /** The entry in its normal spelling, as it is stored and shown: `anna@acme.com`, `@acme.com`, `*.acme.com`, `acme.com`. */
  entry: string;
}

/** One piece of text that is no entry, and why. */
export interface EntryError {
  /** The piece as typed, at most 80 characters. */
  entry: string;
  message: string;
}

/** The longest text a list is read from. */
export const MAX_LIST_LENGTH = 2_000_000;
/** How many different entries one list holds. */
export const MAX_LIST_ENTRIES = 50_000;
/** How many errors are told one by one. */
export const MAX_LIST_ERRORS = 100;

const SEPARATORS = /[\s,;、，；]/u;
const SHOWN_ENTRY_LENGTH = 80;

/**
 * Reads a list of domains and addresses, separated by commas, semicolons, blanks or line ends. Entries come out in
 * their first order, in lower case, without repeats; what is no entry comes out as an error and costs nothing else.
 */
export function parseEntryList(text: string | readonly string[]): { entries: DomainEntry[]; errors: EntryError[] } {
  const joined = typeof text === 'string' ? text : text.join('\n');
  if (joined.length > MAX_LIST_LENGTH) return { entries: [], errors: [tooLong(joined)] };
  const entries = new Map<string, DomainEntry>();
  const errors: EntryError[] = [];
  for (const piece of joined.split(SEPARATORS)) {
    if (piece === '') continue;
    const entry = parseEntry(piece);
    if (entry === null) {
      if (errors.length < MAX_LIST_ERRORS) errors.push(notAnEntry(piece));
    } else if (entries.size < MAX_LIST_ENTRIES || entries.has(entry.entry)) {
      if (!entries.has(entry.entry)) entries.set(entry.entry, entry);
    } else {
      errors.push({
        entry: entry.entry,
        message: `The list holds at most ${MAX_LIST_ENTRIES} entries. The rest was left out.`,
      });
      break;
    }
  }
  return { entries: [...entries.values()], errors };
}

function tooLong(text: string): EntryError {
  return {
    entry: shorten(text),
    message: `The list is longer than ${MAX_LIST_LENGTH} characters. Nothing of it was read.`,
  };
}

function notAnEntry(piece: string): EntryError {
  const shown = shorten(piece);
  return piece.includes('@') && !/^(?:\*?@)/.test(piece)
    ? { entry: shown, message: `“${shown}” is not an e-mail address. Example: anna@acme.com` }
    : { entry: shown, message: `“${shown}” is not a domain. Example: acme.com` };
}

function shorten(text: string): string {
  return text.length > SHOWN_ENTRY_LENGTH ? `${text.slice(0, SHOWN_ENTRY_LENGTH - 1)}…` : text;
}

/** One entry; null when the text is none. `*@acme.com` means `@acme.com`. A bare domain needs a dot; `*.biz` is allowed. */
export function parseEntry(text: string): DomainEntry | null {
  if (text.startsWith('*.')) return domainEntry('SUBDOMAINS', text.slice(2), '*.', 1);
  if (text.startsWith('*@')) return domainEntry('EXACT_DOMAIN', text.slice(2), '@', 2);
  if (text.startsWith('@')) return domainEntry('EXACT_DOMAIN', text.slice(1), '@', 2);
  if (!text.includes('@')) return domainEntry('DOMAIN', text, '', 2);
  const address = normalizeAddress(text);
  return address === null ? null : { kind: 'ADDRESS', value: address, entry: address };
}

function domainEntry(kind: DomainEntry['kind'], raw: string, sign: string, minLabels: number): DomainEntry | null {
  const value = normalizeDomain(raw);
  if (value === null || value.split('.').length < minLabels) return null;
  return { kind, value, entry: `${sign}${value}` };
}

/** A list made ready for many look-ups; a look-up costs one step per label of the sender's domain. */
export interface EntryIndex {
  readonly byEntry: ReadonlyMap<string, DomainEntry>;
}

/** Makes a list ready for many look-ups. */
export function buildEntryIndex(entries: readonly DomainEntry[]): EntryIndex {
  return { byEntry: new Map(entries.map((entry) => [entry.entry, entry])) };
}

/**
 * The most specific entry that covers this address, on a label border: `acme.com` covers `a@acme.com` and
 * `a@mail.acme.com`, never `a@notacme.com`. Null when none does or the address is none.
 */
export function matchEntry(address: string, list: EntryIndex | readonly DomainEntry[]): DomainEntry | null {
  const index = 'byEntry' in list ? list : buildEntryIndex(list);
  const normal = normalizeAddress(address);
  if (normal === null) return null;
  for (const candidate of entriesCovering(normal)) {
    const found = index.byEntry.get(candidate);
    if (found) return found;
  }
  return null;
}

/** All spellings of entries that cover the address, most specific first. */
function* entriesCovering(address: string): Generator<string> {
  const domain = address.slice(address.lastIndexOf('@') + 1);
  yield address;
  yield `@${domain}`;
  yield domain;
  for (let dot = domain.indexOf('.'); dot !== -1; dot = domain.indexOf('.', dot + 1)) {
    const parent = domain.slice(dot + 1);
    yield `*.${parent}`;
    yield parent;
  }
}

/**
 * Whether entry a says more than entry b, of two that cover the same address: an address before `@domain`, this
 * before a longer domain, this before a shorter; of equal length `*.acme.com` before `acme.com`.
 */
export function moreSpecific(a: DomainEntry, b: DomainEntry): boolean {
  const [rankA, rankB] = [rank(a), rank(b)];
  if (rankA !== rankB) return rankA > rankB;
  if (a.value.length !== b.value.length) return a.value.length > b.value.length;
  return a.kind === 'SUBDOMAINS' && b.kind === 'DOMAIN';
}

function rank({ kind }: DomainEntry): number {
  return kind === 'ADDRESS' ? 2 : kind === 'EXACT_DOMAIN' ? 1 : 0;
}

/** What the two lists say about a sender, and by which entry. */
export type SenderVerdict = { kind: 'spam' | 'highlight'; entry: DomainEntry } | { kind: 'none'; entry: null };

/** Weighs the highlight list against the spam list: the more specific entry wins, on a tie the spam list. */
export function decideSender(
  address: string,
  highlight: EntryIndex | readonly DomainEntry[],
  spam: EntryIndex | readonly DomainEntry[],
): SenderVerdict {
  const wanted = matchEntry(address, highlight);
  const unwanted = matchEntry(address, spam);
  if (wanted && (!unwanted || moreSpecific(wanted, unwanted))) return { kind: 'highlight', entry: wanted };
  return unwanted ? { kind: 'spam', entry: unwanted } : { kind: 'none', entry: null };
}
