import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { AppError, invalidInput, notFound } from '../platform/errors.ts';
import { lockTickets, saveTicket } from './lock-ticket.ts';
import { Message } from './message.entity.ts';
import { senderOf, takesPart } from './participants.ts';
import { relocateMessages, restAfterLeaving } from './relocate-messages.ts';
import { requireOthers } from './split-message.ts';
import type { Ticket } from './ticket.entity.ts';
import { requireMayWork } from './ticket.policy.ts';
import type { TicketEvent } from './ticket-event.entity.ts';
import { addReason, recordEvent, standingEvent, standingOf } from './ticket-history.ts';
import { moveTicket } from './ticket-status.ts';

/**
 * Puts one letter or note into another ticket; later answers to it find that ticket. A letter that is newer than our
 * last answer there opens that ticket, as a follow-up does. Asked for twice it is done once.
 * @throws AppError NOT_FOUND, FORBIDDEN, INVALID_INPUT, CONFLICT for replies, for the only letter of a ticket, and for merged tickets
 */
export async function moveMessage(
  ctx: Context,
  { messageId, ticketId }: { messageId: string; ticketId: string },
): Promise<TicketEvent> {
  requireMayWork(ctx.actor);
  return transact(ctx, async (ctx) => {
    const message = await ctx.db.findOneBy(Message, { id: messageId });
    if (!message) throw notFound('message');
    if (message.ticketId === ticketId) {
      const done = await standingEvent(ctx, 'MOVE', messageId);
      if (done?.otherTicketId === ticketId) return done;
      throw invalidInput([{ path: 'ticketId', message: 'The message stands in this ticket already.' }]);
    }
    if (message.kind !== 'INBOUND' && message.kind !== 'NOTE')
      throw new AppError('CONFLICT', 'A mail of ours stays in the ticket that it was sent for.');
    const [from, to] = await lockTickets(ctx, [message.ticketId, ticketId]);
    if (message.kind === 'INBOUND') await requireOthers(ctx, message);
    const [before, other] = [standingOf(from!), standingOf(to!)];
    const lastAnswer = to!.lastReplyId && (await ctx.db.findOneBy(Message, { id: to!.lastReplyId }));
    await relocateMessages(ctx, [messageId], from!, to!, { isMerge: false });
    await restAfterLeaving(ctx, from!);
    if (message.kind === 'INBOUND' && (!lastAnswer || message.createdAt > lastAnswer.createdAt))
      await openFor(ctx, to!, message);
    await addReason(ctx, message, `moved here from #${from!.number} by hand`);
    await saveTicket(ctx, from!);
    await saveTicket(ctx, to!);
    return recordEvent(ctx, {
      ticketId: from!.id,
      otherTicketId: to!.id,
      kind: 'MOVE',
      messageId,
      address: message.fromAddress,
      before: {
        messageIds: [messageId],
        ticket: before,
        ticketAfter: from!.status,
        other,
        otherAfter: to!.status,
      },
    });
  });
}

/** As a follow-up does: that of a new sender opens only what is closed. */
async function openFor(ctx: Context, ticket: Ticket, message: Message): Promise<void> {
  if (ticket.status === 'CLOSED' || (await takesPart(ctx, ticket, senderOf(message))))
    moveTicket(ticket, 'follow-up', ctx.clock.now());
}
