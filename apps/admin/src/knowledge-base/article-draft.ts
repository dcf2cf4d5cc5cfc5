import type { ArticleFieldsFragment } from '../gql/graphql.ts';
import { readStored, writeStored } from '../ui/use-stored.ts';

/** What an agent can change in an article. */
export interface ArticleValues {
  title: string;
  summary: string;
  body: string;
  keywords: readonly string[];
  language: string;
  staffOnly: boolean;
  categoryId: string | null;
}

/** Values that the server does not have yet, and the state of the article that they began with. */
export interface KeptArticle {
  values: ArticleValues;
  /** 0: an article that is nowhere but here. */
  version: number;
  /** The unpublished changes that they began with. */
  changesVersion: string | null;
  knowledgeBaseId?: string | undefined;
  /** What was on its way to the server lately, whose answers may never have come. */
  sent: readonly ArticleValues[];
}

/** A state that somebody else saved meanwhile: newer unpublished changes, or the article itself. */
export interface OtherState {
  kind: 'CHANGES' | 'ARTICLE';
  article: ArticleFieldsFragment;
  values: ArticleValues;
  updatedAt: string;
  updatedBy: ArticleFieldsFragment['updatedBy'];
}

const storageKey = (articleId: string) => `article:${articleId}`;

/** The values of an article as everybody reads it, or of its unpublished changes. */
export const valuesOf = ({
  title,
  summary,
  body,
  keywords,
  language,
  staffOnly,
  categoryId,
}: ArticleValues): ArticleValues => ({ title, summary, body, keywords, language, staffOnly, categoryId });

/** The newest values on the server: the unpublished changes of an article, or else what it says. */
export const savedValues = (article: ArticleFieldsFragment): ArticleValues =>
  valuesOf(article.unpublishedChanges ?? article);

/** The unpublished changes that an article has, by their version. */
export const changesVersionOf = ({ unpublishedChanges }: ArticleFieldsFragment): string | null =>
  unpublishedChanges?.version ?? null;

/** Whether two states of an article say the same. */
export const isSameArticle = (a: ArticleValues, b: ArticleValues): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Whether two states say the same once the server has taken white space off. */
export function saysTheSame(a: ArticleValues, b: ArticleValues): boolean {
  const line = (text: string) => text.normalize('NFC').replace(/\s+/g, ' ').trim();
  const plain = (values: ArticleValues): ArticleValues => ({
    ...values,
    title: line(values.title),
    summary: line(values.summary),
    body: values.body.trimEnd(),
    keywords: values.keywords.map(line),
  });
  return isSameArticle(plain(a), plain(b));
}

/** What stands against words that were made from older unpublished changes, or from an older state of the article. */
export function otherState(article: ArticleFieldsFragment, seenChanges: string | null): OtherState {
  const { unpublishedChanges: changes } = article;
  const { kind, state } =
    changes && changes.version !== seenChanges
      ? { kind: 'CHANGES' as const, state: changes }
      : { kind: 'ARTICLE' as const, state: article };
  return { kind, article, values: valuesOf(state), updatedAt: state.updatedAt, updatedBy: state.updatedBy };
}

/** The article itself, when it has changed since its unpublished changes were made; else null. */
export function newerArticle(article: ArticleFieldsFragment): OtherState | null {
  const { unpublishedChanges: changes, version } = article;
  return changes && changes.articleVersion !== version ? otherState(article, changes.version) : null;
}

/** What this browser keeps of an article; null when there is nothing or it cannot be read. */
export function readKeptArticle(articleId: string): KeptArticle | null {
  const stored = readStored(storageKey(articleId));
  if (!stored) return null;
  try {
    const { values, version, changesVersion, knowledgeBaseId, sent } = JSON.parse(stored) as Partial<KeptArticle>;
    if (typeof values?.title !== 'string' || typeof values.body !== 'string' || typeof version !== 'number')
      return null;
    return {
      values,
      version,
      changesVersion: typeof changesVersion === 'string' ? changesVersion : null,
      knowledgeBaseId: typeof knowledgeBaseId === 'string' ? knowledgeBaseId : undefined,
      sent: Array.isArray(sent) ? sent.filter((each) => typeof each?.body === 'string') : [],
    };
  } catch {
    return null;
  }
}

/** Keeps what is typed in this browser; null forgets it. */
export function keepArticle(articleId: string, kept: KeptArticle | null): void {
  writeStored(storageKey(articleId), kept && JSON.stringify(kept));
}

/** The articles that this browser keeps something of. */
export function keptArticleIds(): string[] {
  try {
    const start = storageKey('');
    return Object.keys(localStorage).flatMap((key) => (key.startsWith(start) ? [key.slice(start.length)] : []));
  } catch {
    return [];
  }
}

/** The title of an article until its author gives it one. */
export const FIRST_TITLE = 'Untitled article';

/** Whether nobody has written anything into a new article yet. */
export const isUntouched = ({ title, body, summary }: ArticleValues): boolean =>
  title === FIRST_TITLE && body.trim() === '' && summary.trim() === '';

/** The address that an article gets with its first publishing, if it was made before it had a title; else undefined: it keeps
 * its own. With `isTaken` another article has the plain one. */
export function firstSlug(
  { id, slug, published }: ArticleFieldsFragment,
  title: string,
  isTaken: boolean,
): string | undefined {
  if (published || !/^untitled-article(-|$)/.test(slug)) return undefined;
  const whole = title
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-');
  const words = [...whole]
    .slice(0, 80)
    .join('')
    .replace(/^-+|-+$/g, '');
  if (!words) return undefined;
  return isTaken ? `${words}-${id.slice(-6).toLowerCase()}` : words;
}
