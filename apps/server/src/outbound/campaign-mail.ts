import { In, IsNull } from 'typeorm';
import type { Context } from '../platform/context.ts';
import { OutgoingMail } from './outgoing-mail.entity.ts';

/**
 * What the sender has in hand and has not begun: taken from under it, the fence of its claim keeps it from beginning.
 */
const CLAIMED = { state: 'SENDING', phase: 'CONNECT' } as const;
/** What nothing can be done about any more, but that it is not tried another time. */
const BEGUN = { state: 'SENDING', phase: 'DATA' } as const;

/**
 * Keeps the mails of a mailing back whose body has not begun, in the caller's transaction; the others come to their
 * end. Returns how many.
 */
export async function holdCampaign(ctx: Context, campaignId: string): Promise<number> {
  const waiting = await ctx.db.update(OutgoingMail, { campaignId, state: 'QUEUED' }, { state: 'HELD' });
  const claimed = await ctx.db.update(
    OutgoingMail,
    { campaignId, ...CLAIMED },
    { state: 'HELD', claim: null, attempts: () => 'attempts - 1' },
  );
  await ctx.db.update(OutgoingMail, { campaignId, ...BEGUN, insteadOfRetry: IsNull() }, { insteadOfRetry: 'HELD' });
  ctx.transaction!.wakes.add('mail');
  return (waiting.affected ?? 0) + (claimed.affected ?? 0);
}

/** Lets held mails of a mailing go on, in the caller's transaction. Returns how many. */
export async function releaseCampaign(ctx: Context, campaignId: string): Promise<number> {
  const { affected } = await ctx.db.update(OutgoingMail, { campaignId, state: 'HELD' }, { state: 'QUEUED' });
  await ctx.db.update(OutgoingMail, { campaignId, ...BEGUN, insteadOfRetry: 'HELD' }, { insteadOfRetry: null });
  ctx.transaction!.wakes.add('mail');
  return affected ?? 0;
}

/** Gives up what of a mailing was not begun, in the caller's transaction; it is never sent. Returns how many. */
export async function discardCampaign(ctx: Context, campaignId: string): Promise<number> {
  return discard(ctx, { campaignId });
}

/** Gives up one mail that was not begun, in the caller's transaction. Whether it was given up: one that has begun ends as it ends, and is not tried another time. */
export async function discardCampaignMail(ctx: Context, id: string): Promise<boolean> {
  return (await discard(ctx, { id })) > 0;
}

async function discard(ctx: Context, which: { id: string } | { campaignId: string }): Promise<number> {
  const { affected } = await ctx.db.update(
    OutgoingMail,
    [
      { ...which, kind: 'CAMPAIGN', state: In(['QUEUED', 'HELD']) },
      { ...which, kind: 'CAMPAIGN', ...CLAIMED },
    ],
    { state: 'DISCARDED', claim: null },
  );
  await ctx.db.update(OutgoingMail, { ...which, kind: 'CAMPAIGN', ...BEGUN }, { insteadOfRetry: 'DISCARDED' });
  ctx.transaction!.wakes.add('mail');
  return affected ?? 0;
}

/** How many mails of a mailing wait to be sent or are being sent now. Costs as much as those are, however large the mailing. */
export async function countUnderWay(ctx: Context, campaignId: string): Promise<number> {
  return ctx.db.countBy(OutgoingMail, { campaignId, state: In(['QUEUED', 'SENDING']) });
}
