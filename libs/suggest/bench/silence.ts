import type { SuggestIndex } from '../src/index.ts';
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

/** How sure the engine is about questions of one set, with all past texts learnt: the highest confidence for each. */
export interface Sureness {
  /** Questions whose article is there. */
  readonly answerable: readonly number[];
  /** Questions whose articles are out of the base with a third of all others; each article is out once. */
  readonly missing: readonly number[];
  /** Questions of the sets of the same family: about something else. */
  readonly foreign: readonly number[];
}

const foreignQuestions = 100;

/** Stand-ins for unanswerable questions, where a set has none: a third of the articles taken out, and questions of others. */
export function surenessOf(set: EvaluationSet, entries: readonly Entry[], others: readonly EvaluationSet[]): Sureness {
  const { index, add } = ourEngine();
  add(entries);
  const isAnswerable = ({ id }: { id: string }) => set.right.has(id);
  const missing: number[] = [];
  for (let third = 0; third < 3; third++) {
    const isOut = new Set(entries.filter((_, place) => place % 3 === third).map(({ id }) => id));
    const rest = ourEngine();
    rest.add(entries.filter(({ id }) => !isOut.has(id)));
    const orphans = set.questions.filter(({ id }) => {
      const right = set.right.get(id);
      return right !== undefined && [...right].every((article) => isOut.has(article));
    });
    missing.push(...orphans.map(({ text }) => surestOf(rest.index, text)));
  }
  return {
    answerable: set.questions.filter(isAnswerable).map(({ text }) => surestOf(index, text)),
    missing,
    foreign: others.flatMap(({ questions }) =>
      questions.slice(0, foreignQuestions).map(({ text }) => surestOf(index, text)),
    ),
  };
}

function surestOf(index: SuggestIndex, text: string): number {
  const found = index.suggest({ base: 'all', text, first: 50, floor: 0 });
  return found.reduce((surest, { confidence }) => Math.max(surest, confidence), 0);
}
