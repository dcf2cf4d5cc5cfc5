/** What the address says about the page: which base, category and article are open, and how the list is filtered. */
export interface KnowledgeSearch {
  base?: string | undefined;
  category?: string | undefined;
  article?: string | undefined;
  q?: string | undefined;
  state?: 'published' | 'draft' | undefined;
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) || undefined : undefined;

/** Reads the address; what it does not know it leaves out. */
export function readKnowledgeSearch(search: Record<string, unknown>): KnowledgeSearch {
  return {
    base: text(search.base),
    category: text(search.category),
    article: text(search.article),
    q: text(search.q),
    state: search.state === 'published' || search.state === 'draft' ? search.state : undefined,
  };
}
