import { requireScope } from '../accounts/account.policy.ts';
import { OutgoingMail } from '../outbound/outgoing-mail.entity.ts';
import { retryMail } from '../outbound/retry-mail.ts';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { AppError, notFound } from '../platform/errors.ts';
import { CampaignRecipient } from './campaign-recipient.entity.ts';

/** Sends the refused mail to an addressee again, as the same mail. One that may have arrived is not sent twice. @throws AppError NOT_FOUND, CONFLICT */
export async function retryRecipient(ctx: Context, recipientId: string): Promise<CampaignRecipient> {
  requireScope(ctx.actor, 'mail:send');
  return transact(ctx, async (ctx) => {
    const recipient = await ctx.db.findOneBy(CampaignRecipient, { id: recipientId });
    if (!recipient) throw notFound('addressee');
    const mail = await ctx.db.findOneBy(OutgoingMail, { id: recipientId });
    if (mail?.state !== 'FAILED')
      throw new AppError('CONFLICT', 'Only a refused mail can be sent again. Nothing was changed.');
    await retryMail(ctx, recipientId);
    return recipient;
  });
}
