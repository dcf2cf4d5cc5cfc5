import type { Context } from '../platform/context.ts';
import { WorkerFailure } from '../platform/worker-pool.ts';
import { readPgpSecrets } from './pgp-keys.ts';
import type { Opening, OpenTask, SealedPiece, SealResult, SealTask } from './pgp-work.ts';

/** Time and memory for opening or sealing one letter; then the thread is ended and its keys with it. */
export const KEY_WORK_BUDGET = {
  hardLimitMs: 30_000,
  resourceLimits: { maxOldGenerationSizeMb: 512, stackSizeMb: 4 },
} as const;

/** Opens pieces of a letter in the thread that holds our keys; one that takes too long comes back as not opened. */
export async function openWithOurKeys(
  ctx: Context,
  pieces: readonly SealedPiece[],
  { publicKeys, from }: Pick<OpenTask, 'publicKeys' | 'from'>,
): Promise<Opening[]> {
  const secrets = await readPgpSecrets(ctx);
  try {
    const task: OpenTask = { kind: 'open', pieces, secrets, publicKeys, from, now: ctx.clock.now() };
    return await ctx.keyWorkers.run<OpenTask, Opening[]>(task);
  } catch (error) {
    if (!(error instanceof WorkerFailure)) throw error;
    ctx.log.warn({ kind: error.kind }, 'opening an encrypted letter broke its budget');
    const explanation = 'Not opened: opening it took too much time or memory.';
    return pieces.map(({ id }) => ({ id, result: { ok: false, code: 'TIMED_OUT', explanation, keyIds: [] } }));
  }
}

/** Encrypts a MIME entity in the thread that holds our keys. @throws WorkerFailure when that thread is ended */
export async function sealWithOurKey(ctx: Context, task: Omit<SealTask, 'kind' | 'now'>): Promise<SealResult> {
  return ctx.keyWorkers.run<SealTask, SealResult>({ kind: 'seal', now: ctx.clock.now(), ...task });
}
