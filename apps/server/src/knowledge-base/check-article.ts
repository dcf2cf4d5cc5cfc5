import { longestKeyword, mostKeywords } from '@support-center/suggest';
import type { FieldError } from '../platform/errors.ts';
import { movableTables, renderArticle } from './article-html.ts';
import { cleanLine, cleanText } from './plain-words.ts';
import { isSlug, LONGEST_SLUG } from './slug.ts';

export const LONGEST_TITLE = 300;
export const LONGEST_SUMMARY = 500;
export const LONGEST_BODY = 40_000;
export const LONGEST_EXTERNAL_ID = 100;
/** A page of the public site stays under 120 kB with everything around it. */
export const MOST_HTML_BYTES = 90_000;
/** Mark-up makes of one sign at most about twenty bytes, so shorter bodies need no measuring. */
const SURELY_SHORT = 4_000;
/** Links carry the address of the desk; a long one stands for all. */
const LONG_ADDRESS = `https://${'support.'.repeat(8)}example`;
const LANGUAGE = /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i;
const LONGEST_LANGUAGE = 35;

/** What somebody wants an article to say; what is left out is not looked at. */
export interface ArticleWords {
  readonly title?: string | null;
  readonly slug?: string | null;
  readonly summary?: string | null;
  readonly body?: string | null;
  readonly keywords?: readonly string[] | null;
  readonly language?: string | null;
}

/** The same in its stored spelling. */
export interface CheckedWords {
  title?: string;
  slug?: string;
  summary?: string;
  body?: string;
  keywords?: string[];
  language?: string;
}

/** Cleans the words of an article and says what is wrong with them, a sentence per field. Pure. */
export function checkArticle(words: ArticleWords): { checked: CheckedWords; errors: FieldError[] } {
  const checked: CheckedWords = {};
  const errors: FieldError[] = [];
  const wrong = (path: string, message: string) => void errors.push({ path, message });

  if (words.title !== undefined && words.title !== null) {
    checked.title = cleanLine(words.title);
    if (checked.title === '') wrong('title', 'Give the article a title.');
    if (checked.title.length > LONGEST_TITLE) wrong('title', `A title has at most ${LONGEST_TITLE} characters.`);
  }
  if (words.slug) {
    checked.slug = words.slug.normalize('NFC').toLowerCase();
    if (!isSlug(checked.slug))
      wrong('slug', `Use letters, digits and single hyphens between them, at most ${LONGEST_SLUG} characters.`);
  }
  if (words.summary !== undefined) {
    checked.summary = cleanLine(words.summary ?? '');
    if (checked.summary.length > LONGEST_SUMMARY)
      wrong('summary', `A summary has at most ${LONGEST_SUMMARY} characters.`);
  }
  if (words.body !== undefined && words.body !== null) {
    checked.body = cleanText(words.body);
    const problem = bodyProblem(checked.body);
    if (problem) wrong('body', problem);
  }
  if (words.keywords !== undefined) {
    const keywords = [...new Set((words.keywords ?? []).slice(0, 1000).map(cleanLine))].filter((word) => word !== '');
    checked.keywords = keywords;
    if (keywords.length > mostKeywords) wrong('keywords', `An article has at most ${mostKeywords} keywords.`);
    else if (keywords.some((word) => word.length > longestKeyword))
      wrong('keywords', `A keyword has at most ${longestKeyword} characters.`);
  }
  if (words.language) {
    checked.language = words.language.trim();
    if (checked.language.length > LONGEST_LANGUAGE || !LANGUAGE.test(checked.language))
      wrong('language', 'Give the language as a tag such as en or pt-BR.');
  }
  return { checked, errors };
}

function bodyProblem(body: string): string | null {
  if (body.length > LONGEST_BODY)
    return `A body has at most ${LONGEST_BODY} characters; this one has ${body.length}. Make two articles of it.`;
  if (body.length <= SURELY_SHORT) return null;
  const bytes = Buffer.byteLength(movableTables(renderArticle(body, LONG_ADDRESS).html));
  return bytes <= MOST_HTML_BYTES
    ? null
    : `Shown as a page the body has ${Math.ceil(bytes / 1000)} kB; ${MOST_HTML_BYTES / 1000} kB is the most. Make two articles of it.`;
}
