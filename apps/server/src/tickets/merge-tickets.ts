import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { AppError, invalidInput } from '../platform/errors.ts';
import { Draft } from './draft.entity.ts';
import { lockTickets, saveTicket } from './lock-ticket.ts';
import { Message } from './message.entity.ts';
import { relocateMessages } from './relocate-messages.ts';
import { Ticket } from './ticket.entity.ts';
import { requireMayWork } from './ticket.policy.ts';
import { TicketEvent } from './ticket-event.entity.ts';
import { recordEvent, standingOf } from './ticket-history.ts';
import { moveTicket } from './ticket-status.ts';

/**
 * Puts everything of a ticket into another one. The emptied ticket is closed and leads there, and so do answers to it.
 * Its people take no part in the other ticket by that: nothing is quoted or sent to them until an agent adds them.
 * Asked for twice it is done once.
 * @throws AppError NOT_FOUND, FORBIDDEN, INVALID_INPUT for a ticket into itself, CONFLICT when either was merged before
 */
export async function mergeTickets(
  ctx: Context,
  { ticketId, intoTicketId }: { ticketId: string; intoTicketId: string },
): Promise<TicketEvent> {
  requireMayWork(ctx.actor);
  if (ticketId === intoTicketId)
    throw invalidInput([{ path: 'intoTicketId', message: 'A ticket cannot be merged into itself.' }]);
  return transact(ctx, async (ctx) => {
    const done = await mergedBefore(ctx, ticketId, intoTicketId);
    if (done) return done;
    const [from, to] = (await lockTickets(ctx, [ticketId, intoTicketId])) as [Ticket, Ticket];
    if (from.mailboxId !== to.mailboxId)
      throw new AppError('CONFLICT', 'Tickets of two mailboxes cannot be merged. Nothing was changed.');
    const [before, other] = [standingOf(from), standingOf(to)];
    const messages = await ctx.db.find(Message, { where: { ticketId }, select: { id: true } });
    const messageIds = messages.map(({ id }) => id);
    const isWaiting = from.status === 'OPEN';
    await relocateMessages(ctx, messageIds, from, to, { isMerge: true });
    await takeDrafts(ctx, from.id, to.id);
    if (isWaiting && (to.status === 'ANSWERED' || to.status === 'CLOSED')) moveTicket(to, 'follow-up', ctx.clock.now());
    moveTicket(from, 'close', ctx.clock.now());
    from.mergedIntoId = to.id;
    from.closeWhenSent = false;
    await saveTicket(ctx, from);
    await saveTicket(ctx, to);
    return recordEvent(ctx, {
      ticketId: from.id,
      otherTicketId: to.id,
      kind: 'MERGE',
      messageId: null,
      address: null,
      before: { messageIds, ticket: before, ticketAfter: from.status, other, otherAfter: to.status },
    });
  });
}

async function mergedBefore(ctx: Context, ticketId: string, intoTicketId: string): Promise<TicketEvent | null> {
  const ticket = await ctx.db.findOneBy(Ticket, { id: ticketId });
  if (ticket?.mergedIntoId !== intoTicketId) return null;
  const [newest] = await ctx.db.find(TicketEvent, {
    where: { ticketId, otherTicketId: intoTicketId, kind: 'MERGE' },
    order: { at: 'DESC', id: 'DESC' },
    take: 1,
  });
  return newest ?? null;
}

/** Nothing typed is lost: what an agent had begun in both tickets stands one below the other, with the files of both. */
async function takeDrafts(ctx: Context, fromId: string, toId: string): Promise<void> {
  for (const draft of await ctx.db.findBy(Draft, { ticketId: fromId })) {
    const { agentId } = draft;
    const there = await ctx.db.findOneBy(Draft, { ticketId: toId, agentId });
    await ctx.db.delete(Draft, { ticketId: fromId, agentId });
    const moved = there ? belowOneAnother(there, draft) : alone(draft);
    await ctx.db.upsert(Draft, { ...moved, ticketId: toId, updatedAt: ctx.clock.now() }, ['ticketId', 'agentId']);
  }
}

/** Who had Cc of an answer in the merged ticket reads nothing of the other one by that; a mail that is sent on goes to whom it was meant for. */
function alone(draft: Draft): Draft {
  return draft.forwardOfId === null ? { ...draft, cc: null, bcc: null } : draft;
}

/** It goes to whom the first one went to. */
function belowOneAnother(first: Draft, second: Draft): Draft {
  const fileIds = [...new Set([...(first.attachmentIds ?? []), ...(second.attachmentIds ?? [])])];
  return {
    ...first,
    text: [first.text, second.text].filter((text) => text.trim() !== '').join('\n\n'),
    html: first.html && second.html ? first.html + second.html : null,
    isNote: first.isNote || second.isNote,
    attachmentIds: fileIds.length > 0 ? fileIds : null,
  };
}
