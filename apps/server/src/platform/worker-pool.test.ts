import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeWorkerPool, type WorkerPool } from './worker-pool.ts';

/** A thread that does as the task says: hang, eat all memory, stop, complain, or answer. */
const PROGRAM = `
import { parentPort } from 'node:worker_threads';
parentPort.on('message', (task) => {
  if (task === 'hang') for (;;);
  if (task === 'eat') { const eaten = []; for (;;) eaten.push(new Array(100_000).fill(eaten.length)); }
  if (task === 'stop') process.exit(3);
  if (task === 'complain') return parentPort.postMessage({ error: 'no such letter' });
  parentPort.postMessage({ result: 'read ' + task });
});
`;

const folder = mkdtempSync(join(tmpdir(), 'threads-'));
let pool: WorkerPool;
beforeAll(() => {
  writeFileSync(join(folder, 'thread.mjs'), PROGRAM);
  pool = makeWorkerPool({
    program: pathToFileURL(join(folder, 'thread.mjs')),
    size: 1,
    hardLimitMs: 1500,
    resourceLimits: { maxOldGenerationSizeMb: 24 },
  });
});
afterAll(async () => {
  await pool.close();
  rmSync(folder, { recursive: true });
});

test.each([
  ['hang', 'TIME', 'took longer than 1.5 s'],
  ['eat', 'CRASH', 'ran out of its memory'],
  ['stop', 'CRASH', 'ended early'],
  ['complain', 'ERROR', 'no such letter'],
])('a letter that makes its thread %s fails alone; the one behind it is read', async (task, kind, message) => {
  const [bad, good] = await Promise.allSettled([pool.run(task), pool.run('the next')]);
  expect(bad).toMatchObject({ status: 'rejected', reason: { kind, message: expect.stringContaining(message) } });
  expect(good).toEqual({ status: 'fulfilled', value: 'read the next' });
});

test('a pool that is closed takes nothing more, and what waits is told', async () => {
  const closing = makeWorkerPool({
    program: pathToFileURL(join(folder, 'thread.mjs')),
    size: 1,
    hardLimitMs: 60_000,
    resourceLimits: {},
  });
  const answers = Promise.allSettled([closing.run('hang'), closing.run('behind')]);
  await closing.close();
  expect((await answers).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await expect(closing.run('late')).rejects.toMatchObject({ kind: 'ERROR' });
});
