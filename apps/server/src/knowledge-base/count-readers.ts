import { In } from 'typeorm';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { Article } from './article.entity.ts';
import { ArticleCount } from './article-count.entity.ts';

/** What is added to the counts of an article. */
export type ReaderCounts = Partial<Pick<ArticleCount, 'views' | 'helpful' | 'notHelpful'>>;

/** Adds to the counts of articles; those that are gone are passed over. */
export async function countReaders(ctx: Context, added: ReadonlyMap<string, ReaderCounts>): Promise<void> {
  if (added.size === 0) return;
  await transact(ctx, async (ctx) => {
    const there = await ctx.db.find(Article, { where: { id: In([...added.keys()]) }, select: { id: true } });
    for (const articleId of there.map(({ id }) => id).sort()) {
      const row = { articleId, views: 0, helpful: 0, notHelpful: 0 };
      await ctx.db
        .createQueryBuilder()
        .insert()
        .into(ArticleCount)
        .values(row)
        .orIgnore()
        .updateEntity(false)
        .execute();
      for (const [name, by] of Object.entries(added.get(articleId)!))
        await ctx.db.increment(ArticleCount, { articleId }, name, by);
    }
  });
}

/** Gathers views in memory and writes them down together, so that reading a page costs no write of its own. */
export class ViewCounter {
  private pending = new Map<string, ReaderCounts>();

  add(articleId: string): void {
    this.pending.set(articleId, { views: (this.pending.get(articleId)?.views ?? 0) + 1 });
  }

  /** Writes down what has come together. What cannot be written is lost: they are only views. */
  async flush(ctx: Context): Promise<void> {
    const views = this.pending;
    this.pending = new Map();
    await countReaders(ctx, views);
  }
}
