/** A piece of a text with the places of the words to mark: UTF-16 offsets within `text`, `end` exclusive, in order. */
export interface Excerpt {
  readonly text: string;
  readonly marks: [start: number, end: number][];
}

/** A word of a text, or a pair of characters in one, and what it says for this letter. */
export interface WeighedPlace {
  readonly start: number;
  readonly end: number;
  readonly isPair: boolean;
  /** The same number for the same term. */
  readonly id: number;
  /** 0 for a word that is not marked. */
  readonly weight: number;
}

const windowWords = 40;
const longestExcerpt = 600;

/**
 * The window of 40 words whose different matched words weigh most, cut at words. The text is plain; whoever shows it
 * escapes it first.
 */
export function bestExcerpt(text: string, places: readonly WeighedPlace[]): Excerpt {
  const words = new Words(places);
  const first = bestWindow(words);
  const start = first === 0 ? 0 : words.at(first).start;
  const isRest = first + windowWords >= words.count;
  let end = isRest ? text.length : words.at(first + windowWords - 1).end;
  const limit = start + longestExcerpt;
  if (end > limit) end = words.lastWithin(start, limit)?.end ?? limit;
  return { text: text.slice(start, end), marks: marksIn(places, start, end) };
}

/** The places of all matched words between two offsets, counted from `start`. Overlapping ones are joined. */
export function marksIn(places: readonly WeighedPlace[], start: number, end: number): [start: number, end: number][] {
  const marks: [number, number][] = [];
  const matched = places.filter((place) => place.weight > 0 && place.start >= start && place.end <= end);
  for (const place of matched.sort((a, b) => a.start - b.start)) {
    const before = marks.at(-1);
    if (before && place.start - start <= before[1]) before[1] = Math.max(before[1], place.end - start);
    else marks.push([place.start - start, place.end - start]);
  }
  return marks;
}

/** The words of a text in order, each with the pairs of characters that begin in it. */
class Words {
  readonly #places: readonly WeighedPlace[];
  /** Where each word's places begin. */
  readonly #heads: number[] = [];

  constructor(places: readonly WeighedPlace[]) {
    const hasPairs = places.some(({ isPair }) => isPair);
    this.#places = hasPairs
      ? [...places].sort((a, b) => a.start - b.start || Number(a.isPair) - Number(b.isPair))
      : places;
    this.#places.forEach(({ isPair }, at) => {
      if (!isPair || at === 0) this.#heads.push(at);
    });
  }

  get count(): number {
    return this.#heads.length;
  }

  at(word: number): WeighedPlace {
    return this.#places[this.#heads[word]!]!;
  }

  /** The word itself, then its pairs; nothing for a word that is not there. */
  visit(word: number, visit: (place: WeighedPlace) => void): void {
    const from = this.#heads[word];
    if (from === undefined) return;
    const to = this.#heads[word + 1] ?? this.#places.length;
    for (let at = from; at < to; at++) visit(this.#places[at]!);
  }

  hasMatch(word: number): boolean {
    let has = false;
    this.visit(word, ({ weight }) => {
      has ||= weight > 0;
    });
    return has;
  }

  lastWithin(start: number, limit: number): WeighedPlace | undefined {
    for (let word = this.count - 1; word >= 0; word--) {
      const place = this.at(word);
      if (place.start > start && place.end <= limit) return place;
    }
    return undefined;
  }
}

function bestWindow(words: Words): number {
  const inside = new Map<number, number>();
  let weight = 0;
  let best = { at: 0, weight: 0 };
  const enter = (place: WeighedPlace) => {
    if (place.weight === 0) return;
    const times = inside.get(place.id) ?? 0;
    inside.set(place.id, times + 1);
    if (times === 0) weight += place.weight;
  };
  const leave = (place: WeighedPlace) => {
    if (place.weight === 0) return;
    const left = inside.get(place.id)! - 1;
    inside.set(place.id, left);
    if (left === 0) weight -= place.weight;
  };
  for (let at = 0; at < words.count; at++) {
    words.visit(at, enter);
    words.visit(at - windowWords, leave);
    const from = Math.max(0, at - windowWords + 1);
    if (weight > best.weight + 1e-9) best = { at: from, weight };
  }
  return startOfMatch(words, best.at);
}

/** Begins a few words before the first match, so that the excerpt does not open with forty words of run-up. */
function startOfMatch(words: Words, from: number): number {
  if (from === 0) return 0;
  const lead = 5;
  for (let at = from; at < Math.min(words.count, from + windowWords); at++) {
    if (words.hasMatch(at)) return Math.max(from, at - lead);
  }
  return from;
}
