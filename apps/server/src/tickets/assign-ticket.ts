import { Agent } from '../accounts/agent.entity.ts';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { invalidInput } from '../platform/errors.ts';
import { lockTicket, saveTicket } from './lock-ticket.ts';
import type { Ticket } from './ticket.entity.ts';
import { requireMayWork } from './ticket.policy.ts';

/** Makes an agent responsible, or nobody. @throws AppError NOT_FOUND, FORBIDDEN, INVALID_INPUT for an agent who is not there or disabled */
export async function assignTicket(
  ctx: Context,
  { ticketId, agentId }: { ticketId: string; agentId?: string | null },
): Promise<Ticket> {
  requireMayWork(ctx.actor);
  return transact(ctx, async (ctx) => {
    const ticket = await lockTicket(ctx, ticketId);
    const assigneeId = agentId ?? null;
    if (ticket.assigneeId === assigneeId) return ticket;
    if (assigneeId !== null) {
      const agent = await ctx.db.findOneBy(Agent, { id: assigneeId });
      if (!agent || agent.disabledAt)
        throw invalidInput([{ path: 'agentId', message: 'There is no active agent with this id.' }]);
    }
    ticket.assigneeId = assigneeId;
    return saveTicket(ctx, ticket);
  });
}
