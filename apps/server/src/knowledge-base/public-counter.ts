import type { Context } from '../platform/context.ts';
import type { KnowledgeBase } from './knowledge-base.entity.ts';
import { lastIndexVersion } from './next-index-version.ts';
import { countPublicArticles, type PublicCounts } from './public-articles.ts';

/**
 * Counts for the public pages of one process. Counting goes through a whole base, so it is done once for all readers until
 * an article changes.
 */
export class PublicCounter {
  private known: { baseId: string; version: number; counts: Promise<PublicCounts> } | null = null;

  /** The counts as they are now. */
  async of(ctx: Context, base: KnowledgeBase): Promise<PublicCounts> {
    // Read first: what changes while we count is counted again next time.
    const version = await lastIndexVersion(ctx);
    if (this.known?.baseId !== base.id || this.known.version !== version) {
      const counts = countPublicArticles(ctx, base);
      this.known = { baseId: base.id, version, counts };
      counts.catch(() => {
        if (this.known?.counts === counts) this.known = null;
      });
    }
    return this.known.counts;
  }
}
