import { In } from 'typeorm';
import type { Context } from '../platform/context.ts';
import { Article } from './article.entity.ts';
import { FormerAddress } from './former-address.entity.ts';

/** Of an article the newest so many former addresses are kept. */
const MOST = 50;
const ASKED_AT_ONCE = 500;

/** Remembers where an article was published that is now elsewhere or withdrawn; in the transaction that changes it. */
export async function keepFormerAddress(ctx: Context, before: Article, after: Article): Promise<void> {
  const hasLeft = after.slug !== before.slug || after.knowledgeBaseId !== before.knowledgeBaseId;
  if (!before.published || (after.published && !hasLeft)) return;
  const { id: articleId, knowledgeBaseId, slug } = before;
  await ctx.db.upsert(FormerAddress, { knowledgeBaseId, slug, articleId, leftAt: ctx.clock.now() }, [
    'knowledgeBaseId',
    'slug',
    'articleId',
  ]);
  const oldest = await ctx.db.find(FormerAddress, {
    where: { articleId },
    order: { leftAt: 'DESC', slug: 'ASC' },
    skip: MOST,
    take: MOST,
  });
  if (oldest.length > 0) await ctx.db.remove(oldest);
}

/** The articles that had these addresses in a base, wherever they are now: by address, each the last one that had it. */
export async function articlesFormerlyAt(
  ctx: Context,
  knowledgeBaseId: string,
  slugs: readonly string[],
): Promise<Map<string, Article>> {
  const found = new Map<string, Article>();
  for (let i = 0; i < slugs.length; i += ASKED_AT_ONCE) {
    const asked = In(slugs.slice(i, i + ASKED_AT_ONCE));
    const rows = await ctx.db.find(FormerAddress, {
      where: { knowledgeBaseId, slug: asked },
      order: { leftAt: 'ASC', articleId: 'ASC' },
    });
    const articles = await ctx.db.findBy(Article, { id: In(rows.map(({ articleId }) => articleId)) });
    const byId = new Map(articles.map((article) => [article.id, article]));
    for (const { slug, articleId } of rows) {
      const article = byId.get(articleId);
      if (article) found.set(slug, article);
    }
  }
  return found;
}
