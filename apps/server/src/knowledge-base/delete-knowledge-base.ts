import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { AppError, notFound } from '../platform/errors.ts';
import { readSettings } from '../settings/read-settings.ts';
import { Article } from './article.entity.ts';
import { ArticleCategory } from './article-category.entity.ts';
import { removeArticles } from './delete-article.ts';
import { FormerAddress } from './former-address.entity.ts';
import { KnowledgeBase } from './knowledge-base.entity.ts';
import { requireMayKeepBases } from './knowledge-base.policy.ts';
import { usesOf } from './knowledge-base-use.ts';

const AT_ONCE = 200;

/**
 * Deletes a base with everything in it, in steps of 200 articles; stopped half-way it is smaller, and asked again it
 * goes on. @throws AppError NOT_FOUND, FORBIDDEN, CONFLICT while a setting uses it
 */
export async function deleteKnowledgeBase(ctx: Context, id: string): Promise<boolean> {
  requireMayKeepBases(ctx.actor);
  while (!(await transact(ctx, (ctx) => deleteSome(ctx, id))));
  return true;
}

/** Whether the base is gone. */
async function deleteSome(ctx: Context, id: string): Promise<boolean> {
  if (!(await ctx.db.existsBy(KnowledgeBase, { id }))) throw notFound('knowledge base');
  const uses = usesOf(await readSettings(ctx), id);
  if (uses.length > 0)
    throw new AppError(
      'CONFLICT',
      `This base is the ${uses.join(' and the ')}. Nothing was deleted; choose another one in Settings first.`,
    );
  const articles = await ctx.db.find(Article, { where: { knowledgeBaseId: id }, select: { id: true }, take: AT_ONCE });
  await removeArticles(
    ctx,
    articles.map((article) => article.id),
  );
  if (articles.length === AT_ONCE) return false;
  await ctx.db.delete(ArticleCategory, { knowledgeBaseId: id });
  await ctx.db.delete(FormerAddress, { knowledgeBaseId: id });
  await ctx.db.delete(KnowledgeBase, { id });
  return true;
}
