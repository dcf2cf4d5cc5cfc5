import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { lockTicket, saveTicket } from './lock-ticket.ts';
import { sendCloseNotice } from './send-close-notice.ts';
import type { Ticket } from './ticket.entity.ts';
import { requireMayWork } from './ticket.policy.ts';
import { moveTicket } from './ticket-status.ts';

/** Closes a ticket. Closing it twice changes nothing. @throws AppError NOT_FOUND, FORBIDDEN */
export async function closeTicket(ctx: Context, { ticketId }: { ticketId: string }): Promise<Ticket> {
  requireMayWork(ctx.actor);
  return transact(ctx, async (ctx) => {
    const ticket = await lockTicket(ctx, ticketId);
    if (ticket.status === 'CLOSED') return ticket;
    moveTicket(ticket, 'close', ctx.clock.now());
    await sendCloseNotice(ctx, ticket);
    return saveTicket(ctx, ticket);
  });
}

/** Opens a closed ticket again; any other is left as it is. @throws AppError NOT_FOUND, FORBIDDEN */
export async function reopenTicket(ctx: Context, { ticketId }: { ticketId: string }): Promise<Ticket> {
  requireMayWork(ctx.actor);
  return transact(ctx, async (ctx) => {
    const ticket = await lockTicket(ctx, ticketId);
    if (ticket.status !== 'CLOSED') return ticket;
    moveTicket(ticket, 'reopen', ctx.clock.now());
    ticket.answeredAt = null;
    return saveTicket(ctx, ticket);
  });
}
