import { mostFeedbackTexts } from '@support-center/suggest';
import { In, LessThanOrEqual } from 'typeorm';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { Article } from './article.entity.ts';
import { ArticleFeedback, type FeedbackKind } from './article-feedback.entity.ts';
import { nextIndexVersion } from './next-index-version.ts';
import { SuggestionGap } from './suggestion-gap.entity.ts';

/**
 * Makes exactly these articles know the cleaned text of a ticket, in the sense of `kind`; others forget it. Done twice it changes nothing.
 */
export async function setLearnt(
  ctx: Context,
  kind: FeedbackKind,
  ticketId: string,
  wanted: { readonly articleIds: readonly string[]; readonly text: string },
): Promise<void> {
  await transact(ctx, async (ctx) => {
    const known = await ctx.db.findBy(ArticleFeedback, { ticketId, kind });
    const asked = wanted.text === '' ? [] : wanted.articleIds;
    const ids = await existing(ctx, asked);
    const stale = known.filter(({ articleId, text }) => !ids.includes(articleId) || text !== wanted.text);
    const fresh = ids.filter((id) => !known.some((row) => row.articleId === id && row.text === wanted.text));
    if (stale.length > 0) await ctx.db.delete(ArticleFeedback, { id: In(stale.map(({ id }) => id)) });
    await addTexts(
      ctx,
      fresh.map((articleId) => ({ articleId, ticketId, kind, text: wanted.text })),
    );
    await renumber(ctx, [...stale.map(({ articleId }) => articleId), ...fresh]);
  });
}

/** Lets one article know, or forget, that it was not useful for a ticket with this cleaned text; in the caller's transaction. */
export async function setNotUseful(
  ctx: Context,
  ticketId: string,
  articleId: string,
  text: string | null,
): Promise<void> {
  await ctx.db.delete(ArticleFeedback, { ticketId, articleId, kind: 'NOT_USEFUL' });
  if (text) await addTexts(ctx, [{ articleId, ticketId, kind: 'NOT_USEFUL', text }]);
  await renumber(ctx, [articleId]);
}

/** Takes along all that was learnt from a ticket, as when it is deleted. */
export async function forgetTicket(ctx: Context, ticketId: string): Promise<void> {
  await transact(ctx, async (ctx) => {
    const known = await ctx.db.findBy(ArticleFeedback, { ticketId });
    await ctx.db.delete(ArticleFeedback, { ticketId });
    await ctx.db.delete(SuggestionGap, { ticketId });
    await renumber(
      ctx,
      known.map(({ articleId }) => articleId),
    );
  });
}

/** Adds learnt texts and drops the oldest beyond 50 of an article and kind; numbers are the caller's. In the caller's transaction. */
export async function addTexts(
  ctx: Context,
  texts: readonly Pick<ArticleFeedback, 'articleId' | 'ticketId' | 'kind' | 'text'>[],
): Promise<void> {
  if (texts.length === 0) return;
  const createdAt = ctx.clock.now();
  await ctx.db.insert(
    ArticleFeedback,
    texts.map((text) => ({ ...text, id: ctx.random.id(createdAt), createdAt })),
  );
  const places = new Map(texts.map(({ articleId, kind }) => [`${articleId} ${kind}`, { articleId, kind }]));
  for (const where of places.values()) {
    const [oldest] = await ctx.db.find(ArticleFeedback, {
      where,
      select: { id: true },
      order: { id: 'DESC' },
      skip: mostFeedbackTexts,
      take: 1,
    });
    if (oldest) await ctx.db.delete(ArticleFeedback, { ...where, id: LessThanOrEqual(oldest.id) });
  }
}

/** What these articles have learnt has changed: every index reads them again. */
async function renumber(ctx: Context, articleIds: readonly string[]): Promise<void> {
  const ids = [...new Set(articleIds)].sort();
  if (ids.length === 0) return;
  const last = await nextIndexVersion(ctx, ids.length);
  for (const [i, id] of ids.entries())
    await ctx.db.update(Article, { id }, { indexVersion: last - ids.length + 1 + i });
}

async function existing(ctx: Context, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  return (await ctx.db.find(Article, { where: { id: In([...ids]) }, select: { id: true } })).map(({ id }) => id);
}
