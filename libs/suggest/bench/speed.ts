import { spawn } from 'node:child_process';
import { loadavg, totalmem } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { speedGoals } from './goals.ts';
import { type Measured, plan } from './measure.ts';

const names = ['suggest', 'minisearch', 'fts5'] as const;
/** By the clock, for all that one engine is asked. */
const longestMinutes = 15;

const rows: readonly (readonly [Exclude<keyof Measured, 'options'>, string])[] = [
  ['built', 'articles'],
  ['buildCpu', 'build, ms CPU'],
  ['memoryHeld', 'memory held, MB'],
  ['memoryResident', 'growth of the process, MB'],
  ['warmUp', 'questions to warm up'],
  ['queries', 'questions measured'],
  ['queryP50', 'query p50, ms CPU'],
  ['queryP99', 'query p99, ms CPU'],
  ['queryWallP50', 'query p50, ms by the clock'],
  ['queryWallP99', 'query p99, ms by the clock'],
  ['plainP50', 'whole words p50, ms CPU'],
  ['plainP99', 'whole words p99, ms CPU'],
  ['found', 'right article in the first 5'],
  ['addP50', 'add one p50, ms CPU'],
  ['addP99', 'add one p99, ms CPU'],
  ['removeP50', 'remove one p50, ms CPU'],
  ['removeP99', 'remove one p99, ms CPU'],
  ['updateP50', 'replace one p50, ms CPU'],
  ['updateP99', 'replace one p99, ms CPU'],
  ['largestAdd', 'add 40,000 signs, ms CPU'],
];

const fallback: { readonly [K in keyof Measured]?: keyof Omit<Measured, 'options'> } = {
  plainP50: 'queryP50',
  plainP99: 'queryP99',
};

/** Rows that count, where a ratio says nothing. */
const counts: ReadonlySet<string> = new Set(['built', 'warmUp', 'queries']);

/** Each engine in a process of its own, with enough memory, so that none lives in that of another. Gives what it reached. */
async function measured(name: string, articles: number): Promise<Partial<Measured>> {
  const one = fileURLToPath(new URL('./measure-one.js', import.meta.url));
  const megabytes = Math.floor(Math.min(12_000, (totalmem() / 2 ** 20) * 0.6));
  const child = spawn(
    process.execPath,
    ['--expose-gc', `--max-old-space-size=${megabytes}`, one, name, String(articles)],
    { stdio: ['ignore', 'pipe', 'inherit'], timeout: longestMinutes * 60_000 },
  );
  const began = performance.now();
  const ended = new Promise<string | undefined>((resolve) =>
    child.on('close', (status, signal) => resolve(status === 0 ? undefined : (signal ?? `status ${status}`))),
  );
  let reached: Partial<Measured> = {};
  for await (const line of createInterface({ input: child.stdout })) {
    const { known, progress } = JSON.parse(line) as { known: Partial<Measured>; progress: string };
    reached = { ...reached, ...known };
    console.log(`  ${((performance.now() - began) / 1000).toFixed(0).padStart(4)} s  ${name}: ${progress}`);
  }
  const failure = await ended;
  if (failure)
    console.log(
      `  ${name} ended with ${failure} after ${((performance.now() - began) / 1000).toFixed(0)} s; what it reached stands below`,
    );
  return reached;
}

function goalOf(key: string, value: number | undefined): string {
  const goal = speedGoals[key];
  if (goal === undefined || value === undefined) return '';
  return `<= ${goal} ${value <= goal ? 'yes' : 'NO'}`;
}

/** An engine that was not filled in time took longer than what it spent until then. */
function shown(key: string, { built = 0, [key as 'built']: value }: Partial<Measured>, articles: number): string {
  if (value === undefined) return '-'.padStart(10);
  const isOver = key === 'buildCpu' && built < articles;
  const digits = counts.has(key) || value >= 100 ? 0 : 2;
  return `${isOver ? 'over ' : ''}${value.toFixed(digits)}`.padStart(10);
}

function ratio(other: number | undefined, ours: number | undefined): string {
  return other === undefined || ours === undefined || ours === 0 ? '-' : `${(other / ours).toFixed(2)}`;
}

/** Prints what each engine needs at so many made articles, the goals, and the ratio of the others to ours. */
export async function reportSpeed(articles: number): Promise<void> {
  const { buildSeconds, warmUp, warmUpSeconds, queries, querySeconds, changes, warmUpChanges, enoughForP99 } = plan;
  console.log(`\n${articles} made articles; load of the machine before: ${loadavg()[0]!.toFixed(1)}`);
  console.log(
    `the same for each engine: ${buildSeconds} s of CPU at most to build; ${warmUp} questions to warm up, or as many as fit ${warmUpSeconds} s; then ${queries}, or as many as fit ${querySeconds} s;`,
  );
  console.log(
    `of each kind of change ${warmUpChanges} to warm up, then ${changes}; p99 where there are at least ${enoughForP99}; ratios are the other's value by ours`,
  );
  const results: Partial<Measured>[] = [];
  for (const name of names) results.push(await measured(name, articles));
  names.forEach((name, i) => {
    console.log(`${name}: ${results[i]!.options ?? 'no answer'}`);
  });
  const head = [...names.map((name) => name.padStart(10)), 'x minisearch', 'x fts5', 'goal at 100000'];
  console.log(`${''.padEnd(28)} | ${head.join(' | ')}`);
  for (const [key, label] of rows) {
    const [own, ...others] = results.map((result) => result[key]);
    // Whoever asks less is held against our whole answer.
    const ours = own ?? results[0]![fallback[key] ?? key];
    const ratios = others.map((other) => (counts.has(key) ? '' : ratio(other, ours)));
    const columns = [
      ...results.map((result) => shown(key, result, articles)),
      ratios[0]!.padStart(12),
      ratios[1]!.padStart(6),
      goalOf(key, ours),
    ];
    console.log(`${label.padEnd(28)} | ${columns.join(' | ')}`);
  }
}
