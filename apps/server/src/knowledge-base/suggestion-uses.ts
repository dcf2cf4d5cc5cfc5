import { In } from 'typeorm';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { Article } from './article.entity.ts';
import { SuggestionUse } from './suggestion-use.entity.ts';

/** A UTC day as 2026-03-02. */
export function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}

/** What has become of suggestions for a ticket. */
export async function usesFor(ctx: Context, ticketId: string): Promise<SuggestionUse[]> {
  return ctx.db.findBy(SuggestionUse, { ticketId });
}

/** Notes that these articles were shown for a ticket; once noted, it stays so. */
export async function noteShown(ctx: Context, ticketId: string, articleIds: readonly string[]): Promise<void> {
  if (articleIds.length === 0) return;
  await transact(ctx, (ctx) => addUses(ctx, ticketId, articleIds));
}

/** Notes that an article was put into the reply to a ticket; of one that is gone nothing is noted. */
export async function noteInserted(ctx: Context, ticketId: string, articleId: string): Promise<void> {
  await transact(ctx, async (ctx) => {
    await addUses(ctx, ticketId, await existing(ctx, [articleId]));
    const insertedAt = ctx.clock.now();
    await ctx.db
      .createQueryBuilder()
      .update(SuggestionUse)
      .set({ insertedAt })
      .where('ticketId = :ticketId AND articleId = :articleId AND insertedAt IS NULL', { ticketId, articleId })
      .execute();
  });
}

/** Notes that a reply was made of articles or links to them; in the caller's transaction. */
export async function noteReplied(
  ctx: Context,
  ticketId: string,
  replyId: string,
  used: ReadonlyMap<string, { readonly unchanged: boolean }>,
): Promise<void> {
  for (const [articleId, { unchanged }] of used) {
    await noteInserted(ctx, ticketId, articleId);
    const change = { replyId, repliedAt: ctx.clock.now(), ...(unchanged ? { sentUnchanged: true } : {}) };
    await ctx.db.update(SuggestionUse, { ticketId, articleId }, change);
  }
}

/** Notes, or takes back, that an article was found not useful for a ticket; in the caller's transaction. */
export async function noteDismissed(
  ctx: Context,
  ticketId: string,
  articleId: string,
  dismissed: boolean,
): Promise<void> {
  await addUses(ctx, ticketId, [articleId]);
  await ctx.db.update(SuggestionUse, { ticketId, articleId }, { dismissedAt: dismissed ? ctx.clock.now() : null });
}

async function addUses(ctx: Context, ticketId: string, articleIds: readonly string[]): Promise<void> {
  if (articleIds.length === 0) return;
  const shownAt = ctx.clock.now();
  const rows = articleIds.map((articleId) => ({
    ticketId,
    articleId,
    day: dayOf(shownAt),
    shownAt,
    insertedAt: null,
    replyId: null,
    repliedAt: null,
    sentUnchanged: false,
    dismissedAt: null,
  }));
  await ctx.db.createQueryBuilder().insert().into(SuggestionUse).values(rows).orIgnore().updateEntity(false).execute();
}

async function existing(ctx: Context, ids: readonly string[]): Promise<string[]> {
  return (await ctx.db.find(Article, { where: { id: In([...ids]) }, select: { id: true } })).map(({ id }) => id);
}
