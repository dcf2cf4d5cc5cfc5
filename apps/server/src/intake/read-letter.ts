import { recoverMail } from '@support-center/mail';
import type { Context } from '../platform/context.ts';
import { WorkerFailure } from '../platform/worker-pool.ts';
import type { UnderstandTask, UnderstoodMail } from './understood-mail.ts';

/** Time and memory that reading one letter may take; then its thread is ended and only that letter suffers. */
export const READING_BUDGET = {
  hardLimitMs: 15_000,
  resourceLimits: { maxOldGenerationSizeMb: 512, stackSizeMb: 4 },
} as const;

const UNREADABLE_TEXT = 'The message could not be read. Its source is kept whole: download it to see it.';

/**
 * Reads a letter in a thread of its own. A letter that breaks the reader or its budget comes back with what its headers
 * tell and the reason in `unreadable`; only a fault of the product itself (no thread, stopping) is thrown.
 */
export async function readLetter(ctx: Context, inboundMailId: string, bytes: Buffer): Promise<UnderstoodMail> {
  try {
    const task: UnderstandTask = { kind: 'understand', bytes, inboundMailId };
    return await ctx.workers.run<UnderstandTask, UnderstoodMail>(task);
  } catch (error) {
    if (!(error instanceof WorkerFailure)) throw error;
    ctx.log.warn({ inboundMailId, kind: error.kind }, 'a letter broke the reader; it becomes a ticket with its source');
    return unreadableMail(bytes, error.kind === 'TIME' ? 'reading it took too long' : 'it broke the reader');
  }
}

/** A letter of which only the headers are known. */
export function unreadableMail(bytes: Buffer, why: string): UnderstoodMail {
  return {
    mail: recoverMail(bytes),
    text: UNREADABLE_TEXT,
    newText: UNREADABLE_TEXT,
    html: null,
    htmlVersion: 0,
    blockedImages: 0,
    bodyHash: null,
    attachments: [],
    pgp: null,
    unreadable: why,
  };
}
