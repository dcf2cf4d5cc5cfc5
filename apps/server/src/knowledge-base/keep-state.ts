import { LessThanOrEqual } from 'typeorm';
import type { Context } from '../platform/context.ts';
import type { Article } from './article.entity.ts';
import { ArticleVersion } from './article-version.entity.ts';

/** Autosaves of one author within this time are one state: not every pause in typing makes a version. */
const ONE_SITTING_MS = 10 * 60_000;
const MOST_VERSIONS = 200;

/** Words that give way to others, and who wrote them when. */
type Words = Pick<Article, 'title' | 'summary' | 'body' | 'keywords' | 'updatedAt' | 'updatedById'>;

interface Place {
  readonly articleId: string;
  /** The version of the article that says them, or that they were to change. */
  readonly number: number;
  /** They are unpublished changes. */
  readonly unpublished: boolean;
}

/** Keeps words as an earlier state of an article, in the caller's transaction; the oldest beyond 200 go. */
export async function keepState(ctx: Context, words: Words, place: Place): Promise<void> {
  const { title, summary, body, keywords, updatedAt: createdAt, updatedById: authorId } = words;
  const id = ctx.random.id(ctx.clock.now());
  await ctx.db.insert(ArticleVersion, { ...place, id, title, summary, body, keywords, createdAt, authorId });
  const [oldest] = await ctx.db.find(ArticleVersion, {
    where: { articleId: place.articleId },
    select: { id: true },
    order: { id: 'DESC' },
    skip: MOST_VERSIONS,
    take: 1,
  });
  if (oldest) await ctx.db.delete(ArticleVersion, { articleId: place.articleId, id: LessThanOrEqual(oldest.id) });
}

/** Whether whoever writes now goes on with their own words of a moment ago. */
export function isSameSitting(ctx: Context, { updatedAt, updatedById }: Words): boolean {
  return updatedById === authorOf(ctx) && ctx.clock.now().getTime() - updatedAt.getTime() < ONE_SITTING_MS;
}

/** The agent who writes; null: a program. */
export function authorOf({ actor }: Context): string | null {
  return actor.kind === 'agent' ? actor.agentId : null;
}
