import { parentPort } from 'node:worker_threads';
import { understandMail } from './understand-mail.ts';
import type { UnderstandTask } from './understood-mail.ts';

// The reading thread: one letter in, one understood letter out. It knows no key, no database and no network.
parentPort!.on('message', async (task: UnderstandTask) => {
  try {
    parentPort!.postMessage({ result: await understandMail(task) });
  } catch (error) {
    parentPort!.postMessage({ error: error instanceof Error ? error.message : String(error) });
  }
});
