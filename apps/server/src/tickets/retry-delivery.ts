import { requireScope } from '../accounts/account.policy.ts';
import type { OutgoingMail } from '../outbound/outgoing-mail.entity.ts';
import { discardMail, markMailDelivered, retryMail } from '../outbound/retry-mail.ts';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { AppError, notFound } from '../platform/errors.ts';
import { lockTicket, saveTicket } from './lock-ticket.ts';
import { Message } from './message.entity.ts';
import { requireMayWork } from './ticket.policy.ts';
import { moveTicket } from './ticket-status.ts';

type MailAct = (ctx: Context, mailId: string) => Promise<OutgoingMail>;

/** Sends a failed or unknown reply again, as the same mail. @throws AppError NOT_FOUND, FORBIDDEN, CONFLICT */
export async function retryDelivery(ctx: Context, { messageId }: { messageId: string }): Promise<Message> {
  return onMessage(ctx, messageId, retryMail);
}

/** Takes the agent's word that an unknown mail arrived. @throws AppError NOT_FOUND, FORBIDDEN, CONFLICT */
export async function markDelivered(ctx: Context, { messageId }: { messageId: string }): Promise<Message> {
  return onMessage(ctx, messageId, markMailDelivered);
}

/** As retryDelivery, for any outgoing mail that belongs to no mailing. Administrators. @throws AppError NOT_FOUND, FORBIDDEN, CONFLICT */
export async function retryOutgoing(ctx: Context, outgoingMailId: string): Promise<OutgoingMail> {
  return onMail(ctx, outgoingMailId, retryMail);
}

/** As markDelivered, for any outgoing mail. Administrators. @throws AppError NOT_FOUND, FORBIDDEN, CONFLICT */
export async function markOutgoingSent(ctx: Context, outgoingMailId: string): Promise<OutgoingMail> {
  return onMail(ctx, outgoingMailId, markMailDelivered);
}

/** Gives up a mail that was not sent; its ticket waits for an answer again. Administrators. @throws AppError NOT_FOUND, FORBIDDEN, CONFLICT */
export async function discardOutgoing(ctx: Context, outgoingMailId: string): Promise<OutgoingMail> {
  requireScope(ctx.actor, 'settings:write');
  return transact(ctx, (ctx) => discardMail(ctx, outgoingMailId));
}

async function onMail(ctx: Context, outgoingMailId: string, act: MailAct): Promise<OutgoingMail> {
  requireScope(ctx.actor, 'settings:write');
  return transact(ctx, async (ctx) => {
    const message = await ctx.db.findOneBy(Message, { outgoingMailId });
    if (!message) return act(ctx, outgoingMailId);
    return actOn(ctx, message, act);
  });
}

async function onMessage(ctx: Context, messageId: string, act: MailAct): Promise<Message> {
  requireMayWork(ctx.actor);
  return transact(ctx, async (ctx) => {
    const message = await ctx.db.findOneBy(Message, { id: messageId });
    if (!message) throw notFound('message');
    if ((message.kind !== 'REPLY' && message.kind !== 'FORWARD') || !message.outgoingMailId)
      throw new AppError('CONFLICT', 'Only a reply can be sent again.');
    await actOn(ctx, message, act);
    return message;
  });
}

/** The ticket is answered again with its last reply, unless the requester wrote since. */
async function actOn(ctx: Context, message: Message, act: MailAct): Promise<OutgoingMail> {
  const ticket = await lockTicket(ctx, message.ticketId);
  const mail = await act(ctx, message.outgoingMailId!);
  if (ticket.lastReplyId === message.id && ticket.status === 'OPEN' && ticket.lastInboundAt <= message.createdAt) {
    moveTicket(ticket, 'reply', ctx.clock.now());
  }
  await saveTicket(ctx, ticket);
  return mail;
}
