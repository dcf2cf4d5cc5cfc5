import type { Context } from '../platform/context.ts';
import type { Campaign } from './campaign.entity.ts';
import { countRecipients, sentPerMinute } from './campaign-figures.ts';

/** When a running mailing will be done at the rate of the last minute; null: not running, or nothing was sent yet. */
export async function estimatedEnd(ctx: Context, campaign: Campaign): Promise<Date | null> {
  const rate = await sentPerMinute(ctx, campaign);
  if (!rate) return null;
  const { waiting, sending } = await countRecipients(ctx, campaign);
  return new Date(ctx.clock.now().getTime() + ((waiting + sending) / rate) * 60_000);
}
