import { requireAgent } from '../accounts/account.policy.ts';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { holdTicket } from './lock-ticket.ts';
import type { Ticket } from './ticket.entity.ts';
import { requireMayRead } from './ticket.policy.ts';
import { TicketRead } from './ticket-read.entity.ts';

/** Notes that the viewer has read a ticket up to now, or has not. Others see nothing of it. @throws AppError NOT_FOUND, FORBIDDEN */
export async function markTicketRead(
  ctx: Context,
  { ticketId, read }: { ticketId: string; read: boolean },
): Promise<Ticket> {
  const agentId = requireAgent(ctx.actor);
  requireMayRead(ctx.actor);
  return transact(ctx, async (ctx) => {
    const ticket = await holdTicket(ctx, ticketId);
    if (read) await ctx.db.upsert(TicketRead, { agentId, ticketId, readAt: ctx.clock.now() }, ['agentId', 'ticketId']);
    else await ctx.db.delete(TicketRead, { agentId, ticketId });
    return ticket;
  });
}
