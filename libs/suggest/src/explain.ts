import type { StoredDocument } from './document.ts';
import type { Field, WordMatch } from './examine.ts';
import { bestExcerpt, marksIn, type WeighedPlace } from './excerpt.ts';
import type { Query } from './query.ts';
import type { TextIndex } from './text-index.ts';
import { tokenise, visitPlaces } from './tokens.ts';
import { rarity } from './variants.ts';

/** A word of the letter found in an article. */
export interface MatchedTerm {
  /** As it stands in the letter. */
  readonly term: string;
  /** Its share of the article's score, 0 to 1. */
  readonly share: number;
  /** Where most of that came from. */
  readonly field: Field;
}

/** Why an article is suggested. All texts are plain: whoever shows them escapes the pieces between the marks. */
export interface Explanation {
  /** The words that count most, heaviest first, without pairs of characters of words that are named; at most 12. */
  readonly matchedTerms: readonly MatchedTerm[];
  /** Where words of the letter stand in the title: UTF-16 offsets, end exclusive. */
  readonly titleMarks: [start: number, end: number][];
  /** The 40 words of the body that fit the letter best. */
  readonly excerpt: string;
  /** Where words of the letter stand in the excerpt. */
  readonly marks: [start: number, end: number][];
}

const mostTerms = 12;

/** Says for one letter why articles fit it. */
export class Explainer {
  readonly #index: TextIndex;
  readonly #query: Query;
  /** Term number -> how much a match of it says; function words are not marked. */
  readonly #weights = new Map<number, number>();

  constructor(index: TextIndex, query: Query) {
    this.#index = index;
    this.#query = query;
    const onlyStops = query.words.every(({ isStop }) => isStop);
    for (const { variants, isStop } of query.words) {
      if (isStop && !onlyStops) continue;
      for (const { id, likeness } of variants) {
        const weight = likeness * rarity(index.documentsWith(id), index.size);
        this.#weights.set(id, Math.max(this.#weights.get(id) ?? 0, weight));
      }
    }
  }

  explain({ document, title, language }: StoredDocument, body: string, matches: readonly WordMatch[]): Explanation {
    const { ids, titleEnd, bodyEnd } = this.#index.termsOf(document);
    const excerpt = bestExcerpt(body, this.#places(body, language, ids.subarray(titleEnd, bodyEnd)));
    return {
      matchedTerms: this.#matchedTerms(matches),
      titleMarks: marksIn(this.#places(title, language), 0, title.length),
      excerpt: excerpt.text,
      marks: excerpt.marks,
    };
  }

  /**
   * The words of a text and what they weigh. Where the index knows the terms of all of them in order, they are not worked out again; that is
   * not so where nothing was left of a word.
   */
  #places(text: string, language: string, ids?: Int32Array): WeighedPlace[] {
    const places: WeighedPlace[] = [];
    if (ids) {
      visitPlaces(text, language, (start, end, isPair) => {
        const id = ids[places.length] ?? -1;
        places.push({ start, end, isPair, id, weight: this.#weights.get(id) ?? 0 });
      });
      if (places.length === ids.length) return places;
    }
    return tokenise(text, language).map(({ term, start, end, isPair }) => {
      const id = this.#index.vocabulary.idOfTerm(term) ?? -1;
      return { start, end, isPair, id, weight: this.#weights.get(id) ?? 0 };
    });
  }

  #matchedTerms(matches: readonly WordMatch[]): MatchedTerm[] {
    const all = matches.reduce((sum, { points }) => sum + points, 0);
    const wordOf = ({ word }: WordMatch) => this.#query.words[word]!;
    const whole = matches.map(wordOf).flatMap(({ isPair, surface }) => (isPair ? [] : [surface]));
    const named = matches.filter((match) => !wordOf(match).isPair || !isCovered(wordOf(match).surface, whole));
    return named.slice(0, mostTerms).map(({ word, field, points }) => ({
      term: this.#query.words[word]!.surface,
      share: all > 0 ? points / all : 0,
      field,
    }));
  }
}

/** Whether a pair of characters stands within one of these words, or where one of them may end and another begin. */
function isCovered(pair: string, words: readonly string[]): boolean {
  if (words.some((word) => word.includes(pair))) return true;
  return words.some((word) => word.endsWith(pair[0]!)) && words.some((word) => word.startsWith(pair[1]!));
}
