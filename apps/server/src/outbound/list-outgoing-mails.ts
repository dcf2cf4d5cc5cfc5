import type { Context } from '../platform/context.ts';
import { escapeLike } from '../platform/database.ts';
import { type Connection, checkFirst, makeConnection, readCursor, type WindowArgs } from '../platform/pagination.ts';
import { type DeliveryState, type OutgoingKind, OutgoingMail } from './outgoing-mail.entity.ts';

/** Which outgoing mails a list shows; what is left out does not narrow it. */
export interface OutgoingFilter {
  readonly state?: readonly DeliveryState[] | null;
  readonly kind?: readonly OutgoingKind[] | null;
  readonly campaignId?: string | null;
  readonly search?: string | null;
}

/** A window of the outgoing mails, newest first. @throws AppError INVALID_INPUT */
export async function listOutgoingMails(
  ctx: Context,
  { state, kind, campaignId, search }: OutgoingFilter,
  args: WindowArgs,
): Promise<Connection<OutgoingMail>> {
  const first = checkFirst(args.first);
  const query = ctx.db.createQueryBuilder(OutgoingMail, 'm').where('1 = 1');
  if (state) query.andWhere(state.length > 0 ? 'm.state IN (:...state)' : '1 = 0', { state });
  if (kind) query.andWhere(kind.length > 0 ? 'm.kind IN (:...kind)' : '1 = 0', { kind });
  if (campaignId) query.andWhere('m.campaignId = :campaignId', { campaignId });
  if (search?.trim())
    query.andWhere("m.toAddress LIKE :search ESCAPE '!'", { search: `%${escapeLike(search.trim().toLowerCase())}%` });
  const totalCount = await query.clone().getCount();
  if (args.after)
    query.andWhere('(m.createdAt < :at OR (m.createdAt = :at AND m.id < :id))', { ...readCursor(args.after) });
  const rows = await query
    .orderBy('m.createdAt', 'DESC')
    .addOrderBy('m.id', 'DESC')
    .limit(first + 1)
    .getMany();
  return makeConnection(rows, first, totalCount, ({ createdAt, id }) => ({ at: createdAt, id }));
}
