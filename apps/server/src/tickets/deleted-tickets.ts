import { In } from 'typeorm';
import type { Context } from '../platform/context.ts';
import { DeletedTicket } from './deleted-ticket.entity.ts';

/** What is left of a ticket that was deleted, by its id or its number; null: there is nothing. */
export async function findDeletedTicket(
  ctx: Context,
  { id, number }: { id?: string | null; number?: number | null },
): Promise<DeletedTicket | null> {
  return ctx.db.findOneBy(DeletedTicket, id ? { id } : { number: number! });
}

/** Those of a mailbox that have these numbers or ids. */
export async function findDeletedTickets(
  ctx: Context,
  mailboxId: string,
  { numbers, ids }: { numbers: readonly number[]; ids: readonly string[] },
): Promise<DeletedTicket[]> {
  const where = [
    ...(numbers.length > 0 ? [{ mailboxId, number: In([...numbers]) }] : []),
    ...(ids.length > 0 ? [{ mailboxId, id: In([...ids]) }] : []),
  ];
  return where.length === 0 ? [] : ctx.db.find(DeletedTicket, { where, order: { number: 'ASC' } });
}
