import type { Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import type { Article } from './article.entity.ts';
import { keepState } from './keep-state.ts';
import { UnpublishedChanges } from './unpublished-changes.entity.ts';

/** What changes change of an article; its address, its base and who may find it stay outside. */
const CHANGED = ['title', 'summary', 'body', 'keywords', 'language', 'staffOnly', 'categoryId'] as const;

export type ChangedValues = Pick<Article, (typeof CHANGED)[number]>;

/** Whether two say the same. */
export function saysTheSame(a: ChangedValues, b: ChangedValues): boolean {
  return CHANGED.every((field) => JSON.stringify(a[field]) === JSON.stringify(b[field]));
}

/** The unpublished changes of a locked article as the writer has seen them, null for none. @throws AppError CONFLICT */
export async function requireSeenChanges(
  ctx: Context,
  articleId: string,
  version: string | null,
): Promise<UnpublishedChanges | null> {
  const changes = await findChanges(ctx, articleId);
  if ((changes?.version ?? null) === version) return changes;
  throw new AppError(
    'CONFLICT',
    'Somebody else has changed or ended the unpublished changes of this article meanwhile. Nothing was done; look at the present state and try again.',
  );
}

/** Ends unpublished changes, in the caller's transaction. */
export async function removeChanges(ctx: Context, articleId: string): Promise<void> {
  await ctx.db.delete(UnpublishedChanges, { articleId });
}

/** Keeps unpublished changes as an earlier state. */
export async function keepChanges(ctx: Context, changes: UnpublishedChanges): Promise<void> {
  const { articleId, articleVersion: number } = changes;
  await keepState(ctx, changes, { articleId, number, unpublished: true });
}

/** Makes an earlier state of the unpublished changes of an article, if there are any; in the caller's transaction. */
export async function putAwayChanges(ctx: Context, articleId: string): Promise<void> {
  const changes = await findChanges(ctx, articleId);
  if (!changes) return;
  await keepChanges(ctx, changes);
  await removeChanges(ctx, articleId);
}

/**
 * What becomes of the unpublished changes of a published article that was written: they are over once it says the same,
 * and an earlier state when it is a draft from now on, for a draft is written itself. Else they wait, outside the
 * categories of a base that it has left.
 */
export async function settleChanges(ctx: Context, before: Article, after: Article): Promise<void> {
  const changes = await findChanges(ctx, after.id);
  if (!changes) return;
  if (saysTheSame(changes, after)) await removeChanges(ctx, after.id);
  else if (!after.published) await putAwayChanges(ctx, after.id);
  else if (after.knowledgeBaseId !== before.knowledgeBaseId)
    await ctx.db.update(UnpublishedChanges, { articleId: after.id }, { categoryId: null });
}

async function findChanges(ctx: Context, articleId: string): Promise<UnpublishedChanges | null> {
  return ctx.db.findOneBy(UnpublishedChanges, { articleId });
}
