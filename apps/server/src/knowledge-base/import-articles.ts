import { cleanTicketText, mostFeedbackTexts } from '@support-center/suggest';
import { In, IsNull } from 'typeorm';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { AppError, type FieldError, invalidInput, notFound } from '../platform/errors.ts';
import { Article } from './article.entity.ts';
import { categoryAt } from './article-categories.ts';
import { ArticleFeedback } from './article-feedback.entity.ts';
import { DEEPEST } from './category-tree.ts';
import { checkArticle, LONGEST_EXTERNAL_ID } from './check-article.ts';
import type { ImportArticlesInput, ImportedArticleInput, ImportResult } from './import.inputs.ts';
import { KnowledgeBase } from './knowledge-base.entity.ts';
import { requireMayWriteArticles } from './knowledge-base.policy.ts';
import { addTexts } from './learn-from-tickets.ts';
import { holdIndexVersions, nextIndexVersion } from './next-index-version.ts';
import { cleanLine } from './plain-words.ts';
import { changeArticle, languageOf, lockArticle, newArticle } from './save-article.ts';
import { slugWithId } from './slug.ts';

const MOST_ARTICLES = 500;
const MOST_QUESTIONS = 200;
const INSERTED_AT_ONCE = 50;
const CHECKED_AT_ONCE = 10;

interface Wish {
  readonly input: ImportedArticleInput;
  readonly fields: Partial<Article>;
  /** The language of a new article: as given, or guessed. */
  readonly language: string;
}

/**
 * Takes up to 500 articles into a base in one transaction: all, or none with an error per wrong field. One that comes
 * with the key of an article that is there changes that one, so the same import again changes nothing.
 * @throws AppError NOT_FOUND, FORBIDDEN, INVALID_INPUT
 */
export async function importArticles(ctx: Context, input: ImportArticlesInput): Promise<ImportResult> {
  requireMayWriteArticles(ctx.actor);
  const { knowledgeBaseId, articles } = input;
  if (articles.length < 1 || articles.length > MOST_ARTICLES)
    throw invalidInput([{ path: 'articles', message: `Send 1 to ${MOST_ARTICLES} articles at a time.` }]);
  const wishes = await checkAll(articles, knowledgeBaseId);
  return transact(ctx, async (ctx) => {
    if (!(await ctx.db.existsBy(KnowledgeBase, { id: knowledgeBaseId }))) throw notFound('knowledge base');
    await placeInCategories(ctx, knowledgeBaseId, wishes);
    await holdIndexVersions(ctx);
    const known = await knownArticles(ctx, knowledgeBaseId, wishes);
    const result = { added: 0, updated: 0, unchanged: 0, articleIds: [] as string[], problems: [] };
    const fresh: Article[] = [];
    for (const { input, fields, language } of wishes) {
      const before = known.get(input.externalId ?? '');
      if (!before) {
        const article = newArticle(ctx, ctx.random.id(ctx.clock.now()), { ...fields, language });
        fresh.push(article);
        result.articleIds.push(article.id);
        continue;
      }
      const { externalId: _kept, slug: _own, ...changes } = fields;
      const after = await changeArticle(ctx, await lockArticle(ctx, before.id), changes);
      result[after.version === before.version ? 'unchanged' : 'updated']++;
      result.articleIds.push(before.id);
    }
    await insertAll(ctx, knowledgeBaseId, fresh);
    result.added = fresh.length;
    await learnPast(ctx, wishes, result.articleIds);
    return result;
  });
}

/** Checks every article; between them others get their turn, since rendering long ones takes time. */
async function checkAll(articles: readonly ImportedArticleInput[], knowledgeBaseId: string): Promise<Wish[]> {
  const errors: FieldError[] = [];
  const keys = new Set<string>();
  const wishes: Wish[] = [];
  for (const [i, input] of articles.entries()) {
    if (i % CHECKED_AT_ONCE === 0) await new Promise(setImmediate);
    const { checked, errors: wrong } = checkArticle(input);
    for (const { path, message } of wrong) errors.push({ path: `articles.${i}.${path}`, message });
    const problem = (path: string, message: string) => void errors.push({ path: `articles.${i}.${path}`, message });
    const externalId = input.externalId || null;
    if (externalId !== null) {
      if (externalId.length > LONGEST_EXTERNAL_ID || cleanLine(externalId) !== externalId)
        problem('externalId', `A key is one line of at most ${LONGEST_EXTERNAL_ID} characters.`);
      if (keys.has(externalId)) problem('externalId', 'Another article of this import has the same key.');
      keys.add(externalId);
    }
    if ((input.categoryPath?.length ?? 0) > DEEPEST)
      problem('categoryPath', `Categories have at most ${DEEPEST} levels.`);
    if ((input.pastQuestions?.length ?? 0) > MOST_QUESTIONS)
      problem('pastQuestions', `Give at most ${MOST_QUESTIONS} past questions.`);
    const fields: Partial<Article> = { ...checked, knowledgeBaseId, externalId };
    if (input.published !== undefined) fields.published = input.published ?? false;
    if (input.staffOnly !== undefined) fields.staffOnly = input.staffOnly ?? false;
    const { language, title = '', body = '' } = checked;
    wishes.push({ input, fields, language: language ?? languageOf(title, body) });
  }
  if (errors.length > 0) throw invalidInput(errors.slice(0, 100));
  return wishes;
}

