import type { Token } from './tokens.ts';

/** What a letter is about, for telling whether another one asks the same: its first different content words. */
export type Gist = ReadonlySet<string>;

/** The newest so many dismissals of an article are kept; four alike weaken it as far as it goes. */
export const mostDismissals = 20;
const mostWords = 40;

/** The gist of a letter, from its words in reading order. */
export function gistOf(tokens: Iterable<Token>): Gist {
  const words = new Set<string>();
  for (const { term } of tokens) {
    if (words.size >= mostWords) break;
    if (!term.isStop) words.add(term.text);
  }
  return words;
}

/** Whether two letters ask the same: they have most of their content words in common (Dice of at least 0.6). */
export function isAlike(a: Gist, b: Gist): boolean {
  let shared = 0;
  for (const word of a) if (b.has(word)) shared++;
  return shared > 0 && 2 * shared >= 0.6 * (a.size + b.size);
}

/** The factor for an article that was found not useful so many times for such letters: 0.8 each time, never under 0.5. */
export function weakening(times: number): number {
  return Math.max(0.5, 0.8 ** Math.max(0, times));
}
