import { optOut } from '../outbound/address-state.ts';
import { discardCampaignMail } from '../outbound/campaign-mail.ts';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { CampaignRecipient } from './campaign-recipient.entity.ts';
import type { Unsubscriber } from './unsubscribe-token.ts';

/**
 * Sends no more mass mail to this address from now on, not even what waits already; a mail that is being handed over
 * right now ends as it ends. Saying it twice changes nothing.
 */
export async function unsubscribe(ctx: Context, { recipientId, address }: Unsubscriber): Promise<void> {
  await transact(ctx, async (ctx) => {
    await optOut(ctx, address);
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
