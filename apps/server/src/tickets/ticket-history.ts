import type { Context } from '../platform/context.ts';
import { Message } from './message.entity.ts';
import type { Ticket } from './ticket.entity.ts';
import { type Standing, TicketEvent } from './ticket-event.entity.ts';

/** Where a ticket stands, to be put back later. */
export function standingOf({ status, answeredAt, closedAt, reopenedAt, closeWhenSent }: Ticket): Standing {
  const text = (at: Date | null) => at?.toISOString() ?? null;
  return {
    status,
    answeredAt: text(answeredAt),
    closedAt: text(closedAt),
    reopenedAt: text(reopenedAt),
    closeWhenSent,
  };
}

/** Puts a ticket back to where it stood. */
export function restoreStanding(ticket: Ticket, standing: Standing): void {
  const date = (at: string | null) => (at === null ? null : new Date(at));
  Object.assign(ticket, {
    ...standing,
    answeredAt: date(standing.answeredAt),
    closedAt: date(standing.closedAt),
    reopenedAt: date(standing.reopenedAt),
  });
}

/** Writes a line of history, in the caller's transaction. */
export async function recordEvent(
  ctx: Context,
  event: Pick<TicketEvent, 'ticketId' | 'otherTicketId' | 'kind' | 'messageId' | 'address' | 'before'>,
): Promise<TicketEvent> {
  const at = ctx.clock.now();
  const agentId = ctx.actor.kind === 'agent' ? ctx.actor.agentId : null;
  const row = Object.assign(new TicketEvent(), { ...event, id: ctx.random.id(at), at, agentId, undoneAt: null });
  await ctx.db.insert(TicketEvent, row);
  return row;
}

/** The newest line of this kind about a message that was not taken back: the same wish asked for twice is one. */
export async function standingEvent(
  ctx: Context,
  kind: TicketEvent['kind'],
  messageId: string,
): Promise<TicketEvent | null> {
  const [newest] = await ctx.db.find(TicketEvent, {
    where: { kind, messageId },
    order: { at: 'DESC', id: 'DESC' },
    take: 1,
  });
  return newest && newest.undoneAt === null ? newest : null;
}

/** Says in the message why it stands where it stands now. */
export async function addReason(ctx: Context, message: Message, reason: string): Promise<void> {
  message.reasons = [...message.reasons, reason];
  await ctx.db.update(Message, { id: message.id }, { reasons: message.reasons });
}
