import { defineEvent } from '../platform/events.ts';

/** Anything that a list or an open ticket shows has changed. */
export const ticketChanged = defineEvent<{ ticketId: string }>('ticket.changed');

/** A ticket was deleted for ever. */
export const ticketDeleted = defineEvent<{ ticketId: string; number: number }>('ticket.deleted');

/** A ticket was closed, a closed one was opened again, or one was deleted. */
export const ticketSettled = defineEvent<{ ticketId: string }>('ticket.settled');
