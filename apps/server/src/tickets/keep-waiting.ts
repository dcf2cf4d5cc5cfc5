import { MoreThan } from 'typeorm';
import { requireAgent } from '../accounts/account.policy.ts';
import { postponeMail } from '../outbound/postpone-mail.ts';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { AppError, notFound } from '../platform/errors.ts';
import { emit } from '../platform/events.ts';
import { Message } from './message.entity.ts';
import { SentReply } from './sent-reply.entity.ts';
import { Ticket } from './ticket.entity.ts';
import { ticketChanged } from './ticket.events.ts';
import { requireMayWork } from './ticket.policy.ts';
import { TOO_LATE, type WaitingMail } from './undo-send.ts';

/** So much longer a mail waits from each wish on. */
const STEP_MS = 5000;
/** Longer than this after it was sent no mail waits, whoever still looks at it. */
const LONGEST_MS = 120_000;

/**
 * Lets a mail of the viewer that can still be taken back wait some seconds from now on, up to two minutes after it was
 * sent: for as long as somebody is about to press Undo. Whoever goes away says nothing more, and it goes.
 * @throws AppError NOT_FOUND, FORBIDDEN, CONFLICT when it has begun to go out
 */
export async function keepWaiting(ctx: Context, { messageId }: { messageId: string }): Promise<WaitingMail> {
  requireMayWork(ctx.actor);
  const agentId = requireAgent(ctx.actor);
  return transact(ctx, async (ctx) => {
    const message = await ctx.db.findOneBy(Message, { id: messageId });
    if (!message) throw notFound('message');
    const ticket = await ctx.db.findOneByOrFail(Ticket, { id: message.ticketId });
    const now = ctx.clock.now();
    const sent = await ctx.db.findOneBy(SentReply, { messageId, agentId, undoUntil: MoreThan(now) });
    if (!sent) throw new AppError('CONFLICT', TOO_LATE);
    const longest = message.createdAt.getTime() + LONGEST_MS;
    const undoUntil = new Date(Math.min(now.getTime() + STEP_MS, longest));
    if (undoUntil <= sent.undoUntil) return { message, ticket, undoUntil: sent.undoUntil };
    if (!(await postponeMail(ctx, message.outgoingMailId!, undoUntil))) throw new AppError('CONFLICT', TOO_LATE);
    await ctx.db.update(SentReply, { messageId }, { undoUntil });
    await emit(ctx, ticketChanged({ ticketId: ticket.id }));
    return { message, ticket, undoUntil };
  });
}
