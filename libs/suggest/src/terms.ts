import { foldDiacritics, lowerCase } from './folding.ts';
import { baseLanguage, stemmerFor } from './stemming.ts';
import { stopWordsOf } from './stop-words.ts';
import { regularForm } from './word-forms.ts';

/** A word form after analysis. */
export interface Term {
  /** What is indexed: lower case, stemmed, without accents. */
  readonly text: string;
  /** A function word of its language. */
  readonly isStop: boolean;
  /** A code or a number: taken as it stands, never matched by likeness. */
  readonly isCode: boolean;
  /** Which vocabulary numbered it last, and how: saves looking it up again. Nobody else reads or writes it. */
  readonly memo: { vocabulary: number; id: number };
}

const cacheLimit = 100_000;
const longestTerm = 64;
const hasDigit = /\p{N}/u;
const apostrophe = /['’\u02BC]/;
const elision = /^(?:[bcdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|gl|un|dell|nell|all|dall|sull|quest|quell|bell|sant)$/;
const elidingLanguages = new Set(['fr', 'it', 'ca']);

/** "l'eau" -> "eau", "don't" -> "do", "Allen'ın" -> "Allen". */
function cutContraction(word: string, language: string): string {
  const at = word.search(apostrophe);
  if (at < 0) return word;
  const head = word.slice(0, at);
  const tail = word.slice(at + 1);
  if (elidingLanguages.has(language) && elision.test(head)) return cutContraction(tail, language);
  return tail === 't' && head.endsWith('n') ? head.slice(0, -1) : head;
}

/** The words of one language, analysed once each: two generations of a bounded cache, so that no flood of words fills memory. */
export class TermCache {
  readonly #language: string;
  readonly #stopWords: ReadonlySet<string>;
  #young = new Map<string, Term>();
  #old = new Map<string, Term>();

  constructor(language: string) {
    this.#language = language;
    this.#stopWords = stopWordsOf(language);
  }

  /** The term of a word as it stands in the text. Empty `text` when nothing is left of it. */
  termOf(surface: string): Term {
    let term = this.#young.get(surface);
    if (term) return term;
    const word = ownCopy(surface);
    term = this.#old.get(word) ?? this.#analyse(word);
    if (this.#young.size >= cacheLimit) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(word, term);
    return term;
  }

  #analyse(surface: string): Term {
    const lower = lowerCase(surface.slice(0, longestTerm), this.#language);
    if (hasDigit.test(lower))
      return { text: foldDiacritics(lower), isStop: false, isCode: true, memo: { vocabulary: 0, id: 0 } };
    const word = regularForm(cutContraction(lower, this.#language), this.#language);
    const plain = foldDiacritics(word);
    const isStop = this.#stopWords.has(plain) || this.#stopWords.has(foldDiacritics(lower.replace(apostrophe, '')));
    const stem = stemmerFor(this.#language)?.stem(word) ?? word;
    return { text: foldDiacritics(stem) || plain, isStop, isCode: false, memo: { vocabulary: 0, id: 0 } };
  }
}

/** A word cut from a text keeps the whole text in memory as long as it lives; its copy does not. */
function ownCopy(word: string): string {
  return word.length < 13 ? word : Buffer.from(word, 'utf16le').toString('utf16le');
}

const caches = new Map<string, TermCache>();
const noLanguage = new TermCache('');

/** The analysis for a language tag; an unknown language is neither stemmed nor freed of function words. */
export function termsOf(language: string): TermCache {
  const code = baseLanguage(language);
  const known = caches.get(code);
  if (known) return known;
  if (!stemmerFor(code) && stopWordsOf(code).size === 0) return noLanguage;
  const cache = new TermCache(code);
  caches.set(code, cache);
  return cache;
}
