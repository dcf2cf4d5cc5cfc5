import { editDistance } from './edit-distance.ts';
import { grown } from './growing.ts';
import { type Block, PostingLists } from './posting-lists.ts';
import type { Term } from './terms.ts';
import { trigramBuckets } from './trigrams.ts';

/** A word of the vocabulary that resembles another; `weight` 0 to 1. */
export interface Likeness {
  readonly id: number;
  readonly weight: number;
}

/** How look-alikes are chosen; see `RankSettings`. */
export interface LikenessSettings {
  readonly neighbours: number;
  readonly neighbourDice: number;
  readonly neighbourWeight: number;
  readonly misspeltWeight: number;
  readonly headWeight: number;
  readonly frontWeight: number;
}

const cacheLimit = 4000;
const shortestAlike = 3;
/** No word has more than some 130 trigrams: what is counted above this base fits 16 bits. */
const mostBase = 65_000;
let serials = 0;

/** The terms of one index, numbered, and found by likeness through their trigrams. A number that became free is used again. */
export class Vocabulary {
  readonly #ids = new Map<string, number>();
  readonly #texts: string[] = [];
  readonly #freeIds: number[] = [];
  readonly #byTrigram = new PostingLists(false);
  readonly #settings: LikenessSettings;
  readonly #serial = ++serials;
  #alike = new Map<string, readonly Likeness[]>();
  /** Per term: how many different trigrams it has. */
  #trigrams = new Uint8Array(0);
  /** Scratch of `#visitSharing`: counts from `#base` on; what is not above it was left by an earlier search. */
  #shared = new Uint16Array(0);
  #base = 0;
  #met = new Int32Array(0);

  constructor(settings: LikenessSettings) {
    this.#settings = settings;
  }

  /** Numbers ever given; term numbers are smaller than this. */
  get capacity(): number {
    return this.#texts.length;
  }

  get size(): number {
    return this.#ids.size;
  }

  idOf(text: string): number | undefined {
    return this.#ids.get(text);
  }

  /** As `idOf`, without a look-up for a term that was numbered here last. */
  idOfTerm({ text, memo }: Term): number | undefined {
    return memo.vocabulary === this.#serial && this.#texts[memo.id] === text ? memo.id : this.#ids.get(text);
  }

  textOf(id: number): string {
    return this.#texts[id] ?? '';
  }

  /** The number of a term, given now if it is new. Codes and function words are never offered as look-alikes. */
  intern(term: Term): number {
    const { text, memo } = term;
    if (memo.vocabulary === this.#serial && this.#texts[memo.id] === text) return memo.id;
    const id = this.#ids.get(text) ?? this.#add(text, !term.isCode && !term.isStop);
    memo.vocabulary = this.#serial;
    memo.id = id;
    return id;
  }

  #add(text: string, hasAlike: boolean): number {
    const id = this.#freeIds.pop() ?? this.#texts.length;
    this.#texts[id] = text;
    this.#ids.set(text, id);
    if (hasAlike && text.length >= shortestAlike) {
      const buckets = trigramBuckets(text);
      this.#trigrams = grown(this.#trigrams, id + 1);
      this.#trigrams[id] = buckets.length;
      for (const bucket of buckets) this.#byTrigram.insert(bucket, id, 0);
    }
    this.#forgetAlike();
    return id;
  }

  /** Forgets a term that no document has any more. */
  release(id: number): void {
    const text = this.textOf(id);
    for (const bucket of trigramBuckets(text)) this.#byTrigram.remove(bucket, id);
    this.#ids.delete(text);
    this.#texts[id] = '';
    this.#freeIds.push(id);
    this.#forgetAlike();
  }

