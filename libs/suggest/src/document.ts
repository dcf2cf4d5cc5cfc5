import { withinFeedbackLimits } from './clean-ticket-text.ts';
import { guessLanguage } from './language.ts';
import { baseLanguage } from './stemming.ts';
import type { Term } from './terms.ts';
import type { FieldWords } from './text-index.ts';
import { termsIn } from './tokens.ts';

/** An article as the index takes it. Longer texts are cut to the limits below; nothing is refused. */
export interface SuggestDocument {
  /** Unique over all bases. */
  readonly id: string;
  readonly base: string;
  /** ISO 639-1 code or language tag; "" to have it guessed. */
  readonly language: string;
  /** Plain text; mark-up is taken as words. */
  readonly title: string;
  readonly body: string;
  readonly keywords: readonly string[];
  /** Cleaned texts of tickets this article answered, newest first; see `cleanTicketText`. */
  readonly feedback: readonly string[];
  /** Cleaned texts of tickets for which somebody found this article not useful, newest first. */
  readonly dismissed?: readonly string[];
  /** Not found by queries that say `withoutRestricted`. */
  readonly restricted?: boolean;
}

export const longestTitle = 500;
export const longestBody = 40_000;
export const mostKeywords = 50;
export const longestKeyword = 100;

/** What is kept of an article beside its postings and its body. */
export interface StoredDocument {
  readonly id: string;
  readonly document: number;
  readonly language: string;
  readonly title: string;
  readonly restricted: boolean;
}

/** Cuts an article to the limits and settles its language. */
export function withinLimits(article: SuggestDocument): SuggestDocument {
  const title = article.title.slice(0, longestTitle);
  const body = article.body.slice(0, longestBody);
  const keywords = article.keywords.slice(0, mostKeywords).map((word) => word.slice(0, longestKeyword));
  const language = baseLanguage(article.language) || guessLanguage(`${title}\n${body}`);
  return { ...article, title, body, keywords, language, feedback: withinFeedbackLimits(article.feedback) };
}

/** The words of an article that is within the limits. Keywords count as title. */
export function fieldWords({ title, keywords, body, feedback, language }: SuggestDocument): FieldWords {
  return {
    title: termsIn([title, ...keywords].join('\n'), language),
    body: termsIn(body, language),
    feedback: feedbackWords(feedback, language),
  };
}

/** The words of learnt texts that are within the limits. */
export function feedbackWords(texts: readonly string[], language: string): Term[] {
  return termsIn(texts.join('\n'), language);
}
