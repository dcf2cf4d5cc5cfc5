import type { RankSettings } from './settings.ts';
import type { TextIndex } from './text-index.ts';
import { synonymsOf } from './thesaurus.ts';

/** A term of the index that stands for a word of the letter: the word itself (likeness 1), its like, or its synonym. */
export interface Variant {
  readonly id: number;
  readonly likeness: number;
  /** What one fully counting occurrence adds to an article's score. */
  readonly weight: number;
  /** How much of that an occurrence in a learnt text counts. */
  readonly inFeedback: number;
}

/** A word of the letter and how it weighs. */
export interface LetterWord {
  /** As it stands in the letter, at its first occurrence. */
  readonly surface: string;
  readonly term: string;
  readonly isStop: boolean;
  readonly isCode: boolean;
  /** The term's number, where an article has it. */
  readonly id: number | undefined;
  /** How many articles have it. */
  readonly documents: number;
  /** Over how many of them it is spread. */
  readonly spread: number;
  /** How often it stands in the letter, with less for a function word. */
  readonly strength: number;
  /** Strength times rarity. */
  readonly mass: number;
}

/** BM25's inverse document frequency, of a number that need not be whole; never negative. */
export function rarity(documents: number, all: number): number {
  return Math.log(1 + (all - documents + 0.5) / (documents + 0.5));
}

/** Finds what stands for the words of one letter, heaviest word first, while the lists to be read stay within the budget. */
export class VariantFinder {
  readonly #index: TextIndex;
  readonly #language: string;
  readonly #settings: RankSettings;
  #postings: number;
  #searched = 0;
  #read = 0;

  constructor(index: TextIndex, language: string, words: readonly LetterWord[], settings: RankSettings) {
    this.#index = index;
    this.#language = language;
    this.#settings = settings;
    this.#postings = words.reduce((sum, { documents }) => sum + documents, 0);
  }

  /** Empty when neither the word nor anything like it is known. */
  variantsOf(word: LetterWord): Variant[] {
    const variants: Variant[] = [];
    if (word.id !== undefined) variants.push({ id: word.id, likeness: 1, weight: word.mass, inFeedback: 1 });
    if (word.isStop || word.isCode) return variants;
    const { synonymWeight, synonymInFeedback } = this.#settings;
    for (const synonym of synonymsOf(word.term, this.#language)) {
      const id = this.#index.vocabulary.idOf(synonym);
      if (id !== undefined) this.#push(variants, word, id, synonymWeight, synonymInFeedback);
    }
    for (const { id, weight } of this.#lookAlikes(word.term)) this.#push(variants, word, id, weight, 1);
    return variants;
  }

  #push(variants: Variant[], word: LetterWord, id: number, likeness: number, inFeedback: number): void {
    const documents = this.#index.documentsWith(id);
    if (this.#postings + documents > this.#settings.postingBudget) return;
    if (variants.some((known) => known.id === id)) return;
    this.#postings += documents;
    // A rare look-alike of a common word must not weigh more than the word itself.
    const rare = rarity(Math.max(this.#index.spreadOf(id), word.spread), this.#index.size);
    variants.push({ id, likeness, weight: word.strength * likeness * rare, inFeedback });
  }

  #lookAlikes(term: string): ReturnType<TextIndex['vocabulary']['alike']> {
    const { alikeWords, alikeBudget } = this.#settings;
    if (this.#searched >= alikeWords) return [];
    const cost = this.#index.vocabulary.costOfAlike(term);
    if (this.#read + cost > alikeBudget) return [];
    this.#searched++;
    this.#read += cost;
    return this.#index.vocabulary.alike(term);
  }
}
