import { domainOf, normalizeDomain } from './addresses.ts';
import { headerValues, type Mail } from './mail.ts';

const MAX_HEADER = 16_384;
const MAX_RESULTS = 100;

/** One result of an Authentication-Results header, such as `dkim=pass` with its properties. */
export interface AuthResult {
  /** In lower case. */
  readonly method: string;
  /** In lower case. */
  readonly result: string;
  /** By "type.property" in lower case; the first of a name. */
  readonly properties: ReadonlyMap<string, string>;
}

/** What our own mail server says about a letter's sender: it is who it claims to be, it is not, or nothing is known. */
export type SenderCheck = 'PASS' | 'FAIL' | 'UNKNOWN';

/**
 * Reads one Authentication-Results value (RFC 8601, section 2.2): who wrote it, and its results; null when it names
 * nobody. Comments are passed over. Linear, and at most 100 results of the first 16,384 characters.
 */
export function parseAuthResults(value: string): { authservId: string; results: AuthResult[] } | null {
  const [head = '', ...rest] = splitOutsideQuotes(withoutComments(value.slice(0, MAX_HEADER)));
  const authservId = unquote(head.trim().split(/\s/)[0] ?? '').toLowerCase();
  if (authservId === '' || authservId.includes('=')) return null;
  const results = rest.slice(0, MAX_RESULTS).flatMap((part) => readResult(part) ?? []);
  return { authservId, results };
}

function readResult(part: string): AuthResult | null {
  const words = wordsOf(part);
  const first = /^([a-z0-9_-]+)(?:\/\d+)?=([a-z0-9_-]+)$/i.exec(words[0] ?? '');
  if (!first) return null;
  const properties = new Map<string, string>();
  for (const word of words.slice(1)) {
    const at = word.indexOf('=');
    const name = word.slice(0, Math.max(at, 0)).toLowerCase();
    if (name !== '' && !properties.has(name)) properties.set(name, unquote(word.slice(at + 1)));
  }
  return { method: first[1]!.toLowerCase(), result: first[2]!.toLowerCase(), properties };
}

/** Words parted by blanks outside quotes; blanks around "=" part nothing. */
function wordsOf(part: string): string[] {
  const words: string[] = [];
  let word = '';
  let quoted = false;
  for (const sign of part.replace(/\s+/g, ' ').replace(/ ?= ?/g, '=')) {
    if (sign === '"') quoted = !quoted;
    if (sign === ' ' && !quoted) {
      if (word !== '') words.push(word);
      word = '';
    } else word += sign;
  }
  return word === '' ? words : [...words, word];
}

/** The text without comments, which may stand in one another; an unclosed one ends the text. */
function withoutComments(text: string): string {
  let out = '';
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const sign = text.charAt(i);
    if (sign === '\\' && (quoted || depth > 0)) {
      if (depth === 0) out += sign + text.charAt(i + 1);
      i++;
    } else if (depth === 0 && sign === '"') {
      quoted = !quoted;
      out += sign;
    } else if (!quoted && sign === '(') depth++;
    else if (!quoted && sign === ')' && depth > 0) {
      depth--;
      out += ' ';
    } else if (depth === 0) out += sign;
  }
  return out;
}

function splitOutsideQuotes(text: string): string[] {
  const parts: string[] = [];
  let start = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const sign = text.charAt(i);
    if (sign === '"') quoted = !quoted;
    if (sign === ';' && !quoted) {
      parts.push(text.slice(start, i));
      start = i + 1;
    }
  }
  return [...parts, text.slice(start)];
}

function unquote(text: string): string {
  return text.startsWith('"') && text.endsWith('"') && text.length > 1
    ? text.slice(1, -1).replace(/\\(.)/g, '$1')
    : text;
}

/**
 * What the configured mail server found about the From domain. Only the topmost Authentication-Results of that
 * `authservId` counts: whoever sends a letter can write the others (RFC 8601, section 5). PASS is `dmarc=pass` for the
 * From domain, or `dkim=pass` of that domain or of one above it; FAIL is `dmarc=fail`. Without a configured id, and for
 * letters with several From, nothing is known.
 */
export function checkSender(mail: Mail, authservId: string | null): SenderCheck {
  const from = mail.from && mail.fromSource === 'From' ? domainOf(mail.from.address) : null;
  if (!authservId || from === null || mail.severalFrom) return 'UNKNOWN';
  const wanted = authservId.trim().toLowerCase();
  const ours = headerValues(mail, 'Authentication-Results')
    .map(parseAuthResults)
    .find((header) => header?.authservId === wanted);
  const results = ours?.results ?? [];
  const dmarc = results.filter(({ method }) => method === 'dmarc');
  const speaksOf = ({ properties }: AuthResult) => {
    const domain = properties.get('header.from');
    return domain === undefined || normalizeDomain(domain) === from;
  };
  if (dmarc.some((found) => found.result === 'pass' && speaksOf(found))) return 'PASS';
  if (dmarc.some(({ result }) => result === 'fail')) return 'FAIL';
  return results.some(({ method, result, properties }) => {
    if (method !== 'dkim' || result !== 'pass') return false;
    const signer = properties.get('header.d') ?? properties.get('header.i')?.split('@').at(-1);
    const domain = signer === undefined ? null : normalizeDomain(signer);
    return domain !== null && (domain === from || (domain.includes('.') && from.endsWith(`.${domain}`)));
  })
    ? 'PASS'
    : 'UNKNOWN';
}
