import type { Query } from './query.ts';
import type { Scored } from './rank.ts';
import type { RankSettings } from './settings.ts';
import type { TextIndex } from './text-index.ts';

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
export interface Examined extends Scored {
  /** Share of the letter's weight that was found, 0 to 1; a look-alike counts by its likeness. */
  readonly coverage: number;
  readonly matches: readonly WordMatch[];
}

const fields: readonly Field[] = ['title', 'body', 'feedback'];

/** Looks at one ranked document: which words of the letter it has, where, and which stand side by side as in the letter. */
export class Examiner {
  readonly #index: TextIndex;
  readonly #settings: RankSettings;
  readonly #query: Query;
  /** Term number -> the word of the letter it stands for, with likeness and weight. */
  readonly #variants = new Map<number, { word: number; likeness: number; weight: number }>();
  readonly #pairs: Set<number>;

  constructor(index: TextIndex, query: Query, settings: RankSettings) {
    this.#index = index;
    this.#settings = settings;
    this.#query = query;
    query.words.forEach(({ variants }, word) => {
      for (const { id, likeness, weight } of variants) {
        const known = this.#variants.get(id);
        if (!known || known.likeness < likeness) this.#variants.set(id, { word, likeness, weight });
      }
    });
    this.#pairs = new Set(query.pairs.map(([a, b]) => a * 65536 + b));
  }

  examine({ document, score }: Scored): Examined {
    const found = new Map<number, { likeness: number; points: number[] }>();
    const pairsFound = new Set<number>();
    const terms = this.#index.termsOf(document);
    fields.forEach((field, place) => {
      const times = this.#timesOf(terms[field], pairsFound);
      for (const [id, count] of times) this.#credit(found, id, count, place, document);
    });
    let covered = 0;
    for (const [word, { likeness }] of found) covered += likeness * this.#query.words[word]!.mass;
    const total = this.#query.totalMass;
    return {
      document,
      score: score + this.#pairPoints(pairsFound),
      coverage: total > 0 ? Math.min(1, covered / total) : 0,
      matches: matchesOf(found),
    };
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

  #credit(
    found: Map<number, { likeness: number; points: number[] }>,
    id: number,
    count: number,
    place: number,
    document: number,
  ): void {
    const { word, likeness, weight } = this.#variants.get(id)!;
    const { k1, titleWeight, bodyWeight, feedbackWeight } = this.#settings;
    const statistics = [this.#index.title, this.#index.body, this.#index.feedback][place]!;
    const fieldWeight = [titleWeight, bodyWeight, feedbackWeight][place]!;
    const points = (weight * (k1 + 1) * fieldWeight * count) / (count + statistics.norms()[document]!);
    const entry = found.get(word) ?? { likeness: 0, points: [0, 0, 0] };
    entry.likeness = Math.max(entry.likeness, likeness);
    entry.points[place]! += points;
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

function matchesOf(found: ReadonlyMap<number, { points: number[] }>): WordMatch[] {
  const matches: WordMatch[] = [];
  for (const [word, { points }] of found) {
    const most = Math.max(...points);
    matches.push({ word, field: fields[points.indexOf(most)]!, points: points[0]! + points[1]! + points[2]! });
  }
  return matches.sort((a, b) => b.points - a.points || a.word - b.word);
}
