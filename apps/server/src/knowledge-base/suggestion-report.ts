import { In } from 'typeorm';
import { requireScope } from '../accounts/account.policy.ts';
import type { Context } from '../platform/context.ts';
import { invalidInput } from '../platform/errors.ts';
import { Article } from './article.entity.ts';
import type { SuggestionReport, SuggestionStats } from './suggestion.types.ts';
import { SuggestionGap } from './suggestion-gap.entity.ts';
import { groupGaps } from './suggestion-gaps.ts';
import { SuggestionUse } from './suggestion-use.entity.ts';
import { dayOf } from './suggestion-uses.ts';

const DAY_MS = 86_400_000;
const MOST_DAYS = 366;
const MOST_ARTICLES = 100;
const COUNTS = {
  shown: 'COUNT(*)',
  inserted: 'SUM(CASE WHEN u.insertedAt IS NOT NULL THEN 1 ELSE 0 END)',
  sentUnchanged: 'SUM(CASE WHEN u.sentUnchanged THEN 1 ELSE 0 END)',
  dismissed: 'SUM(CASE WHEN u.dismissedAt IS NOT NULL THEN 1 ELSE 0 END)',
} as const;

/** Nothing has become of anything. */
export const NO_STATS: SuggestionStats = { shown: 0, inserted: 0, sentUnchanged: 0, dismissed: 0 };

/** What suggestions were good for in the last days, today included. @throws AppError FORBIDDEN, INVALID_INPUT */
export async function suggestionReport(ctx: Context, days: number): Promise<SuggestionReport> {
  requireScope(ctx.actor, 'kb:read');
  requireScope(ctx.actor, 'tickets:read');
  if (!Number.isInteger(days) || days < 1 || days > MOST_DAYS)
    throw invalidInput([{ path: 'days', message: `Ask for 1 to ${MOST_DAYS} days.` }]);
  const to = ctx.clock.now();
  const span = Array.from({ length: days }, (_, i) => dayOf(new Date(to.getTime() - (days - 1 - i) * DAY_MS)));
  const sinceDay = span[0]!;
  const byDay = await countsBy(ctx, 'day', sinceDay);
  const byArticle = await countsBy(ctx, 'articleId', sinceDay);
  const withoutArticle = await gapsByDay(ctx, sinceDay);
  return {
    from: new Date(`${sinceDay}T00:00:00.000Z`),
    to,
    totals: [...byDay.values()].reduce(sum, NO_STATS),
    days: span.map((day) => ({ day, ...(byDay.get(day) ?? NO_STATS), withoutArticle: withoutArticle.get(day) ?? 0 })),
    articles: await mostShown(ctx, byArticle),
    gaps: await groupGaps(ctx, sinceDay),
  };
}

/** What has become of suggestions of these articles, ever. */
export async function statsOf(ctx: Context, articleIds: readonly string[]): Promise<Map<string, SuggestionStats>> {
  return countsBy(ctx, 'articleId', '', articleIds);
}

async function countsBy(
  ctx: Context,
  column: 'day' | 'articleId',
  sinceDay: string,
  articleIds?: readonly string[],
): Promise<Map<string, SuggestionStats>> {
  const query = ctx.db
    .createQueryBuilder(SuggestionUse, 'u')
    .select(`u.${column}`, 'place')
    .where('u.day >= :sinceDay', { sinceDay })
    .groupBy(`u.${column}`);
  if (articleIds) query.andWhere('u.articleId IN (:...articleIds)', { articleIds });
  for (const [name, sql] of Object.entries(COUNTS)) query.addSelect(sql, name);
  const rows = await query.getRawMany<Record<keyof SuggestionStats, string | number> & { place: string }>();
  return new Map(
    rows.map((row) => [
      row.place,
      {
        shown: Number(row.shown),
        inserted: Number(row.inserted),
        sentUnchanged: Number(row.sentUnchanged),
        dismissed: Number(row.dismissed),
      },
    ]),
  );
}

async function gapsByDay(ctx: Context, sinceDay: string): Promise<Map<string, number>> {
  const rows = await ctx.db
    .createQueryBuilder(SuggestionGap, 'g')
    .select('g.day', 'day')
    .addSelect('COUNT(*)', 'counted')
    .where('g.day >= :sinceDay', { sinceDay })
    .groupBy('g.day')
    .getRawMany<{ day: string; counted: string | number }>();
  return new Map(rows.map(({ day, counted }) => [day, Number(counted)]));
}

async function mostShown(
  ctx: Context,
  byArticle: ReadonlyMap<string, SuggestionStats>,
): Promise<SuggestionReport['articles']> {
  const best = [...byArticle]
    .sort(([, a], [, b]) => b.shown - a.shown || b.inserted - a.inserted)
    .slice(0, MOST_ARTICLES);
  if (best.length === 0) return [];
  const found = await ctx.db.findBy(Article, { id: In(best.map(([id]) => id)) });
  const articles = new Map(found.map((article) => [article.id, article]));
  return best.flatMap(([id, stats]) => {
    const article = articles.get(id);
    return article ? [{ article, stats }] : [];
  });
}

function sum(a: SuggestionStats, b: SuggestionStats): SuggestionStats {
  return {
    shown: a.shown + b.shown,
    inserted: a.inserted + b.inserted,
    sentUnchanged: a.sentUnchanged + b.sentUnchanged,
    dismissed: a.dismissed + b.dismissed,
  };
}
