import type { ArticleFieldsFragment } from '../gql/graphql.ts';
import { FIRST_TITLE, keptArticleIds, readKeptArticle } from './article-draft.ts';

/** An article that was begun in this tab; the server hears of it with its first word. */
interface BegunArticle {
  id: string;
  knowledgeBaseId: string;
  categoryId: string | null;
}

const KEY = 'new-article';
let begun: BegunArticle | null = null;

/** A UUID of version 7 (RFC 9562, section 5.7), as the server makes them; works on pages without TLS too. */
function newId(): string {
  const random = Array.from(crypto.getRandomValues(new Uint8Array(10)), (byte) => byte.toString(16).padStart(2, '0'));
  const time = Date.now().toString(16).padStart(12, '0');
  const hex = random.join('');
  const variant = '89ab'[Number.parseInt(hex[3]!, 16) % 4];
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex.slice(0, 3)}-${variant}${hex.slice(4, 7)}-${hex.slice(7, 19)}`;
}

/**
 * Begins an article; returns its id. Nothing is on the server before something is typed. Words for a new one that never
 * got there stand in it again, unless they are open already.
 */
export function beginArticle(knowledgeBaseId: string, categoryId: string | null, openId: string | undefined): string {
  const left = keptArticleIds().find((id) => {
    const kept = readKeptArticle(id);
    return id !== openId && kept?.version === 0 && kept.knowledgeBaseId === knowledgeBaseId;
  });
  begun = { id: left ?? newId(), knowledgeBaseId, categoryId };
  try {
    sessionStorage.setItem(KEY, JSON.stringify(begun));
  } catch {
    // It outlives everything but a reload.
  }
  return begun.id;
}

/** The server has the article now. */
export function settleBegun(id: string): void {
  if (readBegun()?.id !== id) return;
  begun = null;
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // There was nothing kept.
  }
}

function readBegun(): BegunArticle | null {
  if (begun) return begun;
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as BegunArticle | null;
  } catch {
    return null;
  }
}

/** An article with this id before its first word, where it was begun in this browser; else null: the server knows it. */
export function readNewArticle(id: string): ArticleFieldsFragment | null {
  const kept = readKeptArticle(id);
  const own = readBegun();
  if (own?.id === id) return blank(own);
  const { knowledgeBaseId } = kept ?? {};
  return kept?.version === 0 && knowledgeBaseId ? blank({ id, knowledgeBaseId, categoryId: null }) : null;
}

function blank({ id, knowledgeBaseId, categoryId }: BegunArticle): ArticleFieldsFragment {
  return {
    __typename: 'Article',
    id,
    knowledgeBaseId,
    categoryId,
    title: FIRST_TITLE,
    slug: `untitled-article-${id.slice(-12)}`,
    summary: '',
    body: '',
    keywords: [],
    language: 'en',
    published: false,
    staffOnly: false,
    url: null,
    version: 0,
    updatedAt: new Date().toISOString(),
    updatedBy: null,
    views: 0,
    helpful: 0,
    notHelpful: 0,
    learntCount: 0,
    suggestionStats: { __typename: 'SuggestionStats', shown: 0, inserted: 0, sentUnchanged: 0, dismissed: 0 },
    linkProblems: [],
    unpublishedChanges: null,
  };
}
