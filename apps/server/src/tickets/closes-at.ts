import type { Ticket } from './ticket.entity.ts';

const DAY_MS = 86_400_000;
/** "Automatically Close Answered Tickets After x Days": this many days means never. */
export const NEVER = -1;

/** When an answered ticket will close by itself; null: not by time (another state, never, or at once as the answer is sent). */
export function closesAt(ticket: Pick<Ticket, 'status' | 'answeredAt'>, closeAnsweredAfterDays: number | null): Date | null {
  if (ticket.status !== 'ANSWERED' || !ticket.answeredAt) return null;
  if (closeAnsweredAfterDays === null || closeAnsweredAfterDays === NEVER) return null;
  return new Date(ticket.answeredAt.getTime() + closeAnsweredAfterDays * DAY_MS);
}
