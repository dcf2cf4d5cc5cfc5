import { guessLanguage } from '@support-center/suggest';
import type { Context } from '../platform/context.ts';
import { rowLock, transact } from '../platform/database.ts';
import { AppError, invalidInput, notFound } from '../platform/errors.ts';
import { Article } from './article.entity.ts';
import { ArticleCategory } from './article-category.entity.ts';
import { articleText } from './article-html.ts';
import { ArticleRemoval } from './article-removal.entity.ts';
import { checkArticle } from './check-article.ts';
import { keepFormerAddress } from './former-addresses.ts';
import { authorOf, isSameSitting, keepState } from './keep-state.ts';
import { KnowledgeBase } from './knowledge-base.entity.ts';
import type { ArticleInput } from './knowledge-base.inputs.ts';
import { requireMayWriteArticles } from './knowledge-base.policy.ts';
import { holdIndexVersions, nextIndexVersion } from './next-index-version.ts';
import { slugOf, slugWithId } from './slug.ts';
import { settleChanges } from './unpublished-changes.ts';

const GUESSED_FROM = 2000;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const WORDS = ['title', 'summary', 'body', 'keywords'] as const;

/**
 * Makes an article or changes one; what it said before is kept as an earlier state. Saving the same twice changes nothing.
 * With version 0 a new one gets the id that the writer chose.
 * @throws AppError NOT_FOUND, FORBIDDEN, INVALID_INPUT, CONFLICT when it is no longer at `version` or the address is taken
 */
export async function saveArticle(ctx: Context, input: ArticleInput): Promise<Article> {
  requireMayWriteArticles(ctx.actor);
  const { checked, errors } = checkArticle(input);
  if (errors.length > 0) throw invalidInput(errors);
  return transact(ctx, async (ctx) => {
    if (!(await ctx.db.existsBy(KnowledgeBase, { id: input.knowledgeBaseId }))) throw notFound('knowledge base');
    const isNew = !input.id || input.version === 0;
    const before = isNew ? null : await lockArticle(ctx, input.id!, input.version);
    const { categoryId, published, staffOnly } = input;
    const wish: Partial<Article> = { ...checked, knowledgeBaseId: input.knowledgeBaseId };
    if (before && before.knowledgeBaseId !== input.knowledgeBaseId) wish.categoryId = null;
    if (categoryId !== undefined) wish.categoryId = categoryId;
    if (published !== undefined) wish.published = published ?? false;
    if (staffOnly !== undefined) wish.staffOnly = staffOnly ?? false;
    await requireCategory(ctx, wish);
    return before
      ? changeArticle(ctx, before, wish, { autosave: input.autosave ?? false })
      : insertArticle(ctx, wish, input.id ?? null);
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
    await keepWords(ctx, before, how.autosave ?? false);
  const { id, ...columns } = Object.assign(after, {
    version: before.version + 1,
    indexVersion: await nextIndexVersion(ctx),
    updatedAt: ctx.clock.now(),
    updatedById: authorOf(ctx),
  });
  await ctx.db.update(Article, { id }, columns);
  await keepFormerAddress(ctx, before, after);
  if (before.published) await settleChanges(ctx, before, after);
  return after;
}

async function insertArticle(ctx: Context, wish: Partial<Article>, chosenId: string | null): Promise<Article> {
  const id = chosenId ?? ctx.random.id(ctx.clock.now());
  const article = newArticle(ctx, id, wish);
  await holdIndexVersions(ctx);
  if (chosenId) await requireFreeId(ctx, chosenId);
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

/** An id that a writer has chosen names one article: sent again after a lost answer it makes no second one, and none that was deleted lately. */
async function requireFreeId(ctx: Context, id: string): Promise<void> {
  if (!UUID.test(id))
    throw invalidInput([
      { path: 'id', message: 'The id of a new article is a UUID in small letters; or leave it out.' },
    ]);
  if (await ctx.db.existsBy(ArticleRemoval, { articleId: id })) throw notFound('article');
  if (await ctx.db.existsBy(Article, { id }))
    throw new AppError('CONFLICT', 'This article is there already. Nothing was saved; look at its present state.');
}

async function requireFreeSlug(ctx: Context, knowledgeBaseId: string, slug: string): Promise<void> {
  if (await ctx.db.existsBy(Article, { knowledgeBaseId, slug }))
    throw new AppError('CONFLICT', 'Another article of this base has this address. Nothing was saved; choose another.');
}

/** @throws AppError INVALID_INPUT unless the category is none or one of the base */
export async function requireCategory(ctx: Context, { categoryId, knowledgeBaseId }: Partial<Article>): Promise<void> {
  if (!categoryId) return;
  if (!(await ctx.db.existsBy(ArticleCategory, { id: categoryId, knowledgeBaseId: knowledgeBaseId! })))
    throw invalidInput([{ path: 'categoryId', message: 'There is no such category in this base.' }]);
}

/** Keeps what an article says now, unless it is an autosave upon words of the same sitting. */
async function keepWords(ctx: Context, before: Article, autosave: boolean): Promise<void> {
  if (autosave && isSameSitting(ctx, before)) return;
  await keepState(ctx, before, { articleId: before.id, number: before.version, unpublished: false });
}
