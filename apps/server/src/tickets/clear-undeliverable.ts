import { clearUndeliverable } from '../outbound/address-state.ts';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { lockTicket, saveTicket } from './lock-ticket.ts';
import type { Ticket } from './ticket.entity.ts';
import { requireMayWork } from './ticket.policy.ts';

/** Takes an agent's word that mail reaches the requester after all. Twice changes nothing. @throws AppError NOT_FOUND, FORBIDDEN */
export async function clearRequesterUndeliverable(ctx: Context, { ticketId }: { ticketId: string }): Promise<Ticket> {
  requireMayWork(ctx.actor);
  return transact(ctx, async (ctx) => {
    const ticket = await lockTicket(ctx, ticketId);
    if (ticket.requesterEmail) await clearUndeliverable(ctx, ticket.requesterEmail);
    return saveTicket(ctx, ticket);
  });
}
