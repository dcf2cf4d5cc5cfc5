import { In, Not } from 'typeorm';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { AppError, notFound } from '../platform/errors.ts';
import { readSettings } from '../settings/read-settings.ts';
import { lockTicket, saveTicket } from './lock-ticket.ts';
import { Message } from './message.entity.ts';
import { addParticipants, createTicket } from './open-ticket.ts';
import { senderOf } from './participants.ts';
import { relocateMessages, restAfterLeaving } from './relocate-messages.ts';
import { requireMayWork } from './ticket.policy.ts';
import type { TicketEvent } from './ticket-event.entity.ts';
import { addReason, recordEvent, standingEvent, standingOf } from './ticket-history.ts';

/**
 * Makes a ticket of its own of one letter: its sender is the requester, its Message-ID leads there from now on, and no
 * confirmation is sent. Asked for twice it is done once.
 * @throws AppError NOT_FOUND, FORBIDDEN, CONFLICT for what is no letter, and for the only one of its ticket
 */
export async function splitMessage(
  ctx: Context,
  { messageId, subject }: { messageId: string; subject?: string | null },
): Promise<TicketEvent> {
  requireMayWork(ctx.actor);
  return transact(ctx, async (ctx) => {
    const message = await ctx.db.findOneBy(Message, { id: messageId });
    if (!message) throw notFound('message');
    const done = await standingEvent(ctx, 'SPLIT', messageId);
    if (done && done.otherTicketId === message.ticketId) return done;
    if (message.kind !== 'INBOUND') throw new AppError('CONFLICT', 'Only a letter that came in can become a ticket.');
    const from = await lockTicket(ctx, message.ticketId);
    await requireOthers(ctx, message);
    const before = standingOf(from);
    const { supportEmail } = await readSettings(ctx);
    const to = await createTicket(ctx, {
      mailboxId: from.mailboxId,
      requester: { email: senderOf(message), name: message.fromName },
      subject: subject?.trim() || (message.subject ?? ''),
      at: message.createdAt,
      linkedToTicketId: from.id,
    });
    to.assigneeId = from.assigneeId;
    await addParticipants(ctx, to, message.cc, supportEmail);
    await relocateMessages(ctx, [messageId], from, to, { isMerge: false });
    await restAfterLeaving(ctx, from);
    await addReason(ctx, message, `split off from #${from.number} by hand`);
    await saveTicket(ctx, from);
    await saveTicket(ctx, to);
    return recordEvent(ctx, {
      ticketId: from.id,
      otherTicketId: to.id,
      kind: 'SPLIT',
      messageId,
      address: message.fromAddress,
      before: { messageIds: [messageId], ticket: before, ticketAfter: from.status, other: null, otherAfter: null },
    });
  });
}

/** A ticket without any mail would be left behind. @throws AppError CONFLICT */
export async function requireOthers(ctx: Context, { id, ticketId }: Message): Promise<void> {
  const others = await ctx.db.existsBy(Message, { ticketId, id: Not(id), kind: In(['INBOUND', 'REPLY']) });
  if (!others)
    throw new AppError(
      'CONFLICT',
      'This is the only letter of its ticket. Merge the ticket into another one instead; nothing was changed.',
    );
}
