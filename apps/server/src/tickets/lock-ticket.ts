import type { Context } from '../platform/context.ts';
import { rowLock } from '../platform/database.ts';
import { notFound } from '../platform/errors.ts';
import { emit } from '../platform/events.ts';
import { Ticket } from './ticket.entity.ts';
import { ticketChanged } from './ticket.events.ts';

/** The ticket, locked for the rest of the transaction, so that two changes at once come one after the other. @throws AppError NOT_FOUND */
export async function lockTicket(ctx: Context, ticketId: string): Promise<Ticket> {
  const lock = rowLock(ctx);
  const ticket = await ctx.db.findOne(Ticket, { where: { id: ticketId }, ...(lock ? { lock } : {}) });
  if (!ticket) throw notFound('ticket');
  return ticket;
}

/** Writes a changed ticket back and tells everybody who looks at it. */
export async function saveTicket(ctx: Context, ticket: Ticket): Promise<Ticket> {
  ticket.updatedAt = ctx.clock.now();
  const { id, ...columns } = ticket;
  await ctx.db.update(Ticket, { id }, columns);
  await emit(ctx, ticketChanged({ ticketId: id }));
  return ticket;
}
