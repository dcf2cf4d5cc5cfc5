import { In } from 'typeorm';
import { Agent } from '../accounts/agent.entity.ts';
import { type GraphqlContext, loadById } from '../platform/graphql-context.ts';
import { readSettings, type SupportSettings } from '../settings/read-settings.ts';
import { Article } from './article.entity.ts';
import { ArticleCount } from './article-count.entity.ts';
import { ArticleFeedback } from './article-feedback.entity.ts';
import { KnowledgeBase } from './knowledge-base.entity.ts';
import { openSlugs, readPublicBase } from './public-articles.ts';
import { UnpublishedChanges } from './unpublished-changes.entity.ts';

/** Numbers of articles of a base. */
export interface ArticleCounts {
  readonly all: number;
  readonly published: number;
}

const byId = <T extends { id: string }>(rows: T[]) => new Map(rows.map((row) => [row.id, row]));

/** Whoever wrote something; null: nobody who is known. */
export async function loadAuthor(ctx: GraphqlContext, id: string | null): Promise<Agent | null> {
  return id ? loadById(ctx, 'agent', id, async (ids) => byId(await ctx.db.findBy(Agent, { id: In(ids) }))) : null;
}

export async function loadBase(ctx: GraphqlContext, id: string): Promise<KnowledgeBase | null> {
  return loadById(ctx, 'knowledge-base', id, async (ids) => byId(await ctx.db.findBy(KnowledgeBase, { id: In(ids) })));
}

/** Those of these addresses under which everybody may read an article. */
export async function loadOpenSlugs(ctx: GraphqlContext, slugs: readonly string[]): Promise<Set<string>> {
  const found = await Promise.all(
    slugs.map((slug) =>
      loadById(ctx, 'open-slugs', slug, async (asked) => {
        const base = await readPublicBase(ctx);
        const open = base ? await openSlugs(ctx, base, asked) : new Set<string>();
        return new Map([...open].map((slug) => [slug, slug]));
      }),
    ),
  );
  return new Set(found.filter((slug) => slug !== null));
}

/** The settings, read once for an operation. */
export async function loadSettings(ctx: GraphqlContext): Promise<SupportSettings> {
  const settings = await loadById(
    ctx,
    'settings-of-bases',
    'all',
    async () => new Map([['all', await readSettings(ctx)]]),
  );
  return settings!;
}

export async function loadArticleCounts(ctx: GraphqlContext, knowledgeBaseId: string): Promise<ArticleCounts> {
  const counts = await loadById(ctx, 'article-counts', knowledgeBaseId, async (ids) => {
    const rows = await ctx.db
      .createQueryBuilder(Article, 'a')
      .select('a.knowledgeBaseId', 'id')
      .addSelect('COUNT(*)', 'counted')
      .addSelect('SUM(CASE WHEN a.published THEN 1 ELSE 0 END)', 'published')
      .where('a.knowledgeBaseId IN (:...ids)', { ids })
      .groupBy('a.knowledgeBaseId')
      .getRawMany<{ id: string; counted: string | number; published: string | number }>();
    return new Map(rows.map((row) => [row.id, { all: Number(row.counted), published: Number(row.published) }]));
  });
  return counts ?? { all: 0, published: 0 };
}

/** How many articles stand right under a category. */
export async function loadCategoryCount(ctx: GraphqlContext, categoryId: string): Promise<number> {
  const count = await loadById(ctx, 'category-counts', categoryId, async (ids) => {
    const rows = await ctx.db
      .createQueryBuilder(Article, 'a')
      .select('a.categoryId', 'id')
      .addSelect('COUNT(*)', 'counted')
      .where('a.categoryId IN (:...ids)', { ids })
      .groupBy('a.categoryId')
      .getRawMany<{ id: string; counted: string | number }>();
    return new Map(rows.map((row) => [row.id, Number(row.counted)]));
  });
  return count ?? 0;
}

/** How many texts of answered tickets an article has learnt from. */
export async function loadLearntCount(ctx: GraphqlContext, articleId: string): Promise<number> {
  const count = await loadById(ctx, 'learnt-counts', articleId, async (ids) => {
    const rows = await ctx.db
      .createQueryBuilder(ArticleFeedback, 'f')
      .select('f.articleId', 'id')
      .addSelect('COUNT(*)', 'counted')
      .where("f.articleId IN (:...ids) AND f.kind = 'ANSWERED'", { ids })
      .groupBy('f.articleId')
      .getRawMany<{ id: string; counted: string | number }>();
    return new Map(rows.map((row) => [row.id, Number(row.counted)]));
  });
  return count ?? 0;
}

/** What readers of the public pages did with an article. */
export async function loadReaderCounts(
  ctx: GraphqlContext,
  articleId: string,
): Promise<Omit<ArticleCount, 'articleId'>> {
  const counts = await loadById(ctx, 'reader-counts', articleId, async (ids) => {
    const rows = await ctx.db.findBy(ArticleCount, { articleId: In(ids) });
    return new Map(rows.map((row) => [row.articleId, row]));
  });
  return counts ?? { views: 0, helpful: 0, notHelpful: 0 };
}

/** The changes of an article that wait for their publishing. */
export async function loadUnpublishedChanges(
  ctx: GraphqlContext,
  articleId: string,
): Promise<UnpublishedChanges | null> {
  return loadById(ctx, 'unpublished-changes', articleId, async (ids) => {
    const rows = await ctx.db.findBy(UnpublishedChanges, { articleId: In(ids) });
    return new Map(rows.map((row) => [row.articleId, row]));
  });
}