async function placeInCategories(ctx: Context, knowledgeBaseId: string, wishes: readonly Wish[]): Promise<void> {
  const places = new Map<string, string | null>();
  for (const [i, { input, fields }] of wishes.entries()) {
    if (!input.categoryPath) continue;
    const path = input.categoryPath.map(cleanLine);
    const key = JSON.stringify(path);
    if (!places.has(key)) places.set(key, await categoryAt(ctx, knowledgeBaseId, path).catch(atPlace(i)));
    fields.categoryId = places.get(key) ?? null;
  }
}

/** Names the article whose categories were refused. */
function atPlace(i: number): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof AppError) || error.code === 'NOT_FOUND') throw error;
    throw invalidInput([{ path: `articles.${i}.categoryPath`, message: error.message }]);
  };
}

/** The articles that are there already, by the key that names them: their own id, or the one they were imported with. */
async function knownArticles(
  ctx: Context,
  knowledgeBaseId: string,
  wishes: readonly Wish[],
): Promise<Map<string, Article>> {
  const keys = wishes.flatMap(({ input }) => (input.externalId ? [input.externalId] : []));
  if (keys.length === 0) return new Map();
  const found = await ctx.db.find(Article, {
    where: [
      { knowledgeBaseId, id: In(keys) },
      { knowledgeBaseId, externalId: In(keys) },
    ],
  });
  return new Map([
    ...found.map((article): [string, Article] => [article.id, article]),
    ...found.map((article): [string, Article] => [article.externalId ?? article.id, article]),
  ]);
}

async function insertAll(ctx: Context, knowledgeBaseId: string, fresh: readonly Article[]): Promise<void> {
  if (fresh.length === 0) return;
  const wanted = [...new Set(fresh.map(({ slug }) => slug))];
  const rows = await ctx.db.find(Article, { where: { knowledgeBaseId, slug: In(wanted) }, select: { slug: true } });
  const taken = new Set(rows.map(({ slug }) => slug));
  const last = await nextIndexVersion(ctx, fresh.length);
  for (const [i, article] of fresh.entries()) {
    if (taken.has(article.slug)) article.slug = slugWithId(article.slug, article.id);
    taken.add(article.slug);
    article.indexVersion = last - fresh.length + 1 + i;
  }
  for (let i = 0; i < fresh.length; i += INSERTED_AT_ONCE) {
    // A file database answers at once: without this a whole batch would be one turn of the event loop.
    await new Promise(setImmediate);
    await ctx.db
      .createQueryBuilder()
      .insert()
      .into(Article)
      .values(fresh.slice(i, i + INSERTED_AT_ONCE))
      .updateEntity(false)
      .execute();
  }
}

/** What an article learnt from an earlier import gives way to what comes now. */
async function learnPast(ctx: Context, wishes: readonly Wish[], articleIds: readonly string[]): Promise<void> {
  const taught: string[] = [];
  for (const [i, { input }] of wishes.entries()) {
    if (!input.pastQuestions) continue;
    const articleId = articleIds[i]!;
    const newest = input.pastQuestions.slice(0, mostFeedbackTexts).map((text) => cleanTicketText('', text));
    const texts = newest.filter((text) => text !== '').reverse();
    const imported = { articleId, ticketId: IsNull(), kind: 'ANSWERED' as const };
    const known = await ctx.db.find(ArticleFeedback, { where: imported, order: { id: 'ASC' } });
    if (JSON.stringify(known.map(({ text }) => text)) === JSON.stringify(texts)) continue;
    await ctx.db.delete(ArticleFeedback, imported);
    await addTexts(
      ctx,
      texts.map((text) => ({ articleId, ticketId: null, kind: 'ANSWERED', text })),
    );
    taught.push(articleId);
  }
  const last = taught.length > 0 ? await nextIndexVersion(ctx, taught.length) : 0;
  for (const [i, id] of [...taught].sort().entries())
    await ctx.db.update(Article, { id }, { indexVersion: last - taught.length + 1 + i });
}
