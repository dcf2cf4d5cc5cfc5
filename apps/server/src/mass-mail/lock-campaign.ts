import type { Context } from '../platform/context.ts';
import { rowLock } from '../platform/database.ts';
import { notFound } from '../platform/errors.ts';
import { Campaign } from './campaign.entity.ts';

/** The mailing, locked for the rest of the caller's transaction. @throws AppError NOT_FOUND */
export async function lockCampaign(ctx: Context, id: string): Promise<Campaign> {
  const lock = rowLock(ctx);
  const campaign = await ctx.db.findOne(Campaign, { where: { id }, ...(lock ? { lock } : {}) });
  if (!campaign) throw notFound('mailing');
  return campaign;
}
