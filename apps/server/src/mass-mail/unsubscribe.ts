import { In } from 'typeorm';
import { optOut } from '../outbound/address-state.ts';
import { discardCampaignMail } from '../outbound/campaign-mail.ts';
import type { Context } from '../platform/context.ts';
import { rowLock, transact } from '../platform/database.ts';
import { Campaign } from './campaign.entity.ts';
import { CampaignRecipient } from './campaign-recipient.entity.ts';
import type { Unsubscriber } from './unsubscribe-token.ts';

/**
 * Sends no more mass mail to this address from now on, not even what waits already; a mail that is being handed over
 * right now ends as it ends. Saying it twice changes nothing.
 */
export async function unsubscribe(ctx: Context, { recipientId, address }: Unsubscriber): Promise<void> {
  await transact(ctx, async (ctx) => {
    await optOut(ctx, address);
    await holdMailings(ctx, address);
    const recipients = await ctx.db.findBy(CampaignRecipient, { address });
    for (const { id, state, unsubscribedAt } of recipients) {
      const isAsked = id === recipientId && unsubscribedAt === null;
      if (isAsked) await ctx.db.update(CampaignRecipient, { id }, { unsubscribedAt: ctx.clock.now() });
      if (state === 'WAITING' || (state === 'QUEUED' && (await discardCampaignMail(ctx, id)))) {
        await ctx.db.update(
          CampaignRecipient,
          { id },
          { state: 'SKIPPED', skippedBecause: 'wants no more of these mails' },
        );
      }
    }
  });
}

/** While a mailing makes mails it is locked: whose mail is being made right now is read as one whose mail is there. */
async function holdMailings(ctx: Context, address: string): Promise<void> {
  const lock = rowLock(ctx);
  const waiting = await ctx.db.findBy(CampaignRecipient, { address, state: 'WAITING' });
  if (waiting.length === 0 || !lock) return;
  const ids = waiting.map(({ campaignId }) => campaignId);
  await ctx.db.find(Campaign, { where: { id: In(ids) }, select: { id: true }, order: { id: 'ASC' }, lock });
}
