import type { SelectQueryBuilder } from 'typeorm';
import type { Context } from '../platform/context.ts';
import { readSettings } from '../settings/read-settings.ts';
import { Article } from './article.entity.ts';
import { categoriesOf } from './article-categories.ts';
import type { ArticleCategory } from './article-category.entity.ts';
import { withDescendants } from './category-tree.ts';
import { findSuggestions } from './find-suggestions.ts';
import { FormerAddress } from './former-address.entity.ts';
import { KnowledgeBase } from './knowledge-base.entity.ts';
import type { Suggestion } from './suggestion.types.ts';

const ASKED_AT_ONCE = 500;
const LONGEST_SEARCH = 200;
const MOST_FOUND = 20;
/** Whoever searches wants to see what there is; only what hardly fits stays away. */
const SEARCH_FLOOR = 0.05;
/** What has this share of the words is shown in any case, such as every article for the name of the product. */
const SURELY_FITTING = 0.5;

/** A category that readers can see, with the number of articles that they can read there and below. */
export interface PublicCategory {
  readonly category: ArticleCategory;
  readonly level: number;
  readonly count: number;
}

/** How many articles of a base readers may see. */
export interface PublicCounts {
  readonly total: number;
  /** Right under each category, not below it; null: under none. */
  readonly inCategory: ReadonlyMap<string | null, number>;
  /** The language of most of them; null where there are none. */
  readonly language: string | null;
}

/**
 * The base that everybody may read: the Default KnowledgeBase unless it is for staff only. Every public page begins
 * here, and every query below adds the same two conditions; there is no other door.
 */
export async function readPublicBase(ctx: Context): Promise<KnowledgeBase | null> {
  const { defaultKnowledgeBaseId: id } = await readSettings(ctx);
  return id ? ctx.db.findOneBy(KnowledgeBase, { id, staffOnly: false }) : null;
}

/** The article with this address; null unless readers may see it. */
export async function findPublicArticle(ctx: Context, base: KnowledgeBase, slug: string): Promise<Article | null> {
  return visible(ctx, base).andWhere('a.slug = :slug', { slug }).getOne();
}

/** The article that was last published under this address before it got another one; null unless readers may see it. */
export async function findMovedArticle(ctx: Context, base: KnowledgeBase, slug: string): Promise<Article | null> {
  return moved(ctx, base).andWhere('f.slug = :slug', { slug }).orderBy('f.leftAt', 'DESC').limit(1).getOne();
}

/** Those of these addresses under which readers get to an article. */
export async function openSlugs(ctx: Context, base: KnowledgeBase, slugs: readonly string[]): Promise<Set<string>> {
  const open = new Set<string>();
  for (let i = 0; i < slugs.length; i += ASKED_AT_ONCE) {
    const asked = slugs.slice(i, i + ASKED_AT_ONCE);
    const found = await Promise.all([
      visible(ctx, base).andWhere('a.slug IN (:...asked)', { asked }).select('a.slug', 'slug').getRawMany(),
      moved(ctx, base).andWhere('f.slug IN (:...asked)', { asked }).select('f.slug', 'slug').getRawMany(),
    ]);
    for (const { slug } of found.flat()) open.add(slug);
  }
  return open;
}

/** Articles of a category and those below it (null: of all), by title, a window of them. */
export async function listPublicArticles(
  ctx: Context,
  base: KnowledgeBase,
  { categoryId, skip, take }: { categoryId: string | null; skip: number; take: number },
): Promise<{ articles: Article[]; hasMore: boolean }> {
  const query = visible(ctx, base).select(['a.id', 'a.slug', 'a.title', 'a.summary', 'a.language', 'a.updatedAt']);
  if (categoryId !== null) {
    const ids = withDescendants(await categoriesOf(ctx, base.id), categoryId);
    query.andWhere('a.categoryId IN (:...ids)', { ids });
  }
  const rows = await query
    .orderBy('LOWER(a.title)')
    .addOrderBy('a.id')
    .offset(skip)
    .limit(take + 1)
    .getMany();
  return { articles: rows.slice(0, take), hasMore: rows.length > take };
}

