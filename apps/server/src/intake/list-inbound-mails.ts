import type { Context } from '../platform/context.ts';
import { escapeLike } from '../platform/database.ts';
import { type Connection, checkFirst, makeConnection, readCursor, type WindowArgs } from '../platform/pagination.ts';
import { type InboundFate, InboundMail } from './inbound-mail.entity.ts';

/** A window of the ledger, newest first. @throws AppError INVALID_INPUT */
export async function listInboundMails(
  ctx: Context,
  filter: { fate?: readonly InboundFate[] | null; from?: string | null; messageId?: string | null },
  args: WindowArgs,
): Promise<Connection<InboundMail>> {
  const first = checkFirst(args.first);
  const query = ctx.db.createQueryBuilder(InboundMail, 'i').where('1 = 1');
  if (filter.fate) query.andWhere(filter.fate.length > 0 ? 'i.fate IN (:...fate)' : '1 = 0', { fate: filter.fate });
  if (filter.from?.trim())
    query.andWhere("i.fromAddress LIKE :from ESCAPE '!'", {
      from: `%${escapeLike(filter.from.trim().toLowerCase())}%`,
    });
  if (filter.messageId?.trim())
    query.andWhere('i.messageId = :messageId', { messageId: `<${filter.messageId.trim().replace(/^<|>$/g, '')}>` });
  const totalCount = await query.clone().getCount();
  if (args.after)
    query.andWhere('(i.receivedAt < :at OR (i.receivedAt = :at AND i.id < :id))', { ...readCursor(args.after) });
  const rows = await query
    .orderBy('i.receivedAt', 'DESC')
    .addOrderBy('i.id', 'DESC')
    .limit(first + 1)
    .getMany();
  return makeConnection(rows, first, totalCount, (mail) => ({ at: mail.receivedAt, id: mail.id }));
}
