import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { notFound } from '../platform/errors.ts';
import type { Article } from './article.entity.ts';
import { ArticleVersion } from './article-version.entity.ts';
import type { RestoreArticleVersionInput } from './knowledge-base.inputs.ts';
import { requireMayWriteArticles } from './knowledge-base.policy.ts';
import { changeArticle, lockArticle } from './save-article.ts';
import { putAwayChanges } from './unpublished-changes.ts';

/**
 * Gives an article the words of an earlier state; those of now become an earlier state, and its unpublished changes too.
 * @throws AppError NOT_FOUND, FORBIDDEN, CONFLICT
 */
export async function restoreArticleVersion(ctx: Context, input: RestoreArticleVersionInput): Promise<Article> {
  requireMayWriteArticles(ctx.actor);
  return transact(ctx, async (ctx) => {
    const article = await lockArticle(ctx, input.articleId, input.version);
    const state = await ctx.db.findOneBy(ArticleVersion, { id: input.versionId, articleId: article.id });
    if (!state) throw notFound('earlier state of this article');
    const { title, summary, body, keywords } = state;
    const restored = await changeArticle(ctx, article, { title, summary, body, keywords });
    await putAwayChanges(ctx, article.id);
    return restored;
  });
}
