import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { AppError, invalidInput } from '../platform/errors.ts';
import type { Article } from './article.entity.ts';
import { checkArticle } from './check-article.ts';
import { authorOf, isSameSitting } from './keep-state.ts';
import type { UnpublishedChangesInput } from './knowledge-base.inputs.ts';
import { requireMayWriteArticles } from './knowledge-base.policy.ts';
import { lockArticle, requireCategory } from './save-article.ts';
import { UnpublishedChanges } from './unpublished-changes.entity.ts';
import {
  type ChangedValues,
  keepChanges,
  removeChanges,
  requireSeenChanges,
  saysTheSame,
} from './unpublished-changes.ts';

/**
 * Keeps what a published article shall say once it is published; readers go on reading what it says now. Changes that
 * say what the article says are none. Saving the same twice changes nothing.
 * @throws AppError NOT_FOUND, FORBIDDEN, INVALID_INPUT, CONFLICT when the article or its changes are no longer what the
 * writer has seen, or the article is a draft, which is written itself
 */
export async function saveUnpublishedChanges(ctx: Context, input: UnpublishedChangesInput): Promise<Article> {
  requireMayWriteArticles(ctx.actor);
  const { checked, errors } = checkArticle(input);
  if (errors.length > 0) throw invalidInput(errors);
  return transact(ctx, async (ctx) => {
    const article = await lockArticle(ctx, input.articleId, input.articleVersion);
    if (!article.published)
      throw new AppError('CONFLICT', 'This article is a draft. Nothing was saved; save the article itself.');
    const { staffOnly, categoryId = null } = input;
    const values: ChangedValues = { ...article, ...checked, staffOnly, categoryId };
    await requireCategory(ctx, { categoryId, knowledgeBaseId: article.knowledgeBaseId });
    const before = await requireSeenChanges(ctx, article.id, input.version ?? null);
    const isNew = !before || !saysTheSame(before, values);
    if (before && isNew && !(input.autosave && isSameSitting(ctx, before))) await keepChanges(ctx, before);
    if (saysTheSame(article, values)) await removeChanges(ctx, article.id);
    else if (isNew || before.articleVersion !== article.version) await writeChanges(ctx, article, values);
    return article;
  });
}

async function writeChanges(ctx: Context, article: Article, values: ChangedValues): Promise<void> {
  const { title, summary, body, keywords, language, staffOnly, categoryId } = values;
  const updatedAt = ctx.clock.now();
  await ctx.db.save(
    UnpublishedChanges,
    Object.assign(new UnpublishedChanges(), {
      articleId: article.id,
      version: ctx.random.id(updatedAt),
      articleVersion: article.version,
      title,
      summary,
      body,
      keywords,
      language,
      staffOnly,
      categoryId,
      updatedAt,
      updatedById: authorOf(ctx),
    }),
  );
}
