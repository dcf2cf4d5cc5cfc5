import { requireScope } from '../accounts/account.policy.ts';
import { findAddressStates } from '../outbound/address-state.ts';
import { holdCampaign } from '../outbound/campaign-mail.ts';
import { OutgoingMail } from '../outbound/outgoing-mail.entity.ts';
import { retryMail } from '../outbound/retry-mail.ts';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { AppError, notFound } from '../platform/errors.ts';
import { readSettings } from '../settings/read-settings.ts';
import { retryOutgoing } from '../tickets/retry-delivery.ts';
import { CampaignRecipient } from './campaign-recipient.entity.ts';
import { exclusionOf, exclusionRules, exclusionWords } from './exclusion.ts';
import { lockCampaign } from './lock-campaign.ts';

/** Sends the refused mail to an addressee again, as the same mail. One that may have arrived is not sent twice. @throws AppError NOT_FOUND, CONFLICT */
export async function retryRecipient(ctx: Context, recipientId: string): Promise<CampaignRecipient> {
  requireScope(ctx.actor, 'mail:send');
  return transact(ctx, async (ctx) => {
    const recipient = await ctx.db.findOneBy(CampaignRecipient, { id: recipientId });
    if (!recipient) throw notFound('addressee');
    if (!(await ctx.db.existsBy(OutgoingMail, { id: recipientId, state: 'FAILED' })))
      throw new AppError('CONFLICT', 'Only a refused mail can be sent again. Nothing was changed.');
    await retryMailTo(ctx, recipient);
    return recipient;
  });
}

/**
 * Sends any outgoing mail again, as the same mail; one of a mailing only as far as that mailing still goes. For the page
 * Sending. @throws AppError NOT_FOUND, FORBIDDEN, CONFLICT
 */
export async function retryOutgoingMail(ctx: Context, outgoingMailId: string): Promise<OutgoingMail> {
  requireScope(ctx.actor, 'settings:write');
  return transact(ctx, async (ctx) => {
    const recipient = await ctx.db.findOneBy(CampaignRecipient, { id: outgoingMailId });
    return recipient ? retryMailTo(ctx, recipient) : retryOutgoing(ctx, outgoingMailId);
  });
}

/** Of a stopped mailing nothing is sent; of a paused one it waits with the others; and never to who got on no list any more. */
async function retryMailTo(ctx: Context, { id, campaignId, address }: CampaignRecipient): Promise<OutgoingMail> {
  const { state } = await lockCampaign(ctx, campaignId);
  if (state === 'STOPPED')
    throw new AppError('CONFLICT', 'This mailing was stopped, so nothing more of it is sent. Nothing was changed.');
  const why = exclusionOf(address, await findAddressStates(ctx, [address]), exclusionRules(await readSettings(ctx)));
  if (why !== null) throw new AppError('CONFLICT', `${address} ${exclusionWords[why]}. Nothing was sent.`);
  const mail = await retryMail(ctx, id);
  if (state !== 'PAUSED') return mail;
  await holdCampaign(ctx, campaignId);
  return ctx.db.findOneByOrFail(OutgoingMail, { id });
}
