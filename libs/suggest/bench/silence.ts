import type { Entry } from './engines.ts';
import { ourEngine } from './engines.ts';
import type { EvaluationSet } from './read-set.ts';

/** How many answerable questions keep a suggestion at the default floor, and how many unanswerable ones stay silent. */
export function silenceOf(set: EvaluationSet, entries: readonly Entry[]): string {
  const { index, add } = ourEngine();
  add(entries);
  const speaks = (text: string) => index.suggest({ base: 'all', text, first: 1 }).length > 0;
  const answerable = set.questions.filter(({ id }) => set.right.has(id));
  const unanswerable = set.questions.filter(({ id }) => !set.right.has(id));
  const kept = answerable.filter(({ text }) => speaks(text)).length;
  const silent = unanswerable.filter(({ text }) => !speaks(text)).length;
  return `${set.name.padEnd(32)} | ${kept}/${answerable.length} answerable speak | ${silent}/${unanswerable.length} unanswerable silent`;
}
