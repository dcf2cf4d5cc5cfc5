import { defineEvent } from '../platform/events.ts';

/** Anything that a list or an open ticket shows has changed. */
export const ticketChanged = defineEvent<{ ticketId: string }>('ticket.changed');

/** A ticket was closed, or a closed one opened again. */
export const ticketSettled = defineEvent<{ ticketId: string }>('ticket.settled');
