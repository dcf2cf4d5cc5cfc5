import type { DeletedTicket } from './deleted-ticket.entity.ts';

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });

/** "deleted by Dana on 3 November 2026", the day in UTC. */
export function deletedWords({ deletedBy, deletedAt }: Pick<DeletedTicket, 'deletedBy' | 'deletedAt'>): string {
  return `deleted by ${deletedBy ?? 'the product'} on ${DAY.format(deletedAt)}`;
}
