import { type Engine, type Entry, fts5, miniSearch, ourEngine } from './engines.ts';
import { TextGenerator } from './generate.ts';

/**
 * What one engine needs; times in milliseconds, memory in megabytes. CPU times hardly feel what else the machine does. What
 * was not reached, or has no meaning for an engine, is missing.
 */
export interface Measured {
  readonly options: string;
  readonly built: number | undefined;
  readonly buildCpu: number | undefined;
  /** Heap and typed arrays after a collection. */
  readonly memoryHeld: number | undefined;
  /** Growth of the process. */
  readonly memoryResident: number | undefined;
  readonly warmUp: number | undefined;
  readonly queries: number | undefined;
  readonly queryP50: number | undefined;
  readonly queryP99: number | undefined;
  readonly queryWallP50: number | undefined;
  readonly queryWallP99: number | undefined;
  /** Without look-alikes and prefixes, where an engine can be asked so. */
  readonly plainP50: number | undefined;
  readonly plainP99: number | undefined;
  /** Share of the letters whose article is among the first five. */
  readonly found: number | undefined;
  readonly addP50: number | undefined;
  readonly addP99: number | undefined;
  readonly removeP50: number | undefined;
  readonly removeP99: number | undefined;
  /** An article of the middle gets another text. */
  readonly updateP50: number | undefined;
  readonly updateP99: number | undefined;
  /** The dearest single change: an article of 40,000 signs. */
  readonly largestAdd: number | undefined;
}

/** The same for every engine: so much is done, or less where an engine needs longer than the seconds. */
export const plan = {
  buildSeconds: 420,
  warmUp: 500,
  warmUpSeconds: 40,
  queries: 1000,
  querySeconds: 100,
  changes: 1000,
  warmUpChanges: 100,
  changeSeconds: 40,
  /** A 99th percentile of fewer is not told. */
  enoughForP99: 200,
} as const;

const cpu = () => (process.cpuUsage().user + process.cpuUsage().system) / 1000;
const quantile = (numbers: readonly number[], share: number) => {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
};

interface Times {
  readonly cpu: number[];
  readonly wall: number[];
}

/** Does a piece of work so many times, or until the seconds are over. */
function timed(count: number, seconds: number, work: (turn: number) => void): Times {
  const times: Times = { cpu: [], wall: [] };
  const until = performance.now() + seconds * 1000;
  for (let turn = 0; turn < count && performance.now() < until; turn++) {
    const start = performance.now();
    const startCpu = cpu();
    work(turn);
    times.cpu.push(cpu() - startCpu);
    times.wall.push(performance.now() - start);
  }
  return times;
}

const p50 = (times: readonly number[]) => quantile(times, 0.5);
const p99 = (times: readonly number[]) => (times.length < plan.enoughForP99 ? undefined : quantile(times, 0.99));

function memory(): { held: number; resident: number } {
  (globalThis as { gc?: () => void }).gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { held: (heapUsed + external) / 1e6, resident: rss / 1e6 };
}

/** Articles are made slice by slice, so that the engine's memory is not mixed with the generator's. */
function build(engine: Engine, makeText: TextGenerator, articles: number, keep: Entry[], say: Say) {
  let spent = 0;
  let built = 0;
  while (built < articles && spent < plan.buildSeconds * 1000) {
    const slice = Array.from({ length: Math.min(500, articles - built) }, (_, i) => makeText.article(built + i));
    if (keep.length < 2000) keep.push(...slice.slice(0, 20));
    const start = cpu();
    engine.add(slice);
    spent += cpu() - start;
    built += slice.length;
    if (built % 10_000 === 0)
      say({ built, buildCpu: spent }, `${built} articles in ${(spent / 1000).toFixed(1)} s of CPU`);
  }
  return { buildCpu: spent, built };
}

const makers: Readonly<Record<string, () => Engine>> = { suggest: ourEngine, minisearch: miniSearch, fts5 };

/** Hears what is known so far, and a line of progress. */
export type Say = (known: Partial<Measured>, progress: string) => void;

/** Fills one engine with made articles and measures it; run it in a process of its own, with `--expose-gc`. */
export function measure(name: string, articles: number, say: Say): void {
  const engine = makers[name]!();
  const makeText = new TextGenerator(42);
  const known: Entry[] = [];
  say({ options: engine.options }, 'begins');
  const before = memory();
  const { buildCpu, built } = build(engine, makeText, articles, known, say);
  const after = memory();
  // What SQLite holds is not on the heap.
  const memoryHeld = name === 'fts5' ? undefined : after.held - before.held;
  say({ buildCpu, built, memoryHeld, memoryResident: after.resident - before.resident }, `${built} articles are in`);
  if (built < articles) return;
  measureQueries(engine, makeText, known, say);
  measureChanges(engine, makeText, articles, say);
}

function measureQueries(engine: Engine, makeText: TextGenerator, known: readonly Entry[], say: Say): void {
  const abouts = Array.from({ length: plan.warmUp + plan.queries }, (_, i) => known[(i * 7) % known.length]!);
  const letters = abouts.map((about) => makeText.letter(about));
  const warmUp = timed(plan.warmUp, plan.warmUpSeconds, (turn) => engine.search(letters[turn]!, 5)).cpu.length;
  say({ warmUp }, `${warmUp} questions to warm up`);
  let found = 0;
  const { cpu: spent, wall } = timed(plan.queries, plan.querySeconds, (turn) => {
    const at = plan.warmUp + turn;
    if (engine.search(letters[at]!, 5).includes(abouts[at]!.id)) found++;
  });
  say(
    {
      queries: spent.length,
      queryP50: p50(spent),
      queryP99: p99(spent),
      queryWallP50: p50(wall),
      queryWallP99: p99(wall),
      found: found / spent.length,
    },
    `${spent.length} questions`,
  );
  const { searchPlain } = engine;
  if (!searchPlain) return;
  const plain = timed(plan.queries, plan.querySeconds / 2, (turn) => searchPlain(letters[plan.warmUp + turn]!, 5)).cpu;
  say({ plainP50: p50(plain), plainP99: p99(plain) }, `${plain.length} questions of whole words`);
}

function measureChanges(engine: Engine, makeText: TextGenerator, articles: number, say: Say): void {
  const { changes, warmUpChanges, changeSeconds } = plan;
  const each = changes + warmUpChanges;
  const extra = Array.from({ length: 2 * each }, (_, i) => makeText.article(articles + i));
  /** The first ones warm up. */
  const change = (work: (turn: number) => void) => timed(each, changeSeconds, work).cpu.slice(warmUpChanges);
  const adding = change((turn) => engine.add([extra[turn]!]));
  const removing = change((turn) => engine.remove(`a${(turn * 7919) % articles}`));
  const updating = change((turn) => {
    const id = `a${(turn * 7919 + 11) % articles}`;
    engine.remove(id);
    engine.add([{ ...extra[each + turn]!, id }]);
  });
  const large = { ...extra[0]!, id: 'large', body: makeText.text(8000).slice(0, 40_000) };
  say(
    {
      addP50: p50(adding),
      addP99: p99(adding),
      removeP50: p50(removing),
      removeP99: p99(removing),
      updateP50: p50(updating),
      updateP99: p99(updating),
      largestAdd: timed(1, changeSeconds, () => engine.add([large])).cpu[0]!,
    },
    'done',
  );
}
