import { AUTO_REPLY_PREFIXES, FORWARD_PREFIXES, GENERIC_SUBJECTS, REPLY_PREFIXES } from './languages.ts';

/** Two subjects are compared on at most so many UTF-16 units of their keys. */
export const MAX_SUBJECT_KEY_LENGTH = 200;
/** A subject that was cut on the way still matches if at least so much of it is left. */
export const MIN_CUT_SUBJECT_LENGTH = 60;
/** The subject of an outgoing letter, without its tag, is cut here. */
export const MAX_TAGGED_SUBJECT_LENGTH = 500;
const MAX_READ_LENGTH = 10_000;
const MAX_TICKET_TAGS = 20;
/** Longer than the longest known prefix with its counter. */
const PREFIX_WINDOW = 40;
const MIN_TELLING_LETTERS = 6;

/** Our own tag. */
const OWN_TAG = /\[#[1-9][0-9]{0,14}\]/g;
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
const BLANK = /[\s\p{Cc}]+/gu;

/** A subject without what programs put before it. */
export interface NormalSubject {
  /** What is left, folded, for equality; at most 200 UTF-16 units. Empty when nothing is left. */
  key: string;
  isReply: boolean;
  isForward: boolean;
  /** The prefixes taken off, folded, outermost first, without counters; at most 20 are told. */
  prefixes: string[];
}

const replies = new Set(REPLY_PREFIXES.map(foldText));
const forwards = new Set(FORWARD_PREFIXES.map(foldText));
const automatic = new Set(AUTO_REPLY_PREFIXES.map(foldText));
const generic = new Set(GENERIC_SUBJECTS.map(foldText));

/**
 * Makes subjects comparable: compatibility forms (NFKC), case, width, invisible and direction signs, white space, our
 * own tags, list tags in front (`[users]`, not `[order 4711]`) and reply and forward prefixes in many languages with
 * their counters (`Re[2]:`, `AW(3):`, `Re^2:`) make no difference. Normalising a key gives the same key. Linear.
 */
export function normalizeSubject(subject: string): NormalSubject {
  const text = collapse(foldText(cut(subject, MAX_READ_LENGTH)).replace(OWN_TAG, ' '));
  const prefixes: string[] = [];
  let at = 0;
  for (;;) {
    const prefix = prefixAt(text, at);
    const end = prefix?.end ?? listTagEnd(text, at);
    if (end === null) break;
    if (prefix && prefixes.length < 20) prefixes.push(prefix.word);
    at = end;
  }
  return {
    key: cut(text.slice(at), MAX_SUBJECT_KEY_LENGTH).trim(),
    isReply: prefixes.some((word) => replies.has(word)),
    isForward: prefixes.some((word) => forwards.has(word)),
    prefixes,
  };
}

/** NFKC and case, folded until nothing changes any more; `ß` is `ss`, the three sigmas and the Turkish i are one. */
export function foldText(text: string): string {
  if (/^[\t\x20-\x7e]*$/.test(text)) return text.toLowerCase();
  let folded = text;
  for (let round = 0; round < 4; round++) {
    const before = folded;
    folded = folded.normalize('NFKC').replace(INVISIBLE, '').toUpperCase().toLowerCase();
    folded = folded
      .replace(/ς/g, 'σ')
      .replace(/i\u0307/g, 'i')
      .normalize('NFKC');
    if (folded === before) break;
  }
  return folded;
}

function collapse(text: string): string {
  return text.replace(BLANK, ' ').trim();
}

/** Never between the two halves of a character. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  return /[\ud800-\udbff]/.test(text.charAt(length - 1)) ? text.slice(0, length - 1) : text.slice(0, length);
}

const COUNTER = /(?:[[(][0-9]{1,3}[\])]|\^?[0-9]{1,3})$/;

/** The prefix that starts here, and where the text behind it starts. */
function prefixAt(text: string, from: number): { word: string; end: number } | null {
  const head = text.slice(from, from + PREFIX_WINDOW);
  const colon = head.search(/[:：]/);
  if (colon < 1) return null;
  const word = foldText(head.slice(0, colon)).trim().replace(COUNTER, '').trimEnd();
  if (!replies.has(word) && !forwards.has(word) && !automatic.has(word)) return null;
  const next = head.charAt(colon + 1);
  if (word.length === 1 && (colon !== 1 || (next !== ' ' && next !== ''))) return null;
  return { word, end: skipBlank(text, from + colon + 1) };
}

/** A short bracket in front without digits is the tag of a list or gateway, unless nothing stands behind it. */
function listTagEnd(text: string, from: number): number | null {
  const tag = /^\[[^[\]\p{N}]{1,40}\]/u.exec(text.slice(from, from + 44))?.[0];
  if (tag === undefined) return null;
  const end = skipBlank(text, from + tag.length);
  return end < text.length ? end : null;
}

function skipBlank(text: string, from: number): number {
  let at = from;
  while (text.charAt(at) === ' ') at++;
  return at;
}

/** The numbers in tags such as `[#1042]`, in order, without repeats, at most 20. */
export function ticketNumbersIn(subject: string): number[] {
  const text = cut(subject, MAX_READ_LENGTH).normalize('NFKC').replace(INVISIBLE, '');
  const numbers = [...text.matchAll(OWN_TAG)].map(([tag]) => Number(tag.slice(2, -1)));
  return [...new Set(numbers)].slice(0, MAX_TICKET_TAGS);
}

/** The ticket number in a subject tag such as `[#1042]`; null if there is none. The first tag wins. */
export function ticketNumberIn(subject: string): number | null {
  return ticketNumbersIn(subject)[0] ?? null;
}

/**
 * The subject of an outgoing letter: one line with exactly one tag, behind prefixes such as `Re:`. Other tags of ours
 * are taken out, and a subject over 500 UTF-16 units is cut. Doing it twice changes nothing.
 * @throws RangeError when the number is not a whole number of 1 to 15 digits.
 */
export function tagSubject(subject: string, number: number): string {
  if (!/^[1-9][0-9]{0,14}$/.test(String(number)))
    throw new RangeError('A ticket number is a whole number of 1 to 15 digits.');
  const text = cut(untagged(subject), MAX_TAGGED_SUBJECT_LENGTH);
  let at = 0;
  for (let prefix = prefixAt(text, 0); prefix; prefix = prefixAt(text, at)) at = prefix.end;
  return [text.slice(0, at).trim(), `[#${number}]`, text.slice(at).trim()].filter((part) => part !== '').join(' ');
}

/**
 * The subject of an answer to a matter: exactly one `Re:` in front and one tag, whatever prefixes of replies and tags of
 * ours the matter came with. Other prefixes, such as `Fwd:`, stay.
 * @throws RangeError when the number is not a whole number of 1 to 15 digits.
 */
export function replySubject(subject: string, number: number): string {
  const text = untagged(subject);
  let at = 0;
  for (let prefix = prefixAt(text, 0); prefix && replies.has(prefix.word); prefix = prefixAt(text, at)) at = prefix.end;
  return tagSubject(`Re: ${text.slice(at)}`, number);
}

/** A subject without tags of ours, as of another ticket or another desk; one without any stays as it is. */
export function withoutTags(subject: string): string {
  const text = subject.replace(OWN_TAG, ' ');
  return text === subject ? subject : collapse(text);
}

/** On one line, without tags of ours and signs that nobody sees. */
function untagged(subject: string): string {
  return collapse(cut(subject, MAX_READ_LENGTH).replace(INVISIBLE, '').replace(OWN_TAG, ' '));
}

/** Whether a subject says too little to join letters by: fewer than six letters, or a word such as "question". Takes a subject or its key. */
export function isGenericSubject(subject: string): boolean {
  const { key } = normalizeSubject(subject);
  const words = collapse(key.replace(/[^\p{L}\p{M}]+/gu, ' '));
  return (words.match(/\p{L}/gu)?.length ?? 0) < MIN_TELLING_LETTERS || generic.has(words);
}

/**
 * Whether two subjects, or their keys, are the same. Programs on the way cut long subjects: the shorter may end early
 * if at least 60 UTF-16 units of it are left and the cut does not go through a number. Nothing equals an empty subject.
 */
export function sameSubject(a: string, b: string): boolean {
  const [shorter, longer] = [normalizeSubject(a).key, normalizeSubject(b).key].sort((x, y) => x.length - y.length) as [
    string,
    string,
  ];
  if (shorter === longer) return shorter !== '';
  const start = shorter.replace(/ ?(?:\.\.\.|…)$/, '');
  if (start.length < MIN_CUT_SUBJECT_LENGTH || !longer.startsWith(start)) return false;
  return !(/\p{N}$/u.test(start) && /^\p{N}/u.test(longer.slice(start.length)));
}
