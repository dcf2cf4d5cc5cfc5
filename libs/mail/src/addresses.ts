import { domainToASCII, domainToUnicode } from 'node:url';

/** RFC 5321, section 4.5.3.1: the longest local part, in octets. */
export const MAX_LOCAL_PART_LENGTH = 64;
/** RFC 5321, section 4.5.3.1.3 less the brackets of a path: the longest whole address, in octets. */
export const MAX_ADDRESS_LENGTH = 254;
const MAX_DOMAIN_LENGTH = 253;

/** White space of any script, controls, invisible and direction-changing characters: never part of an identity. */
const INVISIBLE = /[\s\p{C}\p{Default_Ignorable_Code_Point}]/u;
/** What RFC 5322 gives a meaning to (section 3.2.3), and so cannot stand bare in a local part. */
const LOCAL_SPECIALS = /[()<>[\]:;@\\,"]/;
const DOMAIN_SPECIALS = /[^\p{L}\p{M}\p{N}._・·\u30fb\u3002\uff0e\uff61-]/u;
const LABEL = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;
const STRICT_LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;
const STRICT_ATOM = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+$/i;
const ONLY_DIGITS = /^\d+$/;

/**
 * An address as an identity: lower-case, the domain in its ASCII form (RFC 5891), the local part in NFC.
 * Takes a bare address, also within one pair of angle brackets. A quoted local part is taken only when the
 * quotes were not needed. Comments, groups, routes, address literals and invisible characters give null.
 */
export function normalizeAddress(raw: string): string | null {
  if (raw.length > 4 * MAX_ADDRESS_LENGTH) return null;
  const bare = withoutBrackets(raw.trim());
  const at = bare.lastIndexOf('@');
  if (at < 1) return null;
  const local = normalizeLocal(bare.slice(0, at));
  const domain = normalizeDomain(bare.slice(at + 1));
  if (local === null || domain === null) return null;
  const address = `${local}@${domain}`;
  return Buffer.byteLength(address) > MAX_ADDRESS_LENGTH ? null : address;
}

function withoutBrackets(text: string): string {
  return text.startsWith('<') && text.endsWith('>') ? text.slice(1, -1).trim() : text;
}

function normalizeLocal(raw: string): string | null {
  const quoted = raw.length > 2 && raw.startsWith('"') && raw.endsWith('"');
  const local = (quoted ? raw.slice(1, -1) : raw).normalize('NFC').toLowerCase().normalize('NFC');
  if (INVISIBLE.test(local) || LOCAL_SPECIALS.test(local)) return null;
  return Buffer.byteLength(local) > MAX_LOCAL_PART_LENGTH ? null : local;
}

/**
 * A domain in lower-case ASCII form, without a dot at its end; null when it is none.
 * One label alone (`localhost`) is a domain; an IP address is not. Underscores pass, since real hosts carry them.
 */
export function normalizeDomain(raw: string): string | null {
  if (raw.length === 0 || raw.length > MAX_DOMAIN_LENGTH || INVISIBLE.test(raw) || DOMAIN_SPECIALS.test(raw))
    return null;
  const ascii = toAscii(raw);
  const domain = ascii.endsWith('.') ? ascii.slice(0, -1) : ascii;
  if (domain.length > MAX_DOMAIN_LENGTH) return null;
  const labels = domain.split('.');
  if (!labels.every((label) => LABEL.test(label))) return null;
  return ONLY_DIGITS.test(labels.at(-1) ?? '') ? null : domain;
}

/** Plain ASCII goes round the URL rules, which would read `1.2` as an IPv4 address. */
function toAscii(domain: string): string {
  return /^[\x21-\x7e]+$/.test(domain) ? domain.toLowerCase() : domainToASCII(domain);
}

/**
 * Whether mail may be sent to this address: an addr-spec by RFC 5321, section 4.1.2, in ASCII, with a dot-string
 * before the `@` and a host name behind it. No quoted local part, comment, group, route or address literal, so
 * that every mail program on the way reads the same recipient. At most 254 characters, 64 before the `@`.
 */
export function isStrictAddress(address: string): boolean {
  if (address.length > MAX_ADDRESS_LENGTH) return false;
  const at = address.indexOf('@');
  const local = address.slice(0, at);
  if (at < 1 || local.length > MAX_LOCAL_PART_LENGTH) return false;
  const labels = address.slice(at + 1).split('.');
  if (!local.split('.').every((atom) => STRICT_ATOM.test(atom))) return false;
  return labels.every((label) => STRICT_LABEL.test(label)) && !ONLY_DIGITS.test(labels.at(-1) ?? '');
}

/** Whether two spellings mean the same address. What is no address equals nothing, not even itself. */
export function sameAddress(a: string, b: string): boolean {
  const normal = normalizeAddress(a);
  return normal !== null && normal === normalizeAddress(b);
}

/** An address without a sub-address (RFC 5233): `support+7@desk.example` reaches who `support@desk.example` does. */
export function withoutSubAddress(address: string): string {
  const at = address.lastIndexOf('@');
  const plus = address.indexOf('+');
  return plus < 1 || plus > at ? address : address.slice(0, plus) + address.slice(at);
}

/** The domain of an address in lower-case ASCII form; null when the address is none. */
export function domainOf(address: string): string | null {
  const normal = normalizeAddress(address);
  return normal === null ? null : normal.slice(normal.lastIndexOf('@') + 1);
}

/**
 * A domain as people read it: `xn--mller-kva.de` becomes `müller.de`. When a label mixes scripts that look
 * alike (Latin with Cyrillic or Greek) the ASCII form stays, so that a false name does not pass for a true one.
 */
export function displayDomain(domain: string): string {
  const ascii = normalizeDomain(domain);
  if (ascii === null) return domain;
  const readable = domainToUnicode(ascii);
  return readable === '' || INVISIBLE.test(readable) || readable.split('.').some(mixesScripts) ? ascii : readable;
}

const LOOKALIKE_SCRIPTS = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u];

function mixesScripts(label: string): boolean {
  return LOOKALIKE_SCRIPTS.filter((script) => script.test(label)).length > 1;
}
