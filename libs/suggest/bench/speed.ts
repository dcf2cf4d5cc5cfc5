import { type Engine, type Entry, fts5, miniSearch, ourEngine } from './engines.ts';
import { TextGenerator } from './generate.ts';

/** What one engine needs. Times in milliseconds, memory in megabytes. */
interface Measured {
  readonly build: number;
  readonly memory: number;
  readonly p50: number;
  readonly p99: number;
  readonly change50: number;
  readonly change99: number;
}

const now = () => performance.now();
const cpu = () => (process.cpuUsage().user + process.cpuUsage().system) / 1000;
const quantile = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
const collectGarbage = () => (globalThis as { gc?: () => void }).gc?.();

function timed(count: number, work: (turn: number) => void): number[] {
  const times = Array.from({ length: count }, (_, turn) => {
    const start = now();
    work(turn);
    return now() - start;
  });
  return times.sort((a, b) => a - b);
}

function memory(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1e6;
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

function measure(engine: Engine, articles: number, queries: number): Measured {
  const makeText = new TextGenerator(42);
  const known: Entry[] = [];
  const before = memory();
  const built = build(engine, makeText, articles, known);
  const used = memory() - before;
  const letters = Array.from({ length: queries + 50 }, (_, i) => makeText.letter(known[(i * 7) % known.length]!));
  for (const letter of letters.splice(0, 50)) engine.search(letter, 5);
  const searching = timed(queries, (turn) => engine.search(letters[turn]!, 5));
  const extra = Array.from({ length: 200 }, (_, i) => makeText.article(articles + i));
  const adding = timed(200, (turn) => engine.add([extra[turn]!]));
  const removing = timed(200, (turn) => engine.remove(extra[turn]!.id));
  const changing = [...adding, ...removing].sort((a, b) => a - b);
  return {
    build: built,
    memory: used,
    p50: quantile(searching, 0.5),
    p99: quantile(searching, 0.99),
    change50: quantile(changing, 0.5),
    change99: quantile(changing, 0.99),
  };
}

const engines: Readonly<Record<string, () => Engine>> = { suggest: ourEngine, minisearch: miniSearch, fts5 };

function main([articles = '100000', names = 'suggest,minisearch,fts5']: string[]): void {
  const results = new Map<string, Measured>();
  for (const name of names.split(',')) {
    const make = engines[name];
    if (!make) throw new Error(`no engine "${name}"; there are: ${Object.keys(engines).join(', ')}`);
    const found = measure(make(), Number(articles), name === 'suggest' ? 2000 : 60);
    results.set(name, found);
    const row = Object.entries(found).map(([key, value]) => `${key} ${value.toFixed(value < 100 ? 2 : 0)}`);
    console.log(`${name.padEnd(11)} ${row.join('  ')}`);
  }
  const ours = results.get('suggest');
  for (const [name, theirs] of results) {
    if (!ours || name === 'suggest') continue;
    const ratio = (key: keyof Measured) => `${key} ${(theirs[key] / ours[key]).toFixed(2)}`;
    console.log(`${name} / suggest: ${(Object.keys(theirs) as (keyof Measured)[]).map(ratio).join('  ')}`);
  }
}

main(process.argv.slice(2));
