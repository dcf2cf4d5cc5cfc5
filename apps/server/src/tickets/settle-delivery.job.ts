import { type DeliveryState, OutgoingMail } from '../outbound/outgoing-mail.entity.ts';
import { transact } from '../platform/database.ts';
import { defineJob } from '../platform/jobs.ts';
import { readSettings } from '../settings/read-settings.ts';
import { isLastWordOurs } from './closes-at.ts';
import { lockTicket, saveTicket } from './lock-ticket.ts';
import { Message } from './message.entity.ts';
import { sendCloseNotice } from './send-close-notice.ts';
import { moveTicket } from './ticket-status.ts';

/** The requester has not got the mail, and will not get it. */
const NOT_THERE: readonly DeliveryState[] = ['FAILED', 'BOUNCED', 'DISCARDED'];

/**
 * What a delivery means for its ticket: taken, it closes a ticket that is to close at once; failed, it brings an
 * answered ticket back to the main queue. Safe to run twice: it looks at the states of now.
 */
export const settleDelivery = defineJob<{ outgoingMailId: string }>({
  name: 'settle-delivery',
  async run(ctx, { outgoingMailId }) {
    await transact(ctx, async (ctx) => {
      const message = await ctx.db.findOneBy(Message, { outgoingMailId });
      const mail = await ctx.db.findOneBy(OutgoingMail, { id: outgoingMailId });
      if (!message || !mail) return;
      const ticket = await lockTicket(ctx, message.ticketId);
      const isLastWord = message.kind === 'REPLY' && ticket.lastReplyId === message.id && ticket.answeredAt !== null;
      if (isLastWord && mail.state === 'SENT') {
        const { closeAnsweredAfterDays } = await readSettings(ctx);
        const isToClose = ticket.closeWhenSent || closeAnsweredAfterDays === null;
        if (isToClose && isLastWordOurs(ticket)) {
          moveTicket(ticket, 'close', ctx.clock.now());
          await sendCloseNotice(ctx, ticket);
        }
      }
      if (isLastWord && NOT_THERE.includes(mail.state)) moveTicket(ticket, 'delivery-failed', ctx.clock.now());
      await saveTicket(ctx, ticket);
    });
  },
});
