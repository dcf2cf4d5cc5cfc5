import type { Query } from './query.ts';
import type { RankSettings } from './settings.ts';
import type { TextIndex } from './text-index.ts';
import type { Variant } from './variants.ts';
import type { FieldTerms } from './word-sequence.ts';

/** The field of an article a word was found in; keywords count as title, learnt texts are `feedback`. */
export type Field = 'title' | 'body' | 'feedback';

/** A word of the letter found in an article. */
export interface WordMatch {
  /** Its place in the query's words. */
  readonly word: number;
  readonly field: Field;
  /** What it added to the score. */
  readonly points: number;
}

/** A document looked at closely. */
export interface Examined {
  readonly document: number;
  /** BM25 points of the words found and of the pairs that stand side by side. */
  readonly score: number;
  /** Share of the weight of the letter's content words that was found, 0 to 1; a look-alike counts by its likeness. */
  readonly coverage: number;
  /** As coverage, but a word counts the more the more prominent it is, and words that no article has count little; 0 to 1. */
  readonly confidence: number;
  readonly matches: readonly WordMatch[];
}

/** What an article has of one word of the letter: best likeness, points per field. */
interface FoundWord {
  likeness: number;
  readonly points: number[];
}

type Found = Map<number, FoundWord>;

const fields: readonly Field[] = ['title', 'body', 'feedback'];

/**
 * Looks at one ranked document and scores it anew, each word of the letter once: what stands for it beside the best adds
 * little. Says which words of the letter it has, where, and which stand side by
 * side as in the letter.
 */
export class Examiner {
  readonly #index: TextIndex;
  readonly #settings: RankSettings;
  readonly #query: Query;
  /** Term number -> what it stands for. A term that stands for several words of the letter counts for the likest alone. */
  readonly #variants = new Map<number, Variant & { readonly word: number }>();
  readonly #pairs: Set<number>;

  constructor(index: TextIndex, query: Query, settings: RankSettings) {
    this.#index = index;
    this.#settings = settings;
    this.#query = query;
    query.words.forEach(({ variants }, word) => {
      for (const variant of variants) {
        const known = this.#variants.get(variant.id);
        if (!known || known.likeness < variant.likeness) this.#variants.set(variant.id, { ...variant, word });
      }
    });
    this.#pairs = new Set(query.pairs.map(([a, b]) => a * 65536 + b));
  }

  examine(document: number): Examined {
    const found: Found = new Map();
    const pairsFound = new Set<number>();
    const terms = this.#index.termsOf(document);
    fields.forEach((field, place) => {
      const times = this.#timesOf(terms[field], pairsFound);
      for (const [id, count] of times) this.#credit(found, id, count, place, document);
    });
    const full = this.#fullPoints(terms);
    return {
      document,
      score: sumOf(found) + this.#pairPoints(pairsFound),
      coverage: this.#shareOf(found, ({ likeness }) => likeness, 1),
      confidence: this.#shareOf(
        found,
        (match, mass) => this.#strengthOf(match, mass, full),
        this.#settings.unknownWeight,
      ),
      matches: matchesOf(found),
    };
  }

  /** Sum of `strengthOf` over the letter's content words, weighed by their masses; all words where it has function words only. */
  #shareOf(found: Found, strengthOf: (match: FoundWord, mass: number) => number, unknownWeight: number): number {
    const { words } = this.#query;
    const onlyStops = words.every(({ isStop }) => isStop);
    let total = 0;
    let covered = 0;
    words.forEach(({ isStop, mass, variants }, place) => {
      if (isStop && !onlyStops) return;
      const weight = mass * (variants.length === 0 ? unknownWeight : 1);
      const match = found.get(place);
      total += weight;
      if (match) covered += weight * strengthOf(match, mass);
    });
    return total > 0 ? Math.min(1, covered / total) : 0;
  }

  /** What counts as a full match: less for an article that lacks a field, so that one without a title is not held weak for it. */
  #fullPoints({ title, body, feedback }: FieldTerms): number {
    const { titleWeight, bodyWeight, feedbackWeight, fullPoints } = this.#settings;
    const possible =
      (title.length > 0 ? titleWeight : 0) +
      (body.length > 0 ? bodyWeight : 0) +
      (feedback.length > 0 ? feedbackWeight : 0);
    return (fullPoints * possible) / (titleWeight + bodyWeight + feedbackWeight);
  }

  #strengthOf({ likeness, points }: FoundWord, mass: number, fullPoints: number): number {
    const { bareMatch } = this.#settings;
    const all = points[0]! + points[1]! + points[2]!;
    return likeness * (bareMatch + (1 - bareMatch) * Math.min(1, all / (mass * likeness * fullPoints)));
  }

  /** How often each term of the query stands in a field; notes the pairs met on the way. */
  #timesOf(ids: readonly number[], pairsFound: Set<number>): Map<number, number> {
    const times = new Map<number, number>();
    let before = -1;
    for (const id of ids) {
      const variant = this.#variants.get(id);
      if (!variant) {
        before = -1;
        continue;
      }
      times.set(id, (times.get(id) ?? 0) + 1);
      const pair = before * 65536 + variant.word;
      if (before >= 0 && this.#pairs.has(pair)) pairsFound.add(pair);
      before = variant.word;
    }
    return times;
  }

  #credit(found: Found, id: number, count: number, place: number, document: number): void {
    const { word, likeness, weight, inFeedback } = this.#variants.get(id)!;
    const { k1, titleWeight, bodyWeight, feedbackWeight, restShare } = this.#settings;
    const statistics = [this.#index.title, this.#index.body, this.#index.feedback][place]!;
    const fieldWeight = [titleWeight, bodyWeight, feedbackWeight * inFeedback][place]!;
    const points = (weight * (k1 + 1) * fieldWeight * count) / (count + statistics.norms()[document]!);
    const entry = found.get(word) ?? { likeness: 0, points: [0, 0, 0] };
    entry.likeness = Math.max(entry.likeness, likeness);
    const before = entry.points[place]!;
    entry.points[place] = Math.max(before, points) + restShare * Math.min(before, points);
    found.set(word, entry);
  }

  #pairPoints(pairsFound: ReadonlySet<number>): number {
    let points = 0;
    for (const pair of pairsFound) {
      const a = this.#query.words[Math.floor(pair / 65536)]!;
      const b = this.#query.words[pair % 65536]!;
      points += this.#settings.pairWeight * (a.mass + b.mass);
    }
    return points;
  }
}

function matchesOf(found: Found): WordMatch[] {
  const matches: WordMatch[] = [];
  for (const [word, { points }] of found) {
    const most = Math.max(...points);
    matches.push({ word, field: fields[points.indexOf(most)]!, points: points[0]! + points[1]! + points[2]! });
  }
  return matches.sort((a, b) => b.points - a.points || a.word - b.word);
}

function sumOf(found: Found): number {
  let sum = 0;
  for (const { points } of found.values()) sum += points[0]! + points[1]! + points[2]!;
  return sum;
}