  /** Entries that a search for look-alikes of `text` would read; 0 when the answer is remembered. */
  costOfAlike(text: string): number {
    if (text.length < shortestAlike || this.#alike.has(text)) return 0;
    return trigramBuckets(text).reduce((sum, bucket) => sum + this.#byTrigram.lengthOf(bucket), 0);
  }

  /** Terms that look like `text`, the most alike first, without `text` itself. A word that is not here may also be misspelt. */
  alike(text: string): readonly Likeness[] {
    if (text.length < shortestAlike) return [];
    let found = this.#alike.get(text);
    if (!found) {
      found = this.#search(text);
      if (this.#alike.size >= cacheLimit) this.#alike.clear();
      this.#alike.set(text, found);
    }
    return found;
  }

  #forgetAlike(): void {
    if (this.#alike.size > 0) this.#alike = new Map();
  }

  #search(text: string): Likeness[] {
    const { neighbours, neighbourDice, neighbourWeight, misspeltWeight } = this.#settings;
    const edits = this.#ids.has(text) ? 0 : editsAllowed(text);
    const own = trigramBuckets(text);
    const fewest = Math.ceil((own.length * neighbourDice) / (2 - neighbourDice));
    const inCompound = text.length < shortestCompound ? fewest : shortestPart - 1;
    const needed = Math.max(1, Math.min(fewest, inCompound, edits > 0 ? own.length - 3 * edits : fewest));
    const alike: Likeness[] = [];
    this.#visitSharing(own, needed, (id, shared) => {
      const others = this.#trigrams[id]!;
      const dice = (2 * shared) / (own.length + others);
      // One edit touches four trigrams at most, and a part of a compound lacks one of its own: most terms are out here.
      const mayBeMisspelt = edits > 0 && shared >= own.length - 4 * edits;
      const mayBePart = shared >= Math.min(own.length, others) - 1;
      if (dice < neighbourDice && !mayBeMisspelt && !mayBePart) return;
      const other = this.#texts[id]!;
      if (other === text) return;
      const distance = mayBeMisspelt ? editDistance(text, other, edits) : edits + 1;
      const misspelt = distance <= edits ? misspeltWeight / distance : 0;
      const compound = mayBePart ? compoundWeightOf(text, other, this.#settings) : 0;
      const weight = Math.max(misspelt, compound, dice >= neighbourDice ? neighbourWeight * dice * dice : 0);
      if (weight > 0) alike.push({ id, weight });
    });
    return alike.sort((a, b) => b.weight - a.weight || a.id - b.id).slice(0, neighbours);
  }

  /**
   * Terms that have at least `needed` of these trigrams, with the number of them. Who is in none of the shorter lists
   * cannot reach `needed`, so the longest lists only count for those already met.
   */
  #visitSharing(own: readonly number[], needed: number, visit: (id: number, shared: number) => void): void {
    const lists = this.#byTrigram;
    this.#shared = grown(this.#shared, this.#texts.length);
    const shared = this.#shared;
    const shortFirst = own.filter((bucket) => lists.lengthOf(bucket) > 0);
    shortFirst.sort((a, b) => lists.lengthOf(a) - lists.lengthOf(b));
    const absent = own.length - shortFirst.length;
    let met = 0;
    shortFirst.forEach((bucket, rank) => {
      const all = rank + absent <= own.length - needed;
      for (let n = 0; n < lists.blocksOf(bucket); n++)
        met = all
          ? this.#countAll(lists.block(bucket, n), met, needed)
          : this.#countMet(lists.block(bucket, n), met, needed);
    });
    for (let i = 0; i < met; i++) visit(this.#met[i]!, shared[this.#met[i]!]! - this.#base);
    this.#base += own.length;
    if (this.#base > mostBase) {
      shared.fill(0);
      this.#base = 0;
    }
  }

  /** Counts one more shared trigram for all terms of a block, and notes those that have `needed` now. */
  #countAll({ keys, from, to }: Block, metBefore: number, needed: number): number {
    const shared = this.#shared;
    const base = this.#base;
    this.#met = grown(this.#met, metBefore + to - from);
    const noted = this.#met;
    let met = metBefore;
    for (let i = from; i < to; i++) {
      const id = keys[i]!;
      const count = Math.max(shared[id]!, base) + 1;
      shared[id] = count;
      if (count === base + needed) noted[met++] = id;
    }
    return met;
  }

  /** Counts one more shared trigram for those terms of a block that have one already. */
  #countMet({ keys, from, to }: Block, metBefore: number, needed: number): number {
    const shared = this.#shared;
    const base = this.#base;
    this.#met = grown(this.#met, metBefore + to - from);
    const noted = this.#met;
    let met = metBefore;
    for (let i = from; i < to; i++) {
      const id = keys[i]!;
      const before = shared[id]!;
      if (before <= base) continue;
      shared[id] = before + 1;
      if (before + 1 === base + needed) noted[met++] = id;
    }
    return met;
  }
}

function editsAllowed(text: string): number {
  if (text.length < 4) return 0;
  return text.length < 8 ? 1 : 2;
}

/** The parts of compound words that are looked at, and how much longer the whole must be. */
const shortestPart = 4;
const shortestRest = 3;
const shortestCompound = shortestPart + shortestRest;

/** "mask" and "facemask", "virus" and "coronavirus": one word is the last part, or the first, of the other. */
function compoundWeightOf(a: string, b: string, { headWeight, frontWeight }: LikenessSettings): number {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (short.length < shortestPart || long.length - short.length < shortestRest) return 0;
  if (long.endsWith(short)) return headWeight;
  return long.startsWith(short) ? frontWeight : 0;
}
