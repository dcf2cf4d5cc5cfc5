import type { Entry } from './engines.ts';
import { ourEngine } from './engines.ts';
import type { EvaluationSet } from './read-set.ts';

type Share = readonly [part: number, whole: number];

/** At the default floor, with all past texts learnt. */
export interface Silence {
  /** Answerable questions that get at least one suggestion. */
  readonly kept: Share;
  /** Questions without a right article that get none. */
  readonly silent: Share;
  /**
   * Answerable questions that get none once their right articles are taken out of the base: a harder stand-in for
   * unanswerable questions, because the rest of the base speaks of the same matter.
   */
  readonly orphaned: Share;
}

/** How often the engine speaks where it should, and is silent where it should. */
export function silenceOf(set: EvaluationSet, entries: readonly Entry[], floor?: number): Silence {
  const { index, add, remove } = ourEngine();
  add(entries);
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const speaks = (text: string) =>
    index.suggest({ base: 'all', text, first: 1, ...(floor !== undefined && { floor }) }).length > 0;
  const answerable = set.questions.filter(({ id }) => set.right.has(id));
  const unanswerable = set.questions.filter(({ id }) => !set.right.has(id));
  const kept = answerable.filter(({ text }) => speaks(text)).length;
  const silent = unanswerable.filter(({ text }) => !speaks(text)).length;
  let orphaned = 0;
  for (const [right, questions] of byRightArticles(set)) {
    for (const id of right.split('\n')) remove(id);
    orphaned += questions.filter((text) => !speaks(text)).length;
    add(right.split('\n').flatMap((id) => byId.get(id) ?? []));
  }
  return {
    kept: [kept, answerable.length],
    silent: [silent, unanswerable.length],
    orphaned: [orphaned, answerable.length],
  };
}

function byRightArticles(set: EvaluationSet): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { id, text } of set.questions) {
    const right = set.right.get(id);
    if (!right) continue;
    const key = [...right].sort().join('\n');
    groups.set(key, [...(groups.get(key) ?? []), text]);
  }
  return groups;
}
