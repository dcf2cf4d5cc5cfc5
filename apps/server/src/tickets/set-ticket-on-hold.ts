import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { AppError } from '../platform/errors.ts';
import { lockTicket, saveTicket } from './lock-ticket.ts';
import type { Ticket } from './ticket.entity.ts';
import { requireMayWork } from './ticket.policy.ts';
import { moveTicket } from './ticket-status.ts';

/** Puts a ticket on hold, or takes it off. The same value twice changes nothing. @throws AppError NOT_FOUND, FORBIDDEN, CONFLICT when it is closed */
export async function setTicketOnHold(
  ctx: Context,
  { ticketId, onHold }: { ticketId: string; onHold: boolean },
): Promise<Ticket> {
  requireMayWork(ctx.actor);
  return transact(ctx, async (ctx) => {
    const ticket = await lockTicket(ctx, ticketId);
    if ((ticket.status === 'ON_HOLD') === onHold) return ticket;
    if (ticket.status === 'CLOSED')
      throw new AppError('CONFLICT', 'The ticket is closed. Open it again before putting it on hold.');
    moveTicket(ticket, onHold ? 'hold' : 'resume', ctx.clock.now());
    return saveTicket(ctx, ticket);
  });
}
