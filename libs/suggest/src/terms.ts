import { randomInt } from 'node:crypto';
import { foldDiacritics, lowerCase } from './folding.ts';
import { grown } from './growing.ts';
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
  #young = new WordTable();
  #old = new WordTable();

  constructor(language: string) {
    this.#language = language;
    this.#stopWords = stopWordsOf(language);
  }

  /** The term of a word. Empty `text` when nothing is left of it. */
  termOf(word: string): Term {
    return this.termAt(word, 0, word.length);
  }

  /** The term of the word that stands in a text from `start` to before `end`. */
  termAt(text: string, start: number, end: number): Term {
    const hash = hashOf(text, start, end);
    const known = this.#young.find(hash, text, start, end);
    if (known) return known;
    const word = ownCopy(text.slice(start, end));
    const term = this.#old.find(hash, text, start, end) ?? this.#analyse(word);
    if (this.#young.size >= cacheLimit) {
      this.#old = this.#young;
      this.#young = new WordTable();
    }
    this.#young.add(hash, word, term);
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

/** Words by their signs: found in the middle of a text without cutting them out. */
class WordTable {
  readonly #words: string[] = [];
  readonly #terms: Term[] = [];
  #hashes = new Int32Array(0);
  /** Open addressing: 1 + the number of a word, or 0; never more than half full. */
  #slots = new Int32Array(1 << 10);

  get size(): number {
    return this.#words.length;
  }

  find(hash: number, text: string, start: number, end: number): Term | undefined {
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const place = this.#slots[slot]! - 1;
      if (place < 0) return undefined;
      if (this.#hashes[place] === hash && isAt(this.#words[place]!, text, start, end)) return this.#terms[place];
    }
  }

  /** Takes in a word that is not there yet. */
  add(hash: number, word: string, term: Term): void {
    const place = this.#words.push(word) - 1;
    this.#terms.push(term);
    this.#hashes = grown(this.#hashes, place + 1);
    this.#hashes[place] = hash;
    if (2 * this.size > this.#slots.length) {
      this.#slots = new Int32Array(2 * this.#slots.length);
      for (let other = 0; other < place; other++) this.#settle(other);
    }
    this.#settle(place);
  }

  #settle(place: number): void {
    const mask = this.#slots.length - 1;
    let slot = this.#hashes[place]! & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = place + 1;
  }
}

function isAt(word: string, text: string, start: number, end: number): boolean {
  if (word.length !== end - start) return false;
  for (let at = 0; at < word.length; at++) if (word.charCodeAt(at) !== text.charCodeAt(start + at)) return false;
  return true;
}

/** Begins anew with each process, so that nobody can write words that all fall on one place. */
const hashSeed = randomInt(2 ** 31);

function hashOf(text: string, start: number, end: number): number {
  let hash = hashSeed;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x5bd1e995) ^ (hash >>> 13);
  return Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
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
