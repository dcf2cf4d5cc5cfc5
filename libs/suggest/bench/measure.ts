import { type Engine, type Entry, fts5, miniSearch, ourEngine } from './engines.ts';
import { TextGenerator } from './generate.ts';

/** What one engine needs; times in milliseconds, memory in megabytes. CPU times hardly feel what else the machine does. */
export interface Measured {
  readonly buildCpu: number;
  /** Heap and typed arrays after a collection. */
  readonly memoryHeld: number;
  /** Growth of the process. */
  readonly memoryResident: number;
  readonly queryP50: number;
  readonly queryP99: number;
  readonly queryWallP50: number;
  readonly queryWallP99: number;
  /** Share of the letters whose article is among the first five. */
  readonly found: number;
  readonly addP50: number;
  readonly addP99: number;
  readonly removeP50: number;
  readonly removeP99: number;
  /** An article of the middle gets another text. */
  readonly updateP50: number;
  readonly updateP99: number;
  /** The dearest single change: an article of 40,000 signs. */
  readonly largestAdd: number;
}

const cpu = () => (process.cpuUsage().user + process.cpuUsage().system) / 1000;
const quantile = (numbers: readonly number[], share: number) => {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
};

interface Times {
  readonly cpu: readonly number[];
  readonly wall: readonly number[];
}

function timed(count: number, work: (turn: number) => void): Times {
  const times = { cpu: [] as number[], wall: [] as number[] };
  for (let turn = 0; turn < count; turn++) {
    const start = performance.now();
    const startCpu = cpu();
    work(turn);
    times.cpu.push(cpu() - startCpu);
    times.wall.push(performance.now() - start);
  }
  return times;
}

function memory(): { held: number; resident: number } {
  (globalThis as { gc?: () => void }).gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { held: (heapUsed + external) / 1e6, resident: rss / 1e6 };
}

/** Articles are made slice by slice, so that the engine's memory is not mixed with the generator's. */
function build(engine: Engine, makeText: TextGenerator, articles: number, keep: Entry[]): number {
  let spent = 0;
  for (let from = 0; from < articles; from += 500) {
    const slice = Array.from({ length: Math.min(500, articles - from) }, (_, i) => makeText.article(from + i));
    if (keep.length < 2000) keep.push(...slice.slice(0, 20));
    const start = cpu();
    engine.add(slice);
    spent += cpu() - start;
  }
  return spent;
}

const makers: Readonly<Record<string, () => Engine>> = { suggest: ourEngine, minisearch: miniSearch, fts5 };

/** Fills one engine with made articles and measures it; run it in a process of its own, with `--expose-gc`. */
export function measure(name: string, articles: number): Measured {
  const engine = makers[name]!();
  const queries = name === 'suggest' ? 1000 : 60;
  const makeText = new TextGenerator(42);
  const known: Entry[] = [];
  const before = memory();
  const buildCpu = build(engine, makeText, articles, known);
  const after = memory();
  const abouts = Array.from({ length: queries + 20 }, (_, i) => known[(i * 7) % known.length]!);
  const letters = abouts.map((about) => makeText.letter(about));
  for (let i = 0; i < 20; i++) engine.search(letters[queries + i]!, 5);
  let found = 0;
  const searching = timed(queries, (turn) => {
    if (engine.search(letters[turn]!, 5).includes(abouts[turn]!.id)) found++;
  });
  const extra = Array.from({ length: 600 }, (_, i) => makeText.article(articles + i));
  const adding = timed(300, (turn) => engine.add([extra[turn]!]));
  const removing = timed(300, (turn) => engine.remove(`a${(turn * 7919) % articles}`));
  const updating = timed(300, (turn) => {
    const id = `a${(turn * 7919 + 11) % articles}`;
    engine.remove(id);
    engine.add([{ ...extra[300 + turn]!, id }]);
  });
  const large = { ...extra[0]!, id: 'large', body: makeText.text(8000).slice(0, 40_000) };
  return {
    buildCpu,
    memoryHeld: after.held - before.held,
    memoryResident: after.resident - before.resident,
    queryP50: quantile(searching.cpu, 0.5),
    queryP99: quantile(searching.cpu, 0.99),
    queryWallP50: quantile(searching.wall, 0.5),
    queryWallP99: quantile(searching.wall, 0.99),
    found: found / queries,
    addP50: quantile(adding.cpu, 0.5),
    addP99: quantile(adding.cpu, 0.99),
    removeP50: quantile(removing.cpu, 0.5),
    removeP99: quantile(removing.cpu, 0.99),
    updateP50: quantile(updating.cpu, 0.5),
    updateP99: quantile(updating.cpu, 0.99),
    largestAdd: timed(1, () => engine.add([large])).cpu[0]!,
  };
}
