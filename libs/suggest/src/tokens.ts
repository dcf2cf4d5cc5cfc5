import { CharKind, charKinds } from './characters.ts';
import { baseLanguage } from './stemming.ts';
import { type Term, termsOf } from './terms.ts';
import { visitUnspaced } from './unspaced-words.ts';

/** A term and where it stands in the text: UTF-16 offsets, `end` is exclusive. */
export interface Token {
  readonly term: Term;
  readonly start: number;
  readonly end: number;
  /** A pair of characters, looked up besides the words that they belong to. */
  readonly isPair: boolean;
}

/** A run without blanks is cut into pieces of this length, so that one endless line costs no more than its length. */
const longestRun = 400;
const apostrophes = new Set(["'", '’', '\u02BC'].map((char) => char.charCodeAt(0)));

/** Gets the places of words in order: UTF-16 offsets, `end` is exclusive. */
export type VisitPlace = (start: number, end: number, isPair: boolean) => void;

/**
 * The words of a text in order. Codes that hold a digit ("E-1042", "COVID-19") are given whole and in their parts;
 * scripts without blanks as words and character pairs. Work grows with the length of the text and with nothing else.
 *
 * @param language an ISO 639-1 code, or "" for none: it chooses the stemmer and the function words.
 */
export function tokenise(text: string, language: string): Token[] {
  const tokens: Token[] = [];
  const terms = termsOf(language);
  visitPlaces(text, language, (start, end, isPair) => {
    const term = terms.termAt(text, start, end);
    if (term.text !== '') tokens.push({ term, start, end, isPair });
  });
  return tokens;
}

/** The terms alone of the words that `tokenise` gives. */
export function termsIn(text: string, language: string): Term[] {
  const found: Term[] = [];
  const terms = termsOf(language);
  visitPlaces(text, language, (start, end) => {
    const term = terms.termAt(text, start, end);
    if (term.text !== '') found.push(term);
  });
  return found;
}

/** Where words may stand, without looking at what they are: as in `tokenise`, and those besides of which nothing is left. */
export function visitPlaces(text: string, language: string, visit: VisitPlace): void {
  let at = 0;
  while (at < text.length) {
    const kind = charKinds[text.charCodeAt(at)]!;
    if (kind === CharKind.other || kind === CharKind.joiner) at++;
    else if (kind === CharKind.unspaced) at = visitUnspacedRun(text, at, language, visit);
    else if (kind === CharKind.hangul) at = visitHangul(text, at, visit);
    else at = visitWord(text, at, visit);
  }
}

function endOfRun(text: string, start: number, kind: number): number {
  const limit = Math.min(text.length, start + longestRun);
  let end = start + 1;
  while (end < limit && charKinds[text.charCodeAt(end)] === kind) end++;
  return end;
}

function visitUnspacedRun(text: string, start: number, language: string, visit: VisitPlace): number {
  const end = endOfRun(text, start, CharKind.unspaced);
  visitUnspaced(text.slice(start, end), baseLanguage(language), (from, to, isPair) =>
    visit(start + from, start + to, isPair),
  );
  return end;
}

function visitHangul(text: string, start: number, visit: VisitPlace): number {
  const end = endOfRun(text, start, CharKind.hangul);
  if (end - start !== 2) visit(start, end, false);
  for (let at = start; at + 2 <= end; at++) visit(at, at + 2, end - start !== 2);
  return end;
}

/** Scratch of `visitWord`: where the parts of a word begin and end. */
const parts = new Int32Array(2 * longestRun + 2);

/** One word, or several held together by joiners: whole if a digit is in it, in parts if a sign other than an apostrophe is. */
function visitWord(text: string, start: number, visit: VisitPlace): number {
  const limit = Math.min(text.length, start + longestRun);
  let count = 1;
  parts[0] = start;
  let hasDigit = false;
  let end = start;
  for (; end < limit; end++) {
    const code = text.charCodeAt(end);
    const kind = charKinds[code];
    if (kind === CharKind.digit) hasDigit = true;
    else if (kind === CharKind.joiner && isInside(text, end)) {
      if (apostrophes.has(code)) continue;
      parts[count++] = end;
      parts[count++] = end + 1;
    } else if (kind !== CharKind.letter) break;
  }
  parts[count++] = end;
  if (hasDigit && count > 2) visit(start, end, false);
  for (let i = 0; i < count; i += 2) visit(parts[i]!, parts[i + 1]!, false);
  return end;
}

function isInside(text: string, at: number): boolean {
  const next = charKinds[text.charCodeAt(at + 1)];
  return next === CharKind.letter || next === CharKind.digit;
}
