import { defaultFloor } from '../src/index.ts';
import { type Engine, type Entry, fts5, miniSearch, ourEngine } from './engines.ts';
import { qualityGoal, silenceGoals } from './goals.ts';
import { type Quality, qualityOf } from './metrics.ts';
import type { EvaluationSet } from './read-set.ts';
import { type Silence, type Sureness, silenceOf, surenessOf } from './silence.ts';

/** How many past texts an article learnt from; the first ones of the file. */
const learning = [0, 1, 3, 10, Number.POSITIVE_INFINITY] as const;
const engines = ['suggest', 'minisearch', 'fts5'] as const;

type Row = ReadonlyMap<string, Quality>;

function entriesOf(set: EvaluationSet, texts: number): Entry[] {
  return set.articles.map((article) => ({ ...article, feedback: (set.past.get(article.id) ?? []).slice(0, texts) }));
}

function judge(engine: Engine, set: EvaluationSet): Quality {
  return qualityOf(
    set.questions.flatMap(({ id, text }) => {
      const right = set.right.get(id);
      return right ? [{ ranking: engine.search(text, 10), right }] : [];
    }),
  );
}

const three = (value: number) => value.toFixed(3);

function verdict(value: number, goal: number | undefined): string {
  if (goal === undefined) return '';
  return `>= ${three(goal)} ${value >= goal ? 'yes' : 'NO'}`;
}

function print(name: string, row: Row): void {
  const columns = engines.map((engine) => {
    const { ndcg10, recall5, mrr10 } = row.get(engine)!;
    return `${three(ndcg10)} ${three(recall5)} ${three(mrr10)}`;
  });
  console.log(
    `${name.padEnd(28)} | ${columns.join(' | ')} | ${verdict(row.get('suggest')!.ndcg10, qualityGoal(name))}`,
  );
}

function rate(set: EvaluationSet, texts: number): Row {
  const entries = entriesOf(set, texts);
  return new Map(
    [ourEngine(), miniSearch(), fts5()].map((engine) => {
      engine.add(entries);
      return [engine.name, judge(engine, set)];
    }),
  );
}

function meanOf(rows: readonly Row[]): Row {
  const mean = (engine: string, of: (quality: Quality) => number) =>
    rows.reduce((sum, row) => sum + of(row.get(engine)!), 0) / rows.length;
  return new Map(
    engines.map((engine) => [
      engine,
      {
        ndcg10: mean(engine, ({ ndcg10 }) => ndcg10),
        recall5: mean(engine, ({ recall5 }) => recall5),
        mrr10: mean(engine, ({ mrr10 }) => mrr10),
        questions: 0,
      },
    ]),
  );
}

/** Prints how well each engine ranks, set by set and as the mean of sets that belong together ("hint3-a", "hint3-b"). */
export function reportQuality(sets: readonly EvaluationSet[]): void {
  const title = 'nDCG@10 recall@5 MRR@10'.padEnd(28);
  console.log(`${title} | ${engines.map((name) => name.padEnd(17)).join(' | ')} | goal (nDCG@10)`);
  const families = new Map<string, Row[]>();
  for (const set of sets) {
    for (const texts of set.past.size === 0 ? [0] : learning) {
      const past = set.past.size === 0 ? '' : ` past=${texts === Number.POSITIVE_INFINITY ? 'all' : texts}`;
      const row = rate(set, texts);
      print(`${set.name}${past}`, row);
      const family = `mean ${set.name.split('-')[0]}${past}`;
      families.set(family, [...(families.get(family) ?? []), row]);
    }
  }
  for (const [name, rows] of families) if (rows.length > 1) print(name, meanOf(rows));
}

const percent = ([part, whole]: readonly [number, number]) =>
  whole === 0 ? 'none' : `${((100 * part) / whole).toFixed(1)} %`;

function printSilence(name: string, { kept, silent, orphaned }: Silence): void {
  console.log(`${name.padEnd(28)} | ${[kept, silent, orphaned].map(percent).join(' | ')}`);
}

/** Prints how often the engine speaks and is silent at its default floor, for questions with an answer and without one. */
export function reportSilence(sets: readonly EvaluationSet[]): void {
  const { answerable, unanswerable } = silenceGoals;
  console.log(
    `\n${'default floor'.padEnd(28)} | answerable keep a suggestion (>= ${100 * answerable} %) | unanswerable are silent (>= ${100 * unanswerable} %) | silent when the right article is missing`,
  );
  const families = new Map<string, Silence[]>();
  for (const set of sets) {
    const silence = silenceOf(set, entriesOf(set, Number.POSITIVE_INFINITY));
    printSilence(set.name, silence);
    const family = `all of ${set.name.split('-')[0]}`;
    families.set(family, [...(families.get(family) ?? []), silence]);
  }
  const sum = (all: readonly Silence[], of: (one: Silence) => readonly [number, number]): [number, number] => [
    all.reduce((total, one) => total + of(one)[0], 0),
    all.reduce((total, one) => total + of(one)[1], 0),
  ];
  for (const [name, all] of families) {
    if (all.length < 2) continue;
    const [kept, silent, orphaned] = [
      sum(all, (one) => one.kept),
      sum(all, (one) => one.silent),
      sum(all, (one) => one.orphaned),
    ];
    printSilence(name, { kept, silent, orphaned });
  }
}

const floors = [0.1, 0.13, 0.15, defaultFloor, 0.2, 0.22, 0.25, 0.3, 0.4];

/**
 * Prints what a lower or higher floor would keep and silence. The sets of a family that learn from past texts are taken
 * together, because one floor serves all.
 */
export function reportFloors(sets: readonly EvaluationSet[]): void {
  const families = new Map<string, EvaluationSet[]>();
  for (const set of sets) {
    const family = set.name.split('-')[0]!;
    if (set.past.size > 0) families.set(family, [...(families.get(family) ?? []), set]);
  }
  for (const [family, all] of families) {
    if (all.length < 2) continue;
    const sure = all.map((set) =>
      surenessOf(
        set,
        entriesOf(set, Number.POSITIVE_INFINITY),
        all.filter((other) => other !== set),
      ),
    );
    console.log(
      `\n${`${family}: floor`.padEnd(28)} | answerable keep a suggestion | a third of the articles missing: silent | about something else: silent`,
    );
    for (const floor of floors) {
      const over = (of: (one: Sureness) => readonly number[]): readonly [number, number] => {
        const values = sure.flatMap(of);
        return [values.filter((value) => value >= floor).length, values.length];
      };
      const under = ([part, whole]: readonly [number, number]) => [whole - part, whole] as const;
      const shares = [
        over(({ answerable }) => answerable),
        under(over(({ missing }) => missing)),
        under(over(({ foreign }) => foreign)),
      ];
      const mark = floor === defaultFloor ? ' (default)' : '';
      console.log(`${`${floor.toFixed(2)}${mark}`.padEnd(28)} | ${shares.map(percent).join(' | ')}`);
    }
  }
}
