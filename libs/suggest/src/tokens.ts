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

/**
 * The words of a text in order. Codes that hold a digit ("E-1042", "COVID-19") are given whole and in their parts;
 * scripts without blanks as words and character pairs. Work grows with the length of the text and with nothing else.
 *
 * @param language an ISO 639-1 code, or "" for none: it chooses the stemmer and the function words.
 */
export function tokenise(text: string, language: string): Token[] {
  const tokens: Token[] = [];
  const terms = termsOf(language);
  const push: Push = (start, end, isPair = false) => {
    const term = terms.termOf(text.slice(start, end));
    if (term.text !== '') tokens.push({ term, start, end, isPair });
  };
  let at = 0;
  while (at < text.length) {
    const kind = charKinds[text.charCodeAt(at)]!;
    if (kind === CharKind.other || kind === CharKind.joiner) at++;
    else if (kind === CharKind.unspaced) at = pushUnspaced(text, at, language, push);
    else if (kind === CharKind.hangul) at = pushHangul(text, at, push);
    else at = pushWord(text, at, push);
  }
  return tokens;
}

type Push = (start: number, end: number, isPair?: boolean) => void;

function endOfRun(text: string, start: number, kind: number): number {
  const limit = Math.min(text.length, start + longestRun);
  let end = start + 1;
  while (end < limit && charKinds[text.charCodeAt(end)] === kind) end++;
  return end;
}

function pushUnspaced(text: string, start: number, language: string, push: Push): number {
  const end = endOfRun(text, start, CharKind.unspaced);
  visitUnspaced(text.slice(start, end), baseLanguage(language), (from, to, isPair) =>
    push(start + from, start + to, isPair),
  );
  return end;
}

function pushHangul(text: string, start: number, push: Push): number {
  const end = endOfRun(text, start, CharKind.hangul);
  if (end - start !== 2) push(start, end);
  for (let at = start; at + 2 <= end; at++) push(at, at + 2, end - start !== 2);
  return end;
}

/** One word, or several held together by joiners: whole if a digit is in it, in parts if a sign other than an apostrophe is. */
function pushWord(text: string, start: number, push: Push): number {
  const limit = Math.min(text.length, start + longestRun);
  const parts: number[] = [start];
  let hasDigit = false;
  let end = start;
  for (; end < limit; end++) {
    const code = text.charCodeAt(end);
    const kind = charKinds[code];
    if (kind === CharKind.digit) hasDigit = true;
    else if (kind === CharKind.joiner && isInside(text, end)) {
      if (!apostrophes.has(code)) parts.push(end, end + 1);
    } else if (kind !== CharKind.letter) break;
  }
  parts.push(end);
  if (hasDigit && parts.length > 2) push(start, end);
  for (let i = 0; i < parts.length; i += 2) push(parts[i]!, parts[i + 1]!);
  return end;
}

function isInside(text: string, at: number): boolean {
  const next = charKinds[text.charCodeAt(at + 1)];
  return next === CharKind.letter || next === CharKind.digit;
}
