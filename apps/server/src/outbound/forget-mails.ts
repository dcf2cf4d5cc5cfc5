import { In } from 'typeorm';
import type { Context } from '../platform/context.ts';
import { rowLock } from '../platform/database.ts';
import { AppError } from '../platform/errors.ts';
import { OutgoingMail } from './outgoing-mail.entity.ts';

const AT_ONCE = 500;
const MAX_DETAIL = 1000;

/**
 * Takes the words of mails away, in the caller's transaction: what was not sent never will be, of the others the row
 * remains with whom it went to and what became of it, for budgets and for reports that come back. Returns their blobs.
 * @throws AppError CONFLICT while the body of one is under way: then nothing may be changed
 */
export async function forgetMails(ctx: Context, mailIds: readonly string[], because: string): Promise<string[]> {
  const blobIds: string[] = [];
  for (let at = 0; at < mailIds.length; at += AT_ONCE)
    blobIds.push(...(await forgetSome(ctx, mailIds.slice(at, at + AT_ONCE), because.slice(0, MAX_DETAIL))));
  return blobIds;
}

async function forgetSome(ctx: Context, ids: readonly string[], because: string): Promise<string[]> {
  const lock = rowLock(ctx);
  const mails = await ctx.db.find(OutgoingMail, {
    where: { id: In([...ids]) },
    select: { id: true, state: true, phase: true, blobId: true },
    order: { id: 'ASC' },
    ...(lock ? { lock } : {}),
  });
  if (mails.some(({ state, phase }) => state === 'SENDING' && phase === 'DATA'))
    throw new AppError(
      'CONFLICT',
      'One of its mails is being handed to the mail server right now. Nothing was deleted; try again in a moment.',
    );
  const some = mails.map(({ id }) => id);
  // One that was claimed and not begun is taken back: without the claim no byte of its body goes out.
  await ctx.db.update(
    OutgoingMail,
    { id: In(some), state: In(['QUEUED', 'HELD', 'SENDING']) },
    { state: 'DISCARDED', claim: null, detail: because },
  );
  await ctx.db.update(OutgoingMail, { id: In(some) }, { subject: null, blobId: '', forgottenAt: ctx.clock.now() });
  return mails.map(({ blobId }) => blobId);
}
