import { In } from 'typeorm';
import type { Context } from '../platform/context.ts';
import { emit } from '../platform/events.ts';
import { deliverySettled } from './outbound.events.ts';
import { OutgoingMail } from './outgoing-mail.entity.ts';

/**
 * Somebody answered mails with these Message-IDs, so they arrived: of unknown fate until now, they are SENT. In the
 * caller's transaction; the ids must be verified as ours.
 */
export async function confirmArrival(ctx: Context, messageIds: readonly string[]): Promise<void> {
  if (messageIds.length === 0) return;
  const unknown = await ctx.db.findBy(OutgoingMail, { messageId: In([...messageIds]), state: 'UNKNOWN' });
  for (const { id, kind, campaignId } of unknown) {
    await ctx.db.update(
      OutgoingMail,
      { id, state: 'UNKNOWN' },
      { state: 'SENT', sentAt: ctx.clock.now(), detail: 'It arrived: an answer to it has come in.' },
    );
    if (!campaignId) await emit(ctx, deliverySettled({ outgoingMailId: id, kind, state: 'SENT' }));
  }
}
