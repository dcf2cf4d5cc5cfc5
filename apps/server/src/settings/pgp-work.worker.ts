import { parentPort } from 'node:worker_threads';
import { type OpenTask, runKeyTask, type SealTask } from './pgp-work.ts';

// The thread that holds private keys: it opens and seals, and reads no HTML, no MIME, no database and no network.
parentPort!.on('message', async (task: OpenTask | SealTask) => {
  try {
    parentPort!.postMessage({ result: await runKeyTask(task) });
  } catch (error) {
    parentPort!.postMessage({ error: error instanceof Error ? error.name : 'failed' });
  }
});
