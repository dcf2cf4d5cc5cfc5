import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import type { Article } from './article.entity.ts';
import { isSameSitting } from './keep-state.ts';
import type { UnpublishedChangesIdInput } from './knowledge-base.inputs.ts';
import { requireMayWriteArticles } from './knowledge-base.policy.ts';
import { lockArticle } from './save-article.ts';
import { keepChanges, removeChanges, requireSeenChanges } from './unpublished-changes.ts';

/**
 * Ends unpublished changes; the article says what it says. Those of somebody else, or older than a sitting, are kept as an
 * earlier state. @throws AppError NOT_FOUND, FORBIDDEN, CONFLICT when they are others now
 */
export async function discardUnpublishedChanges(ctx: Context, input: UnpublishedChangesIdInput): Promise<Article> {
  requireMayWriteArticles(ctx.actor);
  return transact(ctx, async (ctx) => {
    const article = await lockArticle(ctx, input.articleId);
    const changes = (await requireSeenChanges(ctx, article.id, input.version))!;
    if (!isSameSitting(ctx, changes)) await keepChanges(ctx, changes);
    await removeChanges(ctx, article.id);
    return article;
  });
}
