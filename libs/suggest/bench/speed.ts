import { spawnSync } from 'node:child_process';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { speedGoals } from './goals.ts';
import type { Measured } from './measure.ts';

const names = ['suggest', 'minisearch', 'fts5'] as const;

const rows: readonly (readonly [keyof Measured, string])[] = [
  ['queryP50', 'query p50, ms CPU'],
  ['queryP99', 'query p99, ms CPU'],
  ['queryWallP50', 'query p50, ms by the clock'],
  ['queryWallP99', 'query p99, ms by the clock'],
  ['found', 'right article in the first 5'],
  ['buildCpu', 'build, ms CPU'],
  ['memoryHeld', 'memory held, MB'],
  ['memoryResident', 'growth of the process, MB'],
  ['addP50', 'add one p50, ms CPU'],
  ['addP99', 'add one p99, ms CPU'],
  ['removeP50', 'remove one p50, ms CPU'],
  ['removeP99', 'remove one p99, ms CPU'],
  ['updateP50', 'replace one p50, ms CPU'],
  ['updateP99', 'replace one p99, ms CPU'],
  ['largestAdd', 'add 40,000 signs, ms CPU'],
];

/** Each engine in a process of its own, so that none lives in the memory of another; undefined where it did not survive. */
function measured(name: string, articles: number): Measured | undefined {
  const one = fileURLToPath(new URL('./measure-one.js', import.meta.url));
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, ['--expose-gc', one, name, String(articles)], {
    encoding: 'utf8',
  });
  if (status !== 0) {
    console.log(`${name} ended with ${signal ?? `status ${status}`} and is left out ${stderr.trim().slice(-300)}`);
    return undefined;
  }
  return JSON.parse(stdout) as Measured;
}

function goalOf(key: keyof Measured, value: number): string {
  const goal = speedGoals[key];
  return goal === undefined ? '' : `<= ${goal} ${value <= goal ? 'yes' : 'NO'}`;
}

const shown = (value: number) => (Number.isNaN(value) ? '-' : value.toFixed(value < 100 ? 2 : 0)).padStart(10);

/** Prints what each engine needs at so many made articles, the goals, and the ratio of the others to ours. */
export function reportSpeed(articles: number): void {
  console.log(`\n${articles} made articles; load of the machine before: ${loadavg()[0]!.toFixed(1)}`);
  const results = names.map((name) => measured(name, articles));
  const head = [...names.map((name) => name.padStart(10)), 'x minisearch', 'x fts5', 'goal at 100000'];
  console.log(`${''.padEnd(28)} | ${head.join(' | ')}`);
  for (const [key, label] of rows) {
    const [ours = Number.NaN, ...others] = results.map((result) => result?.[key] ?? Number.NaN);
    const ratios = others.map((other) => (other / ours).toFixed(2));
    const columns = [
      ...[ours, ...others].map(shown),
      ratios[0]!.padStart(12),
      ratios[1]!.padStart(6),
      goalOf(key, ours),
    ];
    console.log(`${label.padEnd(28)} | ${columns.join(' | ')}`);
  }
}
