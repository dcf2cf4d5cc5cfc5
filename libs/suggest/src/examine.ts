import { grown } from './growing.ts';
import type { Query } from './query.ts';
import type { RankSettings } from './settings.ts';
import type { TextIndex } from './text-index.ts';
import { rarity, type Variant } from './variants.ts';
import type { Sequence } from './word-sequence.ts';

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
  /**
   * As coverage, but a word counts the more the more prominent it is, and words that no article has count little; all of it less where
   * few points stand behind it. 0 to 1.
   */
  readonly confidence: number;
}

const fields: readonly Field[] = ['title', 'body', 'feedback'];
const noQuery: Query = { words: [], pairs: [], totalMass: 0 };

/**
 * Looks at ranked documents one by one and scores them anew, each word of the letter once: what stands for it beside the
 * best adds little. Says which words of the letter a document has, where, and which stand side by side as in the letter.
 * One per index: it holds scratch space; everything is about the letter that `take` was given last.
 */
export class Examiner {
  readonly #index: TextIndex;
  readonly #settings: RankSettings;
  #query = noQuery;
  #variants: (Variant & { readonly word: number })[] = [];
  readonly #pairs = new Set<number>();
  /** Term number -> 1 + its place in `#variants`; 0 for all others. */
  #placeOf = new Int32Array(0);
  /** By place in `#variants`: how often it stands in the field looked at. All 0 between fields. */
  #times = new Uint32Array(0);
  readonly #metVariants: number[] = [];
  /** By word of the letter: best likeness in the document, 0 where it has nothing of it; and points, three fields each. */
  #likeness = new Float64Array(0);
  #points = new Float64Array(0);
  readonly #pairsFound = new Set<number>();

  constructor(index: TextIndex, settings: RankSettings) {
    this.#index = index;
    this.#settings = settings;
  }

