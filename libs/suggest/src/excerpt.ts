import type { Token } from './tokens.ts';

/** A piece of a text with the places of the words to mark: UTF-16 offsets within `text`, `end` exclusive, in order. */
export interface Excerpt {
  readonly text: string;
  readonly marks: [start: number, end: number][];
}

const windowWords = 40;
const longestExcerpt = 600;

/**
 * The window of 40 words whose different matched words weigh most, cut at words. The text is plain; whoever shows it
 * escapes it first.
 *
 * @param weightOf what a token's term weighs for this letter; 0 for a word that is not marked
 */
export function bestExcerpt(text: string, tokens: readonly Token[], weightOf: (term: string) => number): Excerpt {
  const first = bestWindow(tokens, weightOf);
  const start = first === 0 ? 0 : (tokens[first]?.start ?? 0);
  const last = tokens[Math.min(tokens.length, first + windowWords) - 1];
  const isRest = first + windowWords >= tokens.length;
  const end = Math.min(start + longestExcerpt, isRest ? text.length : (last?.end ?? text.length));
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

function bestWindow(tokens: readonly Token[], weightOf: (term: string) => number): number {
  const inside = new Map<string, number>();
  let weight = 0;
  let best = { at: 0, weight: 0 };
  tokens.forEach(({ term }, at) => {
    const times = inside.get(term.text) ?? 0;
    inside.set(term.text, times + 1);
    if (times === 0) weight += weightOf(term.text);
    const leaving = tokens[at - windowWords]?.term.text;
    if (leaving !== undefined) {
      const left = inside.get(leaving)! - 1;
      inside.set(leaving, left);
      if (left === 0) weight -= weightOf(leaving);
    }
    const from = Math.max(0, at - windowWords + 1);
    if (weight > best.weight + 1e-9) best = { at: from, weight };
  });
  return startOfMatch(tokens, best.at, weightOf);
}

/** Begins a few words before the first match, so that the excerpt does not open with forty words of run-up. */
function startOfMatch(tokens: readonly Token[], from: number, weightOf: (term: string) => number): number {
  if (from === 0) return 0;
  const lead = 5;
  for (let at = from; at < Math.min(tokens.length, from + windowWords); at++) {
    if (weightOf(tokens[at]!.term.text) > 0) return Math.max(from, at - lead);
  }
  return from;
}
