import { MoreThan } from 'typeorm';
import type { Context } from '../platform/context.ts';
import { releaseBlobs } from '../platform/release-blobs.ts';
import { OutgoingMail } from './outgoing-mail.entity.ts';

/**
 * Takes a mail out of the outbox before its delay is over, in the caller's transaction; it was never sent and never will
 * be. False: it has begun to go out, or was tried before.
 */
export async function withdrawMail(ctx: Context, outgoingMailId: string): Promise<boolean> {
  const mail = await ctx.db.findOne(OutgoingMail, {
    where: { id: outgoingMailId },
    select: { id: true, blobId: true },
  });
  const { affected } = await ctx.db.delete(OutgoingMail, {
    id: outgoingMailId,
    state: 'QUEUED',
    attempts: 0,
    nextAttemptAt: MoreThan(ctx.clock.now()),
  });
  if (affected !== 1) return false;
  await releaseBlobs(ctx, [mail!.blobId]);
  return true;
}
