import { Brackets, type SelectQueryBuilder } from 'typeorm';
import type { Context } from '../platform/context.ts';
import { escapeLike } from '../platform/database.ts';
import { type Connection, checkFirst, makeConnection, readCursor, type WindowArgs } from '../platform/pagination.ts';
import { Article } from './article.entity.ts';
import { categoriesOf } from './article-categories.ts';
import { withDescendants } from './category-tree.ts';
import type { ArticleFilter } from './knowledge-base.inputs.ts';

const LONGEST_SEARCH = 200;
const MOST_WORDS = 10;

/** A window of a base's articles, last changed first. @throws AppError INVALID_INPUT */
export async function listArticles(
  ctx: Context,
  knowledgeBaseId: string,
  filter: ArticleFilter,
  args: WindowArgs,
): Promise<Connection<Article>> {
  const first = checkFirst(args.first);
  const query = ctx.db
    .createQueryBuilder(Article, 'a')
    .where('a.knowledgeBaseId = :knowledgeBaseId', { knowledgeBaseId });
  await narrow(ctx, query, knowledgeBaseId, filter);
  const totalCount = await query.clone().getCount();
  if (args.after) {
    const { at, id } = readCursor(args.after);
    query.andWhere('(a.updatedAt < :at OR (a.updatedAt = :at AND a.id < :id))', { at, id });
  }
  const rows = await query
    .orderBy('a.updatedAt', 'DESC')
    .addOrderBy('a.id', 'DESC')
    .limit(first + 1)
    .getMany();
  return makeConnection(rows, first, totalCount, (article) => ({ at: article.updatedAt, id: article.id }));
}

async function narrow(
  ctx: Context,
  query: SelectQueryBuilder<Article>,
  knowledgeBaseId: string,
  filter: ArticleFilter,
): Promise<void> {
  if (filter.categoryId) {
    const ids = withDescendants(await categoriesOf(ctx, knowledgeBaseId), filter.categoryId);
    query.andWhere('a.categoryId IN (:...ids)', { ids });
  }
  if (filter.uncategorised) query.andWhere('a.categoryId IS NULL');
  if (typeof filter.published === 'boolean')
    query.andWhere('a.published = :published', { published: filter.published });
  if (typeof filter.staffOnly === 'boolean')
    query.andWhere('a.staffOnly = :staffOnly', { staffOnly: filter.staffOnly });
  if (filter.language) query.andWhere('a.language = :language', { language: filter.language });
  const words = (filter.search ?? '').slice(0, LONGEST_SEARCH).toLowerCase().split(/\s+/u);
  for (const [i, word] of words
    .filter((word) => word !== '')
    .slice(0, MOST_WORDS)
    .entries()) {
    const like = `%${escapeLike(word)}%`;
    query.andWhere(
      new Brackets((any) => {
        for (const column of ['title', 'keywords', 'slug'])
          any.orWhere(`LOWER(a.${column}) LIKE :like${i} ESCAPE '!'`, { [`like${i}`]: like });
      }),
    );
  }
}
