import { CharKind, charKinds } from './characters.ts';
import { foldDiacritics } from './folding.ts';
import { stopWordLanguages, stopWordsOf } from './stop-words.ts';

/** So much of a text is enough to know its language. */
const looked = 4000;

const scripts: readonly (readonly [RegExp, string])[] = [
  [/\p{sc=Han}/gu, 'zh'],
  [/\p{sc=Hang}/gu, 'ko'],
  [/\p{sc=Thai}/gu, 'th'],
  [/\p{sc=Arab}/gu, 'ar'],
  [/\p{sc=Hebr}/gu, 'he'],
  [/\p{sc=Grek}/gu, 'el'],
  [/\p{sc=Armn}/gu, 'hy'],
  [/\p{sc=Taml}/gu, 'ta'],
];
const kana = /[\p{sc=Hira}\p{sc=Kana}]/gu;
const han = /\p{sc=Han}/gu;
const letters = /\p{L}/gu;
const cyrillic = /\p{sc=Cyrl}/gu;
const ukrainian = /[іїєґ]/giu;

/**
 * The language a text is probably written in, as an ISO 639-1 code: by its script, and within one script by its function
 * words. "" when nothing speaks for any language.
 *
 * @param among only these are possible (as codes); all known ones when left out.
 */
export function guessLanguage(text: string, among?: readonly string[]): string {
  const sample = text.slice(0, looked);
  const isPossible = (code: string) => !among || among.includes(code);
  const byScript = languageByScript(sample);
  if (byScript !== '') return isPossible(byScript) ? byScript : '';
  const scores = scoreByStopWords(sample, among ?? stopWordLanguages);
  const [best] = [...scores].sort((a, b) => b[1] - a[1]);
  return best && best[1] > 0 ? best[0] : '';
}

function countOf(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

function languageByScript(text: string): string {
  const all = countOf(text, letters);
  if (all === 0) return '';
  const enough = all * 0.4;
  const kanaCount = countOf(text, kana);
  if (kanaCount * 20 > all && kanaCount + countOf(text, han) > enough) return 'ja';
  for (const [script, code] of scripts) if (countOf(text, script) > enough) return code;
  if (countOf(text, cyrillic) > enough) return countOf(text, ukrainian) * 50 > all ? 'uk' : 'ru';
  return '';
}

function scoreByStopWords(text: string, languages: readonly string[]): Map<string, number> {
  const words = wordsOf(text);
  const scores = new Map<string, number>();
  for (const language of languages) {
    const stopWords = stopWordsOf(language);
    let score = 0;
    for (const word of words) if (stopWords.has(word)) score += word.length > 1 ? 1 : 0.4;
    scores.set(language, score);
  }
  return scores;
}

function wordsOf(text: string): string[] {
  const words: string[] = [];
  const plain = foldDiacritics(text.toLowerCase());
  let start = -1;
  for (let at = 0; at <= plain.length; at++) {
    const isLetter = at < plain.length && charKinds[plain.charCodeAt(at)] === CharKind.letter;
    if (isLetter && start < 0) start = at;
    if (!isLetter && start >= 0) {
      words.push(plain.slice(start, at));
      start = -1;
    }
  }
  return words;
}
