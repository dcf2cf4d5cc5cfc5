import { readWholeBlob } from '../platform/blobs.ts';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { defineJob } from '../platform/jobs.ts';
import { readSettings } from '../settings/read-settings.ts';
import { fileMail } from './file-mail.ts';
import { InboundMail } from './inbound-mail.entity.ts';
import { readLetter, unreadableMail } from './read-letter.ts';
import type { UnderstoodMail } from './understood-mail.ts';

/** Letters that are read side by side and filed in one transaction. */
const BATCH = 25;
/** A letter whose reading began so often without an end is held. */
export const MAX_ATTEMPTS = 3;

/**
 * Understands and files what was collected, oldest first, so that a follow-up finds the ticket of the letter before it.
 * Safe to run twice: only letters in state COLLECTED are taken, and fate and ticket are written in one transaction.
 */
export const processMail = defineJob<null>({
  name: 'process-mail',
  async run(ctx, _payload, { signal }) {
    while (!signal.aborted && (await processBatch(ctx)) > 0);
  },
});

/** Understands and files one batch. Returns how many letters got their fate. */
export async function processBatch(ctx: Context): Promise<number> {
  const batch = await beginAttempts(ctx);
  if (batch.length === 0) return 0;
  const understood = await Promise.all(batch.map((inbound) => understand(ctx, inbound)));
  try {
    await transact(ctx, async (ctx) => {
      const settings = await readSettings(ctx);
      for (const [i, inbound] of batch.entries()) await fileMail(ctx, inbound, understood[i]!, settings);
    });
  } catch (error) {
    if (batch.length === 1) throw error;
    ctx.log.warn({ err: error, letters: batch.length }, 'a batch could not be filed; its letters are filed one by one');
    for (const [i, inbound] of batch.entries()) await fileAlone(ctx, inbound, understood[i]!);
  }
  return batch.length;
}

/** Counts the attempt before it begins, so that a letter which kills the process is counted too. */
async function beginAttempts(ctx: Context): Promise<InboundMail[]> {
  return transact(ctx, async (ctx) => {
    const waiting = await ctx.db.find(InboundMail, {
      where: { fate: 'COLLECTED' },
      order: { receivedAt: 'ASC', id: 'ASC' },
      take: BATCH,
    });
    const poison = waiting.filter((inbound) => inbound.attempts >= MAX_ATTEMPTS);
    for (const { id } of poison) {
      await ctx.db.update(
        InboundMail,
        { id },
        { fate: 'HELD', reason: `held: reading it failed ${MAX_ATTEMPTS} times; its source is kept` },
      );
    }
    const batch = waiting.filter((inbound) => inbound.attempts < MAX_ATTEMPTS);
    // Letters that failed before are read alone, so that they take no others with them.
    const suspects = batch.filter((inbound) => inbound.attempts > 0);
    const chosen = suspects.length > 0 ? suspects.slice(0, 1) : batch;
    for (const { id } of chosen) await ctx.db.increment(InboundMail, { id }, 'attempts', 1);
    return chosen;
  });
}

async function understand(ctx: Context, inbound: InboundMail): Promise<UnderstoodMail> {
  const bytes = await readWholeBlob(ctx, inbound.rawBlobId);
  if (!inbound.leftOnServer) return readLetter(ctx, inbound.id, bytes);
  const megabytes = (inbound.sizeBytes / 1024 / 1024).toFixed(1);
  const text = `A letter of ${megabytes} MB was left on the mail server because it is too large. Only its headers were fetched.`;
  return {
    ...unreadableMail(bytes, `it is too large (${megabytes} MB) and was left on the mail server`),
    text,
    newText: text,
  };
}

async function fileAlone(ctx: Context, inbound: InboundMail, understood: UnderstoodMail): Promise<void> {
  try {
    await transact(ctx, async (ctx) => fileMail(ctx, inbound, understood, await readSettings(ctx)));
  } catch (error) {
    // The letter keeps its state and its counted attempt; after the third it is held.
    ctx.log.error({ err: error, inboundMailId: inbound.id }, 'a letter could not be filed');
  }
}
