import type { Ticket, TicketStatus } from './ticket.entity.ts';

/** What can happen to a ticket. */
export type TicketMove = 'reply' | 'follow-up' | 'hold' | 'resume' | 'close' | 'reopen' | 'delivery-failed';

type Standing = Pick<Ticket, 'status' | 'answeredAt' | 'closedAt' | 'reopenedAt' | 'closeWhenSent'>;

const NEXT: Record<TicketMove, (from: TicketStatus, answered: boolean) => TicketStatus> = {
  reply: () => 'ANSWERED',
  'follow-up': () => 'OPEN',
  hold: (from) => (from === 'CLOSED' ? 'CLOSED' : 'ON_HOLD'),
  resume: (from, answered) => (from === 'ON_HOLD' ? (answered ? 'ANSWERED' : 'OPEN') : from),
  close: () => 'CLOSED',
  reopen: (from) => (from === 'CLOSED' ? 'OPEN' : from),
  'delivery-failed': (from) => (from === 'ANSWERED' || from === 'CLOSED' ? 'OPEN' : from),
};

/** The state machine of tickets: changes the standing of `ticket` by one move. Pure but for the object it is given. */
export function moveTicket(ticket: Standing, move: TicketMove, now: Date): void {
  const before = ticket.status;
  ticket.status = NEXT[move](before, ticket.answeredAt !== null);
  if (move === 'reply') {
    ticket.answeredAt = now;
    ticket.closeWhenSent = false;
  }
  if (move === 'follow-up' || move === 'delivery-failed') {
    ticket.answeredAt = null;
    ticket.closeWhenSent = false;
  }
  if (ticket.status === 'CLOSED' && before !== 'CLOSED') ticket.closedAt = now;
  if (ticket.status !== 'CLOSED') ticket.closedAt = null;
  if (before === 'CLOSED' && ticket.status === 'OPEN') ticket.reopenedAt = now;
}
