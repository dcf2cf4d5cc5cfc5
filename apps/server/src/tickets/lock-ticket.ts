import type { Context } from '../platform/context.ts';
import { rowLock, shareLock } from '../platform/database.ts';
import { AppError, notFound } from '../platform/errors.ts';
import { emit } from '../platform/events.ts';
import { Ticket } from './ticket.entity.ts';
import { ticketChanged, ticketSettled } from './ticket.events.ts';

/** Whether a ticket was closed when it was locked. */
const wasClosed = new WeakMap<Ticket, boolean>();

/** The ticket, locked for the rest of the transaction, so that two changes at once come one after the other. @throws AppError NOT_FOUND, CONFLICT when it was merged into another one */
export async function lockTicket(ctx: Context, ticketId: string): Promise<Ticket> {
  const ticket = await lockTicketRow(ctx, ticketId);
  if (ticket.mergedIntoId) {
    const other = await ctx.db.findOneBy(Ticket, { id: ticket.mergedIntoId });
    throw new AppError(
      'CONFLICT',
      `#${ticket.number} was merged into #${other?.number ?? '?'}. Nothing was changed; go on there.`,
    );
  }
  return ticket;
}

/** Several tickets in the order asked for, locked in one order everywhere, so that no two wait for each other. @throws as `lockTicket` */
export async function lockTickets(ctx: Context, ids: readonly string[]): Promise<Ticket[]> {
  const locked = new Map<string, Ticket>();
  for (const id of [...ids].sort()) locked.set(id, await lockTicket(ctx, id));
  return ids.map((id) => locked.get(id)!);
}

/** As `lockTicket`, for merged tickets too. @throws AppError NOT_FOUND */
export async function lockTicketRow(ctx: Context, ticketId: string): Promise<Ticket> {
  const lock = rowLock(ctx);
  const ticket = await ctx.db.findOne(Ticket, { where: { id: ticketId }, ...(lock ? { lock } : {}) });
  if (!ticket) throw notFound('ticket');
  wasClosed.set(ticket, ticket.status === 'CLOSED');
  return ticket;
}

/** The ticket, which nobody can delete before the caller's transaction has ended. @throws AppError NOT_FOUND */
export async function holdTicket(ctx: Context, ticketId: string): Promise<Ticket> {
  const ticket = await findHeld(ctx, ticketId);
  if (!ticket) throw notFound('ticket');
  return ticket;
}

/** As `holdTicket`, for what is done in passing: false, it was deleted. */
export async function isStillThere(ctx: Context, ticketId: string): Promise<boolean> {
  return (await findHeld(ctx, ticketId)) !== null;
}

async function findHeld(ctx: Context, ticketId: string): Promise<Ticket | null> {
  const lock = shareLock(ctx);
  return ctx.db.findOne(Ticket, { where: { id: ticketId }, ...(lock ? { lock } : {}) });
}

/** Writes a changed ticket back and tells everybody who looks at it. */
export async function saveTicket(ctx: Context, ticket: Ticket): Promise<Ticket> {
  ticket.updatedAt = ctx.clock.now();
  const { id, ...columns } = ticket;
  await ctx.db.update(Ticket, { id }, columns);
  await emit(ctx, ticketChanged({ ticketId: id }));
  const isClosed = ticket.status === 'CLOSED';
  if (wasClosed.get(ticket) !== isClosed && (isClosed || wasClosed.has(ticket)))
    await emit(ctx, ticketSettled({ ticketId: id }));
  wasClosed.set(ticket, isClosed);
  return ticket;
}
