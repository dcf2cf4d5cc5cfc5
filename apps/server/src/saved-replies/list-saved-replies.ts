import { In } from 'typeorm';
import type { Context } from '../platform/context.ts';
import { rowLock } from '../platform/database.ts';
import { notFound } from '../platform/errors.ts';
import { type Connection, checkFirst, makeConnection, readCursor, type WindowArgs } from '../platform/pagination.ts';
import { SavedReply } from './saved-reply.entity.ts';
import { ownersSeenBy, requireMayUse } from './saved-reply.policy.ts';

/** A window of what the viewer may use, first made first: what is for everybody, and the viewer's own. @throws AppError FORBIDDEN, INVALID_INPUT */
export async function listSavedReplies(ctx: Context, args: WindowArgs): Promise<Connection<SavedReply>> {
  requireMayUse(ctx.actor);
  const first = checkFirst(args.first);
  const query = ctx.db
    .createQueryBuilder(SavedReply, 's')
    .where('s.ownerId IN (:...owners)', { owners: ownersSeenBy(ctx.actor) });
  const totalCount = await query.clone().getCount();
  if (args.after)
    query.andWhere('(s.createdAt > :at OR (s.createdAt = :at AND s.id > :id))', { ...readCursor(args.after) });
  const rows = await query
    .orderBy('s.createdAt', 'ASC')
    .addOrderBy('s.id', 'ASC')
    .limit(first + 1)
    .getMany();
  return makeConnection(rows, first, totalCount, ({ createdAt, id }) => ({ at: createdAt, id }));
}

/** One that the viewer may use; null: there is none with this id, or not for the viewer. @throws AppError FORBIDDEN */
export async function findSavedReply(ctx: Context, id: string): Promise<SavedReply | null> {
  requireMayUse(ctx.actor);
  return ctx.db.findOneBy(SavedReply, { id, ownerId: In(ownersSeenBy(ctx.actor)) });
}

/** The same, held for the rest of the transaction, so that changes of it come one after the other. @throws AppError NOT_FOUND */
export async function lockSavedReply(ctx: Context, id: string): Promise<SavedReply> {
  const lock = rowLock(ctx);
  const where = { id, ownerId: In(ownersSeenBy(ctx.actor)) };
  const reply = await ctx.db.findOne(SavedReply, { where, ...(lock ? { lock } : {}) });
  if (!reply) throw notFound('saved reply');
  return reply;
}
