import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import type { Context } from '../platform/context.ts';
import { Article } from './article.entity.ts';
import { categoriesOf } from './article-categories.ts';
import type { ArticleCategory } from './article-category.entity.ts';
import { writeMarkdown } from './front-matter.ts';
import { tarEnd, tarEntry } from './tar.ts';

const AT_ONCE = 100;

/** An article as a Markdown file with front matter. */
export async function exportArticle(ctx: Context, article: Article): Promise<string> {
  return toMarkdown(article, await categoriesOf(ctx, article.knowledgeBaseId));
}

/** All articles of a base, drafts included, as a gzipped tar archive of Markdown files. */
export function exportBase(ctx: Context, knowledgeBaseId: string): Readable {
  async function* archive() {
    const categories = await categoriesOf(ctx, knowledgeBaseId);
    for (let after = ''; ; ) {
      const articles = await ctx.db
        .createQueryBuilder(Article, 'a')
        .where('a.knowledgeBaseId = :knowledgeBaseId AND a.id > :after', { knowledgeBaseId, after })
        .orderBy('a.id')
        .limit(AT_ONCE)
        .getMany();
      for (const article of articles)
        yield tarEntry(`${article.slug}.md`, Buffer.from(toMarkdown(article, categories)), article.updatedAt);
      if (articles.length < AT_ONCE) break;
      after = articles.at(-1)!.id;
    }
    yield tarEnd();
  }
  return Readable.from(archive(), { objectMode: false }).pipe(createGzip());
}

function toMarkdown(article: Article, categories: readonly ArticleCategory[]): string {
  const categoryPath: string[] = [];
  for (let id = article.categoryId; id !== null && categoryPath.length < 10; ) {
    const category = categories.find((one) => one.id === id);
    if (!category) break;
    categoryPath.unshift(category.name);
    id = category.parentId;
  }
  return writeMarkdown({ ...article, categoryPath });
}
