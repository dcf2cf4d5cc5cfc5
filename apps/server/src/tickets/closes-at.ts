import type { Ticket } from './ticket.entity.ts';

const DAY_MS = 86_400_000;
/** "Automatically Close Answered Tickets After x Days": this many days means never. */
export const NEVER = -1;

/** Whether our answer is the last word: a letter that came after it, as from a new sender, has not been answered. */
export function isLastWordOurs(ticket: Pick<Ticket, 'status' | 'answeredAt' | 'lastInboundAt'>): boolean {
  return ticket.status === 'ANSWERED' && ticket.answeredAt !== null && ticket.lastInboundAt <= ticket.answeredAt;
}

/** When an answered ticket will close by itself; null: not by time (another state, a newer letter, never, or at once as the answer is sent). */
export function closesAt(
  ticket: Pick<Ticket, 'status' | 'answeredAt' | 'lastInboundAt'>,
  closeAnsweredAfterDays: number | null,
): Date | null {
  if (!isLastWordOurs(ticket) || !ticket.answeredAt) return null;
  if (closeAnsweredAfterDays === null || closeAnsweredAfterDays === NEVER) return null;
  return new Date(ticket.answeredAt.getTime() + closeAnsweredAfterDays * DAY_MS);
}
