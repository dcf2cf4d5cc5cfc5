import type { Token } from './tokens.ts';

/** A piece of a text with the places of the words to mark: UTF-16 offsets within `text`, `end` exclusive, in order. */
export interface Excerpt {
  readonly text: string;
  readonly marks: [start: number, end: number][];
}

/** A word, and behind it the pairs of characters that begin in it. */
type Word = [Token, ...Token[]];

const windowWords = 40;
const longestExcerpt = 600;

/**
 * The window of 40 words whose different matched words weigh most, cut at words. The text is plain; whoever shows it
 * escapes it first.
 *
 * @param weightOf what a token's term weighs for this letter; 0 for a word that is not marked
 */
export function bestExcerpt(text: string, tokens: readonly Token[], weightOf: (term: string) => number): Excerpt {
  const words = wordsOf(tokens);
  const first = bestWindow(words, weightOf);
  const start = first === 0 ? 0 : words[first]![0].start;
  const last = words[Math.min(words.length, first + windowWords) - 1]?.[0];
  const isRest = first + windowWords >= words.length;
  let end = isRest ? text.length : (last?.end ?? text.length);
  const limit = start + longestExcerpt;
  if (end > limit) end = words.findLast(([word]) => word.start > start && word.end <= limit)?.[0].end ?? limit;
  return { text: text.slice(start, end), marks: marksIn(tokens, start, end, weightOf) };
}

/** The places of all matched words between two offsets, counted from `start`. Overlapping ones are joined. */
export function marksIn(
  tokens: readonly Token[],
  start: number,
  end: number,
  weightOf: (term: string) => number,
): [start: number, end: number][] {
  const marks: [number, number][] = [];
  const matched = tokens.filter((token) => token.start >= start && token.end <= end && weightOf(token.term.text) > 0);
  for (const token of matched.sort((a, b) => a.start - b.start)) {
    const before = marks.at(-1);
    if (before && token.start - start <= before[1]) before[1] = Math.max(before[1], token.end - start);
    else marks.push([token.start - start, token.end - start]);
  }
  return marks;
}

/** The words of a text in order. */
function wordsOf(tokens: readonly Token[]): Word[] {
  const words: Word[] = [];
  for (const token of [...tokens].sort((a, b) => a.start - b.start || Number(a.isPair) - Number(b.isPair)))
    if (token.isPair && words.length > 0) words.at(-1)!.push(token);
    else words.push([token]);
  return words;
}

function bestWindow(words: readonly Word[], weightOf: (term: string) => number): number {
  const inside = new Map<string, number>();
  let weight = 0;
  let best = { at: 0, weight: 0 };
  words.forEach((word, at) => {
    for (const { term } of word) {
      const times = inside.get(term.text) ?? 0;
      inside.set(term.text, times + 1);
      if (times === 0) weight += weightOf(term.text);
    }
    for (const { term } of words[at - windowWords] ?? []) {
      const left = inside.get(term.text)! - 1;
      inside.set(term.text, left);
      if (left === 0) weight -= weightOf(term.text);
    }
    const from = Math.max(0, at - windowWords + 1);
    if (weight > best.weight + 1e-9) best = { at: from, weight };
  });
  return startOfMatch(words, best.at, weightOf);
}

/** Begins a few words before the first match, so that the excerpt does not open with forty words of run-up. */
function startOfMatch(words: readonly Word[], from: number, weightOf: (term: string) => number): number {
  if (from === 0) return 0;
  const lead = 5;
  for (let at = from; at < Math.min(words.length, from + windowWords); at++) {
    if (words[at]!.some(({ term }) => weightOf(term.text) > 0)) return Math.max(from, at - lead);
  }
  return from;
}
