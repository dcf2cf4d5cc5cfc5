import type { Context } from '../platform/context.ts';
import { type Connection, checkFirst, makeConnection, readCursor, type WindowArgs } from '../platform/pagination.ts';
import { Message } from './message.entity.ts';

/** A window of a ticket's messages, oldest first. @throws AppError INVALID_INPUT */
export async function listMessages(ctx: Context, ticketId: string, args: WindowArgs): Promise<Connection<Message>> {
  const first = checkFirst(args.first);
  const query = ctx.db.createQueryBuilder(Message, 'm').where('m.ticketId = :ticketId', { ticketId });
  const totalCount = await query.clone().getCount();
  if (args.after)
    query.andWhere('(m.createdAt > :at OR (m.createdAt = :at AND m.id > :id))', { ...readCursor(args.after) });
  const rows = await query
    .orderBy('m.createdAt', 'ASC')
    .addOrderBy('m.id', 'ASC')
    .limit(first + 1)
    .getMany();
  return makeConnection(rows, first, totalCount, (message) => ({ at: message.createdAt, id: message.id }));
}
