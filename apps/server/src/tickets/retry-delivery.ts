import type { OutgoingMail } from '../outbound/outgoing-mail.entity.ts';
import { markMailDelivered, retryMail } from '../outbound/retry-mail.ts';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { AppError, notFound } from '../platform/errors.ts';
import { lockTicket, saveTicket } from './lock-ticket.ts';
import { Message } from './message.entity.ts';
import { requireMayWork } from './ticket.policy.ts';
import { moveTicket } from './ticket-status.ts';

/** Sends a failed or unknown reply again, as the same mail. @throws AppError NOT_FOUND, FORBIDDEN, CONFLICT */
export async function retryDelivery(ctx: Context, { messageId }: { messageId: string }): Promise<Message> {
  return onMail(ctx, messageId, retryMail);
}

/** Takes the agent's word that an unknown mail arrived. @throws AppError NOT_FOUND, FORBIDDEN, CONFLICT */
export async function markDelivered(ctx: Context, { messageId }: { messageId: string }): Promise<Message> {
  return onMail(ctx, messageId, markMailDelivered);
}

async function onMail(
  ctx: Context,
  messageId: string,
  act: (ctx: Context, mailId: string) => Promise<OutgoingMail>,
): Promise<Message> {
  requireMayWork(ctx.actor);
  return transact(ctx, async (ctx) => {
    const message = await ctx.db.findOneBy(Message, { id: messageId });
    if (!message) throw notFound('message');
    if (message.kind !== 'REPLY' || !message.outgoingMailId)
      throw new AppError('CONFLICT', 'Only a reply can be sent again.');
    const ticket = await lockTicket(ctx, message.ticketId);
    await act(ctx, message.outgoingMailId);
    if (ticket.lastReplyId === message.id && ticket.status === 'OPEN' && ticket.lastInboundAt <= message.createdAt) {
      moveTicket(ticket, 'reply', ctx.clock.now());
    }
    await saveTicket(ctx, ticket);
    return message;
  });
}
