import type { Config } from '../platform/config.ts';
import type { Article } from './article.entity.ts';
import type { KnowledgeBase } from './knowledge-base.entity.ts';

/** Where end users read an article; null unless they can: published, not for staff, in the Default KnowledgeBase. */
export function publicAddress(
  config: Pick<Config, 'publicUrl'>,
  article: Article,
  base: KnowledgeBase | null,
  defaultKnowledgeBaseId: string | null,
): string | null {
  const isOpen = base !== null && base.id === defaultKnowledgeBaseId && !base.staffOnly;
  return isOpen && article.published && !article.staffOnly ? articleAddress(config, article.slug) : null;
}

/** The address that an article of the Default KnowledgeBase has. */
export function articleAddress({ publicUrl }: Pick<Config, 'publicUrl'>, slug: string): string {
  return `${publicUrl}/kb/${encodeURIComponent(slug)}`;
}
