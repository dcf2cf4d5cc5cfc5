import { MoreThan } from 'typeorm';
import type { Context } from '../platform/context.ts';
import { OutgoingMail } from './outgoing-mail.entity.ts';

/** Lets a mail that waits for its delay to end wait until then, in the caller's transaction. False: it has begun to go out, or was tried before. */
export async function postponeMail(ctx: Context, outgoingMailId: string, until: Date): Promise<boolean> {
  const { affected } = await ctx.db.update(
    OutgoingMail,
    { id: outgoingMailId, state: 'QUEUED', attempts: 0, nextAttemptAt: MoreThan(ctx.clock.now()) },
    { nextAttemptAt: until },
  );
  return affected === 1;
}
