import { defaultFloor, longestLetter, longestSubject, mostResults, type SuggestResult } from '@support-center/suggest';
import { In } from 'typeorm';
import type { Context } from '../platform/context.ts';
import { Article } from './article.entity.ts';
import type { Suggestion } from './suggestion.types.ts';

/** What articles are looked for. */
export interface SuggestionWish {
  readonly knowledgeBaseId: string;
  readonly subject?: string | null;
  /** Any text; of a longer one the first 20,000 characters count. */
  readonly text: string;
  readonly language?: string | null;
  readonly first: number;
  /** Least confidence, 0 to 1; the engine's own measure when left out. */
  readonly floor?: number | null;
  /** What has so much of the text, 0 to 1, is answered under the floor, too. */
  readonly enoughCoverage?: number;
  /** Only what is not for staff only. */
  readonly forEndUsers?: boolean | null;
  /** Article id -> a factor under 1 for one found not useful here. */
  readonly weaken?: ReadonlyMap<string, number>;
}

/**
 * The published articles of a base that answer a text, best first; none below the floor, and only such as still stand in
 * the database as they do in the index. @throws AppError UNAVAILABLE
 */
export async function findSuggestions(ctx: Context, wish: SuggestionWish): Promise<Suggestion[]> {
  const first = Math.min(mostResults, wish.first);
  if (first <= 0) return [];
  const results = await ctx.ranking.suggest({
    base: wish.knowledgeBaseId,
    subject: (wish.subject ?? '').slice(0, longestSubject),
    text: wish.text.slice(0, longestLetter),
    ...(wish.language ? { language: wish.language.slice(0, 35) } : {}),
    first,
    floor: wish.floor ?? defaultFloor,
    ...(wish.enoughCoverage === undefined ? {} : { enoughCoverage: wish.enoughCoverage }),
    ...(wish.forEndUsers ? { withoutRestricted: true } : {}),
    ...(wish.weaken ? { weaken: wish.weaken } : {}),
  });
  if (results.length === 0) return [];
  const found = await ctx.db.findBy(Article, {
    id: In(results.map(({ id }) => id)),
    knowledgeBaseId: wish.knowledgeBaseId,
    published: true,
    ...(wish.forEndUsers ? { staffOnly: false } : {}),
  });
  const articles = new Map(found.map((article) => [article.id, article]));
  return results.flatMap((result) => {
    const article = articles.get(result.id);
    return article ? [toSuggestion(article, result, wish.weaken?.has(article.id) ?? false)] : [];
  });
}

function toSuggestion(article: Article, result: SuggestResult, dismissed: boolean): Suggestion {
  const toMark = ([start, end]: [number, number]) => ({ start, end });
  return {
    article,
    score: result.score,
    excerpt: result.excerpt,
    matchedTerms: result.matchedTerms.map(({ term }) => term),
    marks: result.marks.map(toMark),
    titleMarks: result.titleMarks.map(toMark),
    matches: result.matchedTerms.map(({ term, share, field }) => ({ term, share, field })),
    dismissed,
  };
}
