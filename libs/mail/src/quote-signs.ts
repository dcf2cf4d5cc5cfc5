import {
  ATTRIBUTION_STARTS,
  FORWARDED_PHRASES,
  HEADER_LABELS,
  ORIGINAL_MESSAGE_PHRASES,
  WROTE_WORDS,
} from './quote-phrases.ts';
import { foldText } from './subject.ts';

/** No sign stands in a longer line. */
export const MAX_SIGN_LENGTH = 400;
const QUOTED = /^[ \t\u00a0]{0,3}[>＞]/;

/** Whether the line is quoted by a sign in front. */
export function isQuoted(line: string): boolean {
  return QUOTED.test(line);
}

/** The next line that is not blank, looking at most four lines ahead. */
export function nextFilled(lines: string[], from: number): number {
  let at = from;
  while (at < lines.length && at < from + 4 && (lines[at] as string).trim() === '') at++;
  return at;
}

/** What this line opens: a forwarded letter, quotation to the end, or an introduction that ends before the line returned. */
export function signAt(lines: string[], at: number, markers: string[]): 'FORWARD' | 'REST' | number | null {
  const folded = foldLine(lines[at] as string);
  const delimiter = delimiterOf(folded);
  if (delimiter !== null) return delimiter;
  if (holdsMarker(folded, lines[at + 1] ?? '', markers)) return 'REST';
  if (isHeaderBlock(lines, at)) return 'REST';
  return attributionEnd(lines, at);
}

/** A line folded, with single blanks. */
export function foldLine(line: string): string {
  const trimmed = line.trim();
  return PLAIN.test(trimmed) ? trimmed.toLowerCase() : foldText(trimmed).replace(/\s+/g, ' ').trim();
}

const PLAIN = /^(?:[\x21-\x7e]| (?! ))*$/;

function holdsMarker(folded: string, next: string, markers: string[]): boolean {
  return markers.some(
    (marker) =>
      folded.includes(marker) ||
      (folded.length >= 8 &&
        marker.startsWith(folded) &&
        `${folded} ${foldLine(next.slice(0, MAX_SIGN_LENGTH))}`.includes(marker)),
  );
}

const originals = new Set(ORIGINAL_MESSAGE_PHRASES.map(foldLine));
const forwardeds = new Set(FORWARDED_PHRASES.map(foldLine));
const DASHES = /[-_=–—‐‑―─*~<>|\s]/u;

/** `-----Original Message-----` in any dashes; the announcement of a forward also without them, if a colon ends it. */
function delimiterOf(folded: string): 'FORWARD' | 'REST' | null {
  let [from, to] = [0, folded.length];
  while (from < to && DASHES.test(folded.charAt(from))) from++;
  while (to > from && DASHES.test(folded.charAt(to - 1))) to--;
  const phrase = folded.slice(from, to).replace(/ ?:$/, '');
  const isDashed = from >= 2;
  if (forwardeds.has(phrase) && (isDashed || folded.endsWith(':'))) return 'FORWARD';
  // Lotus Notes: "----- Forwarded by Anna Smith/Acme on 03/05/2024 -----".
  if (isDashed && phrase.startsWith('forwarded by ')) return 'FORWARD';
  return isDashed && originals.has(phrase) ? 'REST' : null;
}

const labels = new Map<string, string>();
for (const [kind, words] of Object.entries(HEADER_LABELS)) for (const word of words) labels.set(foldText(word), kind);
const MAX_HEADER_BLOCK = 10;
const MAX_LABEL_LENGTH = 40;

/** The repeated headers above a quoted letter: names for sender, and two of date, recipient and subject, close together. */
function isHeaderBlock(lines: string[], at: number): boolean {
  const first = labelOf(lines[at] as string);
  if (first !== 'from' && first !== 'date') return false;
  const kinds = new Set<string>([first]);
  let misses = 0;
  for (let next = at + 1; next < lines.length && next < at + MAX_HEADER_BLOCK && misses < 3; next++) {
    const kind = labelOf(lines[next] as string);
    if (kind === null) misses++;
    else kinds.add(kind);
  }
  return kinds.size >= 3 && kinds.has('from');
}

/** Which header a line such as `*From:* Anna` names. */
function labelOf(line: string): string | null {
  const head = line.slice(0, MAX_LABEL_LENGTH);
  const colon = head.search(/[:：]/);
  if (colon < 1) return null;
  const label = foldLine(head.slice(0, colon)).replaceAll('*', '').trim();
  return labels.get(label) ?? null;
}

const MAX_ATTRIBUTION_LINES = 4;
const starts = ATTRIBUTION_STARTS.map(foldText);
const verbs = WROTE_WORDS.map(foldText);

/** The line behind "On … wrote:" when it starts here, broken over up to four lines; null when it does not. */
function attributionEnd(lines: string[], at: number): number | null {
  let joined = '';
  for (let end = at; end < lines.length && end < at + MAX_ATTRIBUTION_LINES; end++) {
    const line = (lines[end] as string).trim();
    if (line === '' || line.length > MAX_SIGN_LENGTH || isQuoted(line)) return null;
    joined = joined === '' ? line : `${joined} ${line}`;
    if (/[:：]\*?$/.test(line)) {
      const folded = foldLine(joined);
      // Above quoted lines the verb alone is enough: "Anna wrote:".
      const isAboveQuote = end === at && isQuoted(lines[nextFilled(lines, end + 1)] ?? '');
      if (isAttribution(folded, end > at) || (isAboveQuote && holdsVerb(folded))) return end + 1;
    }
    if (end === at && !mayStartAttribution(foldLine(joined))) return null;
  }
  return null;
}

/** More than one line is only read together when the first one starts like an introduction. */
function mayStartAttribution(folded: string): boolean {
  return startsLikeAttribution(folded) || /<[^<>]*$|@|[0-9]/.test(folded);
}

function startsLikeAttribution(folded: string): boolean {
  const text = folded.replace(/^[*_"]+/, '');
  return (
    /^[0-9]/.test(text) || starts.some((word) => text.startsWith(word) && !/^\p{L}/u.test(text.slice(word.length)))
  );
}

/** A verb of writing and something no plain sentence has: an address, a time of day, a full date. */
function isAttribution(folded: string, isBroken: boolean): boolean {
  const hasAddress = /[^\s@<>]@[^\s@<>]/.test(folded);
  const hasTime = /[0-9]{1,2}[:.h][0-9]{2}|[0-9]{4}|[0-9]{1,2}[/.][0-9]{1,2}[/.][0-9]{2}/.test(folded);
  if (!hasAddress && !hasTime) return false;
  // Gmail in some languages: "2024-05-03 12:00 GMT+02:00 Anna <anna@example.com>:".
  if (hasAddress && /^[0-9]{4}[-/.年]/.test(folded) && />\s?:$/.test(folded)) return true;
  if (!holdsVerb(folded)) return false;
  return startsLikeAttribution(folded) || (!isBroken && (hasAddress || endsWithVerb(folded)));
}

function holdsVerb(folded: string): boolean {
  return verbs.some((verb) => holdsWord(folded, verb));
}

function holdsWord(text: string, word: string): boolean {
  const at = text.lastIndexOf(word);
  if (at === -1) return false;
  const isWordless = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Hangul}\p{Script=Thai}]$/u.test(word);
  return isWordless || (!/\p{L}$/u.test(text.slice(0, at)) && !/^\p{L}/u.test(text.slice(at + word.length)));
}

function endsWithVerb(folded: string): boolean {
  const head = folded.replace(/\s?[:：]\*?$/, '');
  return verbs.some((verb) => head.endsWith(verb));
}