/** The newest articles. */
export async function newestPublicArticles(ctx: Context, base: KnowledgeBase, take: number): Promise<Article[]> {
  return visible(ctx, base)
    .select(['a.id', 'a.slug', 'a.title', 'a.summary', 'a.language', 'a.updatedAt'])
    .orderBy('a.updatedAt', 'DESC')
    .addOrderBy('a.id', 'DESC')
    .limit(take)
    .getMany();
}

/** Addresses and times for machines, in a lasting order. */
export async function listPublicAddresses(
  ctx: Context,
  base: KnowledgeBase,
  { skip, take }: { skip: number; take: number },
): Promise<Pick<Article, 'slug' | 'updatedAt'>[]> {
  return visible(ctx, base)
    .select(['a.id', 'a.slug', 'a.updatedAt'])
    .orderBy('a.id')
    .offset(skip)
    .limit(take)
    .getMany();
}

/** How many articles readers can see. Goes through the whole base: `PublicCounter` remembers it. */
export async function countPublicArticles(ctx: Context, base: KnowledgeBase): Promise<PublicCounts> {
  const rows = await visible(ctx, base)
    .select('a.categoryId', 'categoryId')
    .addSelect('a.language', 'language')
    .addSelect('COUNT(*)', 'counted')
    .groupBy('a.categoryId')
    .addGroupBy('a.language')
    .orderBy('a.language')
    .getRawMany<{ categoryId: string | null; language: string; counted: string | number }>();
  const inCategory = new Map<string | null, number>();
  const inLanguage = new Map<string, number>();
  for (const { categoryId, language, counted } of rows) {
    inCategory.set(categoryId, (inCategory.get(categoryId) ?? 0) + Number(counted));
    inLanguage.set(language, (inLanguage.get(language) ?? 0) + Number(counted));
  }
  const total = [...inCategory.values()].reduce((sum, one) => sum + one, 0);
  const [first] = [...inLanguage].sort((a, b) => b[1] - a[1]);
  return { total, inCategory, language: first?.[0] ?? null };
}

/** The categories in which readers find something, in the order of the tree. */
export async function listPublicCategories(
  ctx: Context,
  base: KnowledgeBase,
  { inCategory }: PublicCounts,
): Promise<PublicCategory[]> {
  const categories = await categoriesOf(ctx, base.id);
  const levels = new Map<string, number>();
  return categories.flatMap((category) => {
    const level = (levels.get(category.parentId ?? '') ?? 0) + 1;
    levels.set(category.id, level);
    const count = withDescendants(categories, category.id).reduce((sum, id) => sum + (inCategory.get(id) ?? 0), 0);
    return count > 0 ? [{ category, level, count }] : [];
  });
}

/** Articles that answer a search, best first. @throws AppError UNAVAILABLE */
export async function searchPublicArticles(ctx: Context, base: KnowledgeBase, words: string): Promise<Suggestion[]> {
  return findSuggestions(ctx, {
    knowledgeBaseId: base.id,
    text: words.slice(0, LONGEST_SEARCH),
    first: MOST_FOUND,
    floor: SEARCH_FLOOR,
    enoughCoverage: SURELY_FITTING,
    forEndUsers: true,
  });
}

/** What readers may see, by its former addresses `f` in this base. */
function moved(ctx: Context, base: KnowledgeBase): SelectQueryBuilder<Article> {
  return visible(ctx, base).innerJoin(
    FormerAddress,
    'f',
    'f.articleId = a.id AND f.knowledgeBaseId = a.knowledgeBaseId',
  );
}

function visible(ctx: Context, base: KnowledgeBase): SelectQueryBuilder<Article> {
  return ctx.db
    .createQueryBuilder(Article, 'a')
    .where('a.knowledgeBaseId = :base AND a.published = :yes AND a.staffOnly = :no', {
      base: base.id,
      yes: true,
      no: false,
    });
}
