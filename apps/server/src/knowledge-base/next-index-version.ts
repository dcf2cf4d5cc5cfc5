import type { Context } from '../platform/context.ts';
import { rowLock } from '../platform/database.ts';
import { ArticleSequence } from './article-sequence.entity.ts';

/**
 * The next number of the sequence that indexes follow; for several changes the last of as many. Its row stays locked until
 * the transaction ends, so numbers become visible in their order: who has seen number 7 has seen everything before it.
 */
export async function nextIndexVersion(ctx: Context, changes = 1): Promise<number> {
  if (!ctx.transaction) throw new Error('A change of articles was numbered outside a transaction');
  const raised = await ctx.db.increment(ArticleSequence, { id: 1 }, 'value', changes);
  if (raised.affected === 0) {
    await ctx.db.createQueryBuilder().insert().into(ArticleSequence).values({ id: 1, value: 0 }).orIgnore().execute();
    await ctx.db.increment(ArticleSequence, { id: 1 }, 'value', changes);
  }
  ctx.transaction.wakes.add('rankings');
  return lastIndexVersion(ctx);
}

/**
 * Makes other writers of articles wait until the transaction ends, so that what is looked up now (a free address, a known
 * key) still holds when it is written.
 */
export async function holdIndexVersions(ctx: Context): Promise<void> {
  const lock = rowLock(ctx);
  if (!lock) return;
  if (await ctx.db.findOne(ArticleSequence, { where: { id: 1 }, lock })) return;
  await ctx.db.createQueryBuilder().insert().into(ArticleSequence).values({ id: 1, value: 0 }).orIgnore().execute();
  await ctx.db.findOne(ArticleSequence, { where: { id: 1 }, lock });
}

/** The newest number that is visible. */
export async function lastIndexVersion(ctx: Context): Promise<number> {
  return (await ctx.db.findOneBy(ArticleSequence, { id: 1 }))?.value ?? 0;
}
