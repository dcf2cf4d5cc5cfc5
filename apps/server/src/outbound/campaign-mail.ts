import { In } from 'typeorm';
import type { Context } from '../platform/context.ts';
import { OutgoingMail } from './outgoing-mail.entity.ts';

/** Keeps the waiting mails of a mailing back, in the caller's transaction; those being handed over now come to their end. Returns how many. */
export async function holdCampaign(ctx: Context, campaignId: string): Promise<number> {
  const { affected } = await ctx.db.update(OutgoingMail, { campaignId, state: 'QUEUED' }, { state: 'HELD' });
  return affected ?? 0;
}

/** Lets held mails of a mailing go on, in the caller's transaction. Returns how many. */
export async function releaseCampaign(ctx: Context, campaignId: string): Promise<number> {
  const { affected } = await ctx.db.update(OutgoingMail, { campaignId, state: 'HELD' }, { state: 'QUEUED' });
  ctx.transaction!.wakes.add('mail');
  return affected ?? 0;
}

/** Gives up what of a mailing was not begun, in the caller's transaction; it is never sent. Returns how many. */
export async function discardCampaign(ctx: Context, campaignId: string): Promise<number> {
  const { affected } = await ctx.db.update(
    OutgoingMail,
    { campaignId, state: In(['QUEUED', 'HELD']) },
    { state: 'DISCARDED' },
  );
  return affected ?? 0;
}

/** Gives up one mail that was not begun, in the caller's transaction. Whether it was given up: one that has begun ends as it ends. */
export async function discardCampaignMail(ctx: Context, id: string): Promise<boolean> {
  const { affected } = await ctx.db.update(
    OutgoingMail,
    { id, kind: 'CAMPAIGN', state: In(['QUEUED', 'HELD']) },
    { state: 'DISCARDED' },
  );
  return affected !== 0;
}

/** How many mails of a mailing wait to be sent or are being sent now. Costs as much as those are, however large the mailing. */
export async function countUnderWay(ctx: Context, campaignId: string): Promise<number> {
  return ctx.db.countBy(OutgoingMail, { campaignId, state: In(['QUEUED', 'SENDING']) });
}
