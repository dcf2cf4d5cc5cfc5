import { requireScope } from '../accounts/account.policy.ts';
import type { Context } from '../platform/context.ts';
import { type Connection, checkFirst, makeConnection, readCursor, type WindowArgs } from '../platform/pagination.ts';
import { Campaign } from './campaign.entity.ts';

/** A window of the mailings, newest first. @throws AppError FORBIDDEN, INVALID_INPUT */
export async function listCampaigns(ctx: Context, args: WindowArgs): Promise<Connection<Campaign>> {
  requireScope(ctx.actor, 'mail:send');
  const first = checkFirst(args.first);
  const query = ctx.db.createQueryBuilder(Campaign, 'c');
  const totalCount = await query.clone().getCount();
  if (args.after)
    query.where('(c.createdAt < :at OR (c.createdAt = :at AND c.id < :id))', { ...readCursor(args.after) });
  const rows = await query
    .orderBy('c.createdAt', 'DESC')
    .addOrderBy('c.id', 'DESC')
    .limit(first + 1)
    .getMany();
  return makeConnection(rows, first, totalCount, ({ createdAt, id }) => ({ at: createdAt, id }));
}
