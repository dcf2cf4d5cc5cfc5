import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port.ts';

const SPARE = fileURLToPath(new URL('./spare-product.mjs', import.meta.url));
const READY_MS = Number(process.env.READY_MS ?? 20_000);
const READY_PAUSE_MS = 30;
const MAIN = fileURLToPath(new URL('../../apps/server/dist/main.js', import.meta.url));

/** The built product, running as a process of its own. */
export interface Product {
  readonly url: string;
  readonly dataDir: string;
  setupToken(): string;
  /** Ends it at once, as a power cut would. */
  kill(): Promise<void>;
  /** Starts it again on the same data, and waits until it is ready. */
  start(): Promise<void>;
  /** Starts it again without a wait. */
  begin(): void;
  /** Resolves once it is ready. */
  ready(): Promise<void>;
  stop(): Promise<void>;
  output(): string;
}

/**
 * Starts the built product on a free port with a data folder of its own. So many `spares` have read their program and
 * wait to be started; what is killed a hundred times is then ready again at once.
 */
export async function startProduct(env: Record<string, string> = {}, spares = 0): Promise<Product> {
  const dataDir = mkdtempSync(join(tmpdir(), 'product-'));
  const port = await freePort();
  const url = `http://localhost:${port}`;
  let child: ChildProcess | null = null;
  let output = '';

  const waiting: ChildProcess[] = [];

  function run(program: string): ChildProcess {
    const started = spawn(process.execPath, ['--enable-source-maps', program], {
      env: { ...process.env, NODE_ENV: 'production', PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: 'warn', ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    started.stdin!.on('error', () => undefined);
    for (const stream of [started.stdout!, started.stderr!])
      stream.on('data', (text: Buffer) => (output += text.toString()));
    return started;
  }

  function begin(): void {
    const spare = waiting.shift();
    while (waiting.length < spares) waiting.push(run(SPARE));
    if (spare) spare.stdin!.write('begin\n');
    child = spare ?? run(MAIN);
  }

  async function ready(): Promise<void> {
    for (const startedAt = performance.now(); performance.now() - startedAt < READY_MS; ) {
      if (child!.exitCode !== null) throw new Error(`The product ended with ${child!.exitCode}:\n${output}`);
      const isReady = await fetch(`${url}/readyz`).then(
        (answer) => answer.ok,
        () => false,
      );
      if (isReady) return;
      await new Promise((resolve) => setTimeout(resolve, READY_PAUSE_MS));
    }
    throw new Error(`The product was not ready within ${READY_MS / 1000} s:\n${output}`);
  }

  async function start(): Promise<void> {
    begin();
    await ready();
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    const running = child;
    child = null;
    if (!running || running.exitCode !== null) return;
    const ended = new Promise((resolve) => running.once('exit', resolve));
    running.kill(signal);
    await ended;
  }

  function tidy(): void {
    for (const spare of waiting.splice(0)) spare.kill('SIGKILL');
    rmSync(dataDir, { recursive: true, force: true });
  }

  try {
    await start();
  } catch (error) {
    await end('SIGKILL');
    tidy();
    throw error;
  }
  return {
    url,
    dataDir,
    setupToken: () => readFileSync(join(dataDir, 'setup-token'), 'utf8').trim(),
    kill: () => end('SIGKILL'),
    start,
    begin,
    ready,
    async stop() {
      await end('SIGTERM');
      tidy();
    },
    output: () => output,
  };
}
