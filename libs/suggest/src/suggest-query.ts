import type { Explanation } from './explain.ts';

/** What is asked: the articles of one base that answer a letter. Plain data: it can be sent to a worker as it is. */
export interface SuggestQuery {
  readonly base: string;
  readonly subject?: string;
  /** The letter, plain text; what is over 20,000 characters is not looked at. */
  readonly text: string;
  /** ISO 639-1 code of the letter; guessed when left out. */
  readonly language?: string;
  /** At most so many results, 0 to 50. */
  readonly first: number;
  /** Least confidence of a result, 0 to 1: what is under it is silence, not a weak suggestion. `defaultFloor` when left out. */
  readonly floor?: number;
  /** An article that covers so much of the letter, 0 to 1, is answered under the floor, too: for a search, where every word is meant. */
  readonly enoughCoverage?: number;
  /** Among the articles that are not restricted alone: however many of the others fit better, none takes a place. */
  readonly withoutRestricted?: boolean;
  /**
   * Article id -> a factor for its score in this answer, as for one found not useful in this very ticket. It does not add
   * up with `dismissed` letters that are alike: the smaller factor counts.
   */
  readonly weaken?: ReadonlyMap<string, number>;
}

/** One suggested article. */
export interface SuggestResult extends Explanation {
  readonly id: string;
  /** For a bar, 0 to 1, falling down the list: the best article's coverage, and the others in proportion to their raw score. */
  readonly score: number;
  /** BM25 points, or what the owner's model gave; comparable within one answer only. */
  readonly rawScore: number;
  /** Share of the weight of the letter's content words that this article has, 0 to 1. */
  readonly coverage: number;
  /** How sure the engine is, 0 to 1: what the floor is held against. A match in title or learnt texts says more than one in the body. */
  readonly confidence: number;
}

/** An article as an owner's own model sees it. */
export interface RescoreCandidate {
  readonly id: string;
  readonly title: string;
  readonly body: string;
  readonly rawScore: number;
  readonly confidence: number;
}

/** An owner's own model: one new score, not negative, for each candidate, in their order. */
export type Rescore = (
  query: SuggestQuery,
  top50: readonly RescoreCandidate[],
) => Promise<readonly number[]> | readonly number[];
