import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { AppError } from '../platform/errors.ts';
import type { Article } from './article.entity.ts';
import type { UnpublishedChangesIdInput } from './knowledge-base.inputs.ts';
import { requireMayWriteArticles } from './knowledge-base.policy.ts';
import { changeArticle, lockArticle, requireCategory } from './save-article.ts';
import { removeChanges, requireSeenChanges } from './unpublished-changes.ts';

/**
 * Lets readers read the unpublished changes of an article, which are over then; what they read before is kept as an
 * earlier state. @throws AppError NOT_FOUND, FORBIDDEN, CONFLICT when the changes are others now, or when the article
 * has changed since they were made
 */
export async function publishUnpublishedChanges(ctx: Context, input: UnpublishedChangesIdInput): Promise<Article> {
  requireMayWriteArticles(ctx.actor);
  return transact(ctx, async (ctx) => {
    const article = await lockArticle(ctx, input.articleId);
    const changes = (await requireSeenChanges(ctx, article.id, input.version))!;
    if (changes.articleVersion !== article.version)
      throw new AppError(
        'CONFLICT',
        'The article has changed since these changes were made. Nothing was published; look at both and save the changes again.',
      );
    const { title, summary, body, keywords, language, staffOnly, categoryId } = changes;
    await requireCategory(ctx, { categoryId, knowledgeBaseId: article.knowledgeBaseId });
    await removeChanges(ctx, article.id);
    return changeArticle(ctx, article, { title, summary, body, keywords, language, staffOnly, categoryId });
  });
}
