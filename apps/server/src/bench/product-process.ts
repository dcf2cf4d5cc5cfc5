import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { listenOnLoopback } from '../demo/loopback.ts';
import type { TemporaryDatabase } from './temporary-database.ts';

/** Linux counts processor time in hundredths of a second. */
const TICK_MS = 10;

/** The built product as a process of its own, and what it costs the machine. */
export interface ProductProcess {
  readonly url: string;
  /** Resident memory, as the system counts it (Linux). */
  rssMb(): number;
  /** Processor time of all its threads so far. */
  cpuMs(): number;
  /** The longest and the 99th percentile of what its event loop was late since the last asking. */
  loopDelayMs(): Promise<{ p99: number; max: number }>;
  stop(): Promise<void>;
}

/** Starts the product on this database and waits until it is ready. With BENCH_PROFILE a profile of the processor is left in that folder. */
export async function startProductProcess({ folder, config }: TemporaryDatabase): Promise<ProductProcess> {
  const port = await closedPort();
  const env = {
    ...process.env,
    NODE_ENV: 'production',
    PORT: String(port),
    DATA_DIR: folder,
    LOG_LEVEL: 'error',
    ...(config.kind === 'sqlite' ? { DATABASE_URL: '' } : { DATABASE_URL: config.url }),
  };
  const profile = process.env.BENCH_PROFILE;
  const options = profile ? ['--cpu-prof', '--cpu-prof-dir', profile] : [];
  const main = fileURLToPath(new URL('../main.js', import.meta.url));
  const child: ChildProcess = spawn(process.execPath, [...options, main], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const url = `http://localhost:${port}`;
  for (let tries = 0; tries < 300 && !(await isReady(url)); tries++)
    await new Promise((resolve) => setTimeout(resolve, 100));
  return {
    url,
    rssMb: () => Math.round(Number(/VmRSS:\s+(\d+)/.exec(ofProcess(child, 'status'))?.[1] ?? 0) / 1024),
    cpuMs() {
      const fields = ofProcess(child, 'stat')
        .replace(/^.*\) /, '')
        .split(' ');
      return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
    },
    async loopDelayMs() {
      const figures = await (await fetch(`${url}/metrics`)).text();
      const ms = (name: string) =>
        Math.round(1000 * Number(new RegExp(`^nodejs_eventloop_lag_${name} (\\S+)`, 'm').exec(figures)?.[1] ?? 0));
      return { p99: ms('p99_seconds'), max: ms('max_seconds') };
    },
    stop: () =>
      new Promise<void>((resolve) => {
        child.once('exit', () => resolve());
        child.kill('SIGTERM');
      }),
  };
}

/** A port of this machine where nobody listens. */
export async function closedPort(): Promise<number> {
  const server = createServer();
  const port = await listenOnLoopback(server, 0);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function ofProcess({ pid }: ChildProcess, file: string): string {
  return readFileSync(`/proc/${pid}/${file}`, 'utf8');
}

async function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  );
}
