import { guessLanguage } from '@support-center/suggest';
import { LessThanOrEqual } from 'typeorm';
import type { Context } from '../platform/context.ts';
import { rowLock, transact } from '../platform/database.ts';
import { AppError, invalidInput, notFound } from '../platform/errors.ts';
import { Article } from './article.entity.ts';
import { ArticleCategory } from './article-category.entity.ts';
import { articleText } from './article-html.ts';
import { ArticleVersion } from './article-version.entity.ts';
import { checkArticle } from './check-article.ts';
import { KnowledgeBase } from './knowledge-base.entity.ts';
import type { ArticleInput } from './knowledge-base.inputs.ts';
import { requireMayWriteArticles } from './knowledge-base.policy.ts';
import { holdIndexVersions, nextIndexVersion } from './next-index-version.ts';
import { slugOf, slugWithId } from './slug.ts';

/** Autosaves of one author within this time are one state: not every pause in typing makes a version. */
const ONE_SITTING_MS = 10 * 60_000;
const MOST_VERSIONS = 200;
const GUESSED_FROM = 2000;
const WORDS = ['title', 'summary', 'body', 'keywords'] as const;

/**
 * Makes an article or changes one; what it said before is kept as an earlier state. Saving the same twice changes nothing.
 * @throws AppError NOT_FOUND, FORBIDDEN, INVALID_INPUT, CONFLICT when it is no longer at `version` or the address is taken
 */
export async function saveArticle(ctx: Context, input: ArticleInput): Promise<Article> {
  requireMayWriteArticles(ctx.actor);
  const { checked, errors } = checkArticle(input);
  if (errors.length > 0) throw invalidInput(errors);
  return transact(ctx, async (ctx) => {
    if (!(await ctx.db.existsBy(KnowledgeBase, { id: input.knowledgeBaseId }))) throw notFound('knowledge base');
    const before = input.id ? await lockArticle(ctx, input.id, input.version) : null;
    const { categoryId, published, staffOnly } = input;
    const wish: Partial<Article> = { ...checked, knowledgeBaseId: input.knowledgeBaseId };
    if (before && before.knowledgeBaseId !== input.knowledgeBaseId) wish.categoryId = null;
    if (categoryId !== undefined) wish.categoryId = categoryId;
    if (published !== undefined) wish.published = published ?? false;
    if (staffOnly !== undefined) wish.staffOnly = staffOnly ?? false;
    await requireCategory(ctx, wish);
    return before ? changeArticle(ctx, before, wish, { autosave: input.autosave ?? false }) : insertArticle(ctx, wish);
  });
}

/** The article, locked; with a version only while it has that one. @throws AppError NOT_FOUND, CONFLICT */
export async function lockArticle(ctx: Context, id: string, version?: number | null): Promise<Article> {
  const lock = rowLock(ctx);
  const article = await ctx.db.findOne(Article, { where: { id }, ...(lock ? { lock } : {}) });
  if (!article) throw notFound('article');
  if (version !== undefined && version !== null && version !== article.version)
    throw new AppError(
      'CONFLICT',
      'Somebody else has changed this article meanwhile. Nothing was saved; look at the present state and save again.',
    );
  return article;
}

/** Writes a locked article as wished, in the caller's transaction; no change, no new version. @throws AppError CONFLICT */
export async function changeArticle(
  ctx: Context,
  before: Article,
  wish: Partial<Article>,
  how: { autosave?: boolean } = {},
): Promise<Article> {
  const after = Object.assign(new Article(), before, wish);
  if (JSON.stringify(after) === JSON.stringify(before)) return before;
  await holdIndexVersions(ctx);
  if (after.slug !== before.slug) await requireFreeSlug(ctx, after.knowledgeBaseId, after.slug);
  else if (after.knowledgeBaseId !== before.knowledgeBaseId)
    after.slug = await freeSlug(ctx, after.knowledgeBaseId, after.slug, after.id);
  if (after.knowledgeBaseId !== before.knowledgeBaseId) after.externalId = await freeKey(ctx, after);
  if (WORDS.some((word) => JSON.stringify(after[word]) !== JSON.stringify(before[word])))
    await keepState(ctx, before, how.autosave ?? false);
  const { id, ...columns } = Object.assign(after, {
    version: before.version + 1,
    indexVersion: await nextIndexVersion(ctx),
    updatedAt: ctx.clock.now(),
    updatedById: authorOf(ctx),
  });
  await ctx.db.update(Article, { id }, columns);
  return after;
}