  /** The letter that documents are held against from now on. A term that stands for several words of it counts for the likest alone. */
  take(query: Query): void {
    for (const { id } of this.#variants) this.#placeOf[id] = 0;
    this.#variants = [];
    this.#query = query;
    this.#placeOf = grown(this.#placeOf, this.#index.vocabulary.capacity);
    query.words.forEach(({ variants }, word) => {
      for (const variant of variants) {
        const place = this.#placeOf[variant.id]!;
        if (place === 0) this.#placeOf[variant.id] = this.#variants.push({ ...variant, word });
        else if (this.#variants[place - 1]!.likeness < variant.likeness)
          this.#variants[place - 1] = { ...variant, word };
      }
    });
    this.#times = grown(this.#times, this.#variants.length);
    this.#likeness = grown(this.#likeness, query.words.length);
    this.#points = grown(this.#points, 3 * query.words.length);
    this.#pairs.clear();
    for (const [a, b] of query.pairs) this.#pairs.add(a * 65536 + b);
  }

  examine(document: number): Examined {
    const { titleEnd, bodyEnd, end } = this.#look(document);
    const full = this.#fullPoints(titleEnd > 0, bodyEnd > titleEnd, end > bodyEnd);
    const points = this.#sum();
    return {
      document,
      score: points + this.#pairPoints(),
      coverage: this.#shareOf((word) => this.#likeness[word]!, 1),
      confidence:
        this.#shareOf((word) => this.#strengthOf(word, full), this.#settings.unknownWeight) * this.#evidenceOf(points),
    };
  }

  /** The words of the letter that a document has, those that count most first. */
  matchesOf(document: number): WordMatch[] {
    this.#look(document);
    const matches: WordMatch[] = [];
    for (let word = 0; word < this.#query.words.length; word++) {
      if (this.#likeness[word] === 0) continue;
      const points = this.#points.subarray(3 * word, 3 * word + 3);
      const place = points.indexOf(Math.max(...points));
      matches.push({ word, field: fields[place]!, points: this.#pointsOf(word) });
    }
    return matches.sort((a, b) => b.points - a.points || a.word - b.word);
  }

  /** Notes what the document has of each word, and the pairs that stand in it. */
  #look(document: number): Sequence {
    this.#likeness.fill(0, 0, this.#query.words.length);
    this.#points.fill(0, 0, 3 * this.#query.words.length);
    this.#pairsFound.clear();
    const sequence = this.#index.termsOf(document);
    const { ids, titleEnd, bodyEnd, end } = sequence;
    this.#lookAt(ids, 0, titleEnd, 0, document);
    this.#lookAt(ids, titleEnd, bodyEnd, 1, document);
    this.#lookAt(ids, bodyEnd, end, 2, document);
    return sequence;
  }

  #lookAt(ids: Int32Array, from: number, to: number, field: number, document: number): void {
    const met = this.#metVariants;
    met.length = 0;
    let before = -1;
    for (let at = from; at < to; at++) {
      const place = this.#placeOf[ids[at]!]! - 1;
      if (place < 0) {
        before = -1;
        continue;
      }
      if (this.#times[place]!++ === 0) met.push(place);
      const { word } = this.#variants[place]!;
      const pair = before * 65536 + word;
      if (before >= 0 && this.#pairs.has(pair)) this.#pairsFound.add(pair);
      before = word;
    }
    for (const place of met) {
      this.#credit(place, this.#times[place]!, field, document);
      this.#times[place] = 0;
    }
  }

  #credit(place: number, count: number, field: number, document: number): void {
    const { word, likeness, weight, inFeedback } = this.#variants[place]!;
    const { k1, titleWeight, bodyWeight, feedbackWeight, restShare } = this.#settings;
    const { title, body, feedback } = this.#index;
    const statistics = field === 0 ? title : field === 1 ? body : feedback;
    const fieldWeight = field === 0 ? titleWeight : field === 1 ? bodyWeight : feedbackWeight * inFeedback;
    const points = (weight * (k1 + 1) * fieldWeight * count) / (count + statistics.norms()[document]!);
    this.#likeness[word] = Math.max(this.#likeness[word]!, likeness);
    const before = this.#points[3 * word + field]!;
    this.#points[3 * word + field] = Math.max(before, points) + restShare * Math.min(before, points);
  }

  #pointsOf(word: number): number {
    return this.#points[3 * word]! + this.#points[3 * word + 1]! + this.#points[3 * word + 2]!;
  }

  #sum(): number {
    let sum = 0;
    for (let word = 0; word < this.#query.words.length; word++) sum += this.#pointsOf(word);
    return sum;
  }

  /** Sum of `strengthOf` over the letter's content words found, weighed by their masses; all words where it has function words only. */
  #shareOf(strengthOf: (word: number) => number, unknownWeight: number): number {
    const { words } = this.#query;
    const onlyStops = words.every(({ isStop }) => isStop);
    let total = 0;
    let covered = 0;
    words.forEach(({ isStop, mass, variants }, word) => {
      if (isStop && !onlyStops) return;
      const weight = mass * (variants.length === 0 ? unknownWeight : 1);
      total += weight;
      if (this.#likeness[word]! > 0) covered += weight * strengthOf(word);
    });
    return total > 0 ? Math.min(1, covered / total) : 0;
  }

  /** How much of a reason to speak so many points are, 0 to 1: a greeting matches wholly, and says next to nothing. */
  #evidenceOf(points: number): number {
    const { wholeEvidence, evidenceBase, onlyStopsShare } = this.#settings;
    const small = Math.min(1, rarity(1, this.#index.size) / rarity(1, evidenceBase));
    const whole = wholeEvidence * small * small;
    const share = this.#query.words.every(({ isStop }) => isStop) ? onlyStopsShare : 1;
    return share * Math.min(1, points / whole);
  }

  /** What counts as a full match: less for an article that lacks a field, so that one without a title is not held weak for it. */
  #fullPoints(hasTitle: boolean, hasBody: boolean, hasFeedback: boolean): number {
    const { titleWeight, bodyWeight, feedbackWeight, fullPoints } = this.#settings;
    const possible = (hasTitle ? titleWeight : 0) + (hasBody ? bodyWeight : 0) + (hasFeedback ? feedbackWeight : 0);
    return (fullPoints * possible) / (titleWeight + bodyWeight + feedbackWeight);
  }

  #strengthOf(word: number, fullPoints: number): number {
    const { bareMatch } = this.#settings;
    const likeness = this.#likeness[word]!;
    const { mass } = this.#query.words[word]!;
    return (
      likeness * (bareMatch + (1 - bareMatch) * Math.min(1, this.#pointsOf(word) / (mass * likeness * fullPoints)))
    );
  }

  #pairPoints(): number {
    let points = 0;
    for (const pair of this.#pairsFound) {
      const a = this.#query.words[Math.floor(pair / 65536)]!;
      const b = this.#query.words[pair % 65536]!;
      points += this.#settings.pairWeight * (a.mass + b.mass);
    }
    return points;
  }
}
