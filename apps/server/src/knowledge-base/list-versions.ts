import type { Context } from '../platform/context.ts';
import { type Connection, checkFirst, makeConnection, readCursor, type WindowArgs } from '../platform/pagination.ts';
import { ArticleVersion } from './article-version.entity.ts';
import { mayWriteArticles } from './knowledge-base.policy.ts';

/** A window of the earlier states of an article, newest first; of unpublished changes only for who may write. @throws AppError INVALID_INPUT */
export async function listVersions(
  ctx: Context,
  articleId: string,
  args: WindowArgs,
): Promise<Connection<ArticleVersion>> {
  const first = checkFirst(args.first);
  const query = ctx.db.createQueryBuilder(ArticleVersion, 'v').where('v.articleId = :articleId', { articleId });
  if (!mayWriteArticles(ctx.actor)) query.andWhere('v.unpublished = :no', { no: false });
  const totalCount = await query.clone().getCount();
  if (args.after) query.andWhere('v.id < :after', { after: readCursor(args.after).id });
  // Ids grow with the time of keeping, and states are kept in their order.
  const rows = await query
    .orderBy('v.id', 'DESC')
    .limit(first + 1)
    .getMany();
  return makeConnection(rows, first, totalCount, (state) => ({ at: state.createdAt, id: state.id }));
}
