import { In } from 'typeorm';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { AppError, notFound } from '../platform/errors.ts';
import { lockTicketRow, saveTicket } from './lock-ticket.ts';
import { Message } from './message.entity.ts';
import { Participant } from './participant.entity.ts';
import { relocateMessages } from './relocate-messages.ts';
import type { Ticket } from './ticket.entity.ts';
import { requireMayWork } from './ticket.policy.ts';
import { TicketEvent } from './ticket-event.entity.ts';
import { addReason, restoreStanding } from './ticket-history.ts';
import { moveTicket } from './ticket-status.ts';

/**
 * Takes back a split, a move, a merge or an added sender: the messages go back where they came from, and states that
 * nobody has changed since are as before. What was written meanwhile stays where it is. Done twice it is done once.
 * @throws AppError NOT_FOUND, FORBIDDEN, CONFLICT when the messages have gone elsewhere meanwhile
 */
export async function undoTicketEvent(ctx: Context, { eventId }: { eventId: string }): Promise<TicketEvent> {
  requireMayWork(ctx.actor);
  return transact(ctx, async (ctx) => {
    const event = await ctx.db.findOneBy(TicketEvent, { id: eventId });
    if (!event) throw notFound('event');
    if (event.undoneAt) return event;
    const ticket = await lockTicketRow(ctx, event.ticketId);
    if (event.kind === 'ADD_SENDER') await removeSender(ctx, event);
    else await putBack(ctx, event, ticket);
    await saveTicket(ctx, ticket);
    event.undoneAt = ctx.clock.now();
    await ctx.db.update(TicketEvent, { id: event.id }, { undoneAt: event.undoneAt });
    return event;
  });
}

async function removeSender(ctx: Context, { ticketId, address, before }: TicketEvent): Promise<void> {
  await ctx.db.delete(Participant, { ticketId, address: address! });
  if (before.messageIds.length > 0)
    await ctx.db.update(Message, { id: In([...before.messageIds]), ticketId }, { newSender: true });
}

async function putBack(ctx: Context, event: TicketEvent, ticket: Ticket): Promise<void> {
  const other = await whereTheyAre(ctx, event);
  if (event.kind === 'MERGE') ticket.mergedIntoId = null;
  if (ticket.mergedIntoId)
    throw new AppError('CONFLICT', `#${ticket.number} was merged into another ticket meanwhile. Take that back first.`);
  const there = await ctx.db.find(Message, {
    where: { ticketId: other.id },
    select: { id: true, kind: true, reasons: true },
  });
  const theirs = new Set(event.before.messageIds);
  const ids = there.filter(({ id }) => theirs.has(id)).map(({ id }) => id);
  if (event.kind === 'SPLIT' && ids.length < there.length)
    throw new AppError(
      'CONFLICT',
      `More was written in #${other.number} since. Merge it into #${ticket.number} instead.`,
    );
  await relocateMessages(ctx, ids, other, ticket, { isMerge: event.kind === 'MERGE' });
  const { before } = event;
  if (ticket.status === before.ticketAfter) restoreStanding(ticket, before.ticket);
  if (before.other && other.status === before.otherAfter) restoreStanding(other, before.other);
  if (event.kind === 'SPLIT') {
    moveTicket(other, 'close', ctx.clock.now());
    other.mergedIntoId = ticket.id;
  }
  if (event.messageId) {
    const message = there.find(({ id }) => id === event.messageId);
    if (message) await addReason(ctx, message, `came back from #${other.number}`);
  }
  await saveTicket(ctx, other);
}

/** The ticket that the messages went to, or the one that it has been merged into since. @throws AppError CONFLICT */
async function whereTheyAre(ctx: Context, { messageId, otherTicketId }: TicketEvent): Promise<Ticket> {
  const message = messageId && (await ctx.db.findOneBy(Message, { id: messageId }));
  let other = await lockTicketRow(ctx, otherTicketId!);
  const seen = new Set([other.id]);
  while (other.mergedIntoId && !seen.has(other.mergedIntoId)) {
    seen.add(other.mergedIntoId);
    other = await lockTicketRow(ctx, other.mergedIntoId);
  }
  if (message && message.ticketId !== other.id)
    throw new AppError('CONFLICT', 'The message has gone to another ticket meanwhile. Nothing was changed.');
  return other;
}
