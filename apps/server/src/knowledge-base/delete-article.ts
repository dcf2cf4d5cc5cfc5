import { In } from 'typeorm';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { notFound } from '../platform/errors.ts';
import { Article } from './article.entity.ts';
import { ArticleCount } from './article-count.entity.ts';
import { ArticleFeedback } from './article-feedback.entity.ts';
import { ArticleRemoval } from './article-removal.entity.ts';
import { ArticleVersion } from './article-version.entity.ts';
import { FormerAddress } from './former-address.entity.ts';
import { requireMayWriteArticles } from './knowledge-base.policy.ts';
import { nextIndexVersion } from './next-index-version.ts';
import { SuggestionUse } from './suggestion-use.entity.ts';
import { UnpublishedChanges } from './unpublished-changes.entity.ts';

/** What belongs to an article and goes with it. */
const OWNED = [UnpublishedChanges, ArticleVersion, ArticleCount, ArticleFeedback, FormerAddress, SuggestionUse];

/** Deletes an article with its earlier states and its unpublished changes. @throws AppError NOT_FOUND, FORBIDDEN */
export async function deleteArticle(ctx: Context, id: string): Promise<boolean> {
  requireMayWriteArticles(ctx.actor);
  return transact(ctx, async (ctx) => {
    if (!(await ctx.db.existsBy(Article, { id }))) throw notFound('article');
    await removeArticles(ctx, [id]);
    return true;
  });
}

/** Removes articles and all that belongs to them, and leaves word for the indexes; in the caller's transaction. */
export async function removeArticles(ctx: Context, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const indexVersion = await nextIndexVersion(ctx);
  const removedAt = ctx.clock.now();
  // The articles first: whoever is writing one of them has come to an end then, and nothing is added any more.
  await ctx.db.delete(Article, { id: In([...ids]) });
  for (const owned of OWNED) await ctx.db.delete(owned, { articleId: In([...ids]) });
  await ctx.db.insert(
    ArticleRemoval,
    ids.map((articleId) => ({ articleId, indexVersion, removedAt })),
  );
}