async function insertArticle(ctx: Context, wish: Partial<Article>): Promise<Article> {
  const now = ctx.clock.now();
  const id = ctx.random.id(now);
  const article = newArticle(ctx, id, wish);
  await holdIndexVersions(ctx);
  if (wish.slug) await requireFreeSlug(ctx, article.knowledgeBaseId, wish.slug);
  else article.slug = await freeSlug(ctx, article.knowledgeBaseId, article.slug, id);
  article.indexVersion = await nextIndexVersion(ctx);
  await ctx.db.insert(Article, article);
  return article;
}

/** An article that is not stored yet: what the wish leaves out has its default. */
export function newArticle(ctx: Context, id: string, wish: Partial<Article>): Article {
  const now = ctx.clock.now();
  const { title = '', body = '' } = wish;
  const defaults = {
    id,
    categoryId: null,
    externalId: null,
    title,
    slug: slugOf(title),
    summary: '',
    body,
    keywords: [],
    language: wish.language ?? languageOf(title, body),
    published: false,
    staffOnly: false,
    version: 1,
    indexVersion: 0,
    createdAt: now,
    updatedAt: now,
    updatedById: authorOf(ctx),
  };
  return Object.assign(new Article(), defaults, wish);
}

/** The language that an article seems to be in. */
export function languageOf(title: string, body: string): string {
  return guessLanguage(`${title}\n${articleText(body.slice(0, GUESSED_FROM))}`) || 'en';
}

/** The wished address, or where it is taken one with the end of the id behind it. */
export async function freeSlug(ctx: Context, knowledgeBaseId: string, slug: string, id: string): Promise<string> {
  return (await ctx.db.existsBy(Article, { knowledgeBaseId, slug })) ? slugWithId(slug, id) : slug;
}

/** The key of an article that comes into a base; null where another one has it, for a key names one article. */
async function freeKey(ctx: Context, { knowledgeBaseId, externalId }: Article): Promise<string | null> {
  if (externalId === null) return null;
  return (await ctx.db.existsBy(Article, { knowledgeBaseId, externalId })) ? null : externalId;
}

async function requireFreeSlug(ctx: Context, knowledgeBaseId: string, slug: string): Promise<void> {
  if (await ctx.db.existsBy(Article, { knowledgeBaseId, slug }))
    throw new AppError('CONFLICT', 'Another article of this base has this address. Nothing was saved; choose another.');
}

async function requireCategory(ctx: Context, { categoryId, knowledgeBaseId }: Partial<Article>): Promise<void> {
  if (!categoryId) return;
  if (!(await ctx.db.existsBy(ArticleCategory, { id: categoryId, knowledgeBaseId: knowledgeBaseId! })))
    throw invalidInput([{ path: 'categoryId', message: 'There is no such category in this base.' }]);
}

/** Keeps what an article says now, unless it is an autosave upon words of the same sitting; the oldest beyond 200 states go. */
async function keepState(ctx: Context, before: Article, autosave: boolean): Promise<void> {
  const isSameSitting =
    autosave &&
    before.updatedById === authorOf(ctx) &&
    ctx.clock.now().getTime() - before.updatedAt.getTime() < ONE_SITTING_MS;
  if (isSameSitting) return;
  await ctx.db.insert(ArticleVersion, {
    id: ctx.random.id(ctx.clock.now()),
    articleId: before.id,
    number: before.version,
    title: before.title,
    summary: before.summary,
    body: before.body,
    keywords: before.keywords,
    createdAt: before.updatedAt,
    authorId: before.updatedById,
  });
  const [oldest] = await ctx.db.find(ArticleVersion, {
    where: { articleId: before.id },
    select: { id: true, number: true },
    order: { number: 'DESC' },
    skip: MOST_VERSIONS,
    take: 1,
  });
  if (oldest) await ctx.db.delete(ArticleVersion, { articleId: before.id, number: LessThanOrEqual(oldest.number) });
}

function authorOf({ actor }: Context): string | null {
  return actor.kind === 'agent' ? actor.agentId : null;
}
