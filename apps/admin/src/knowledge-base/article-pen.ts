import type { ApolloClient } from '@apollo/client';
import {
  type ArticleFieldsFragment,
  DiscardUnpublishedChangesDocument,
  PublishUnpublishedChangesDocument,
  SaveArticleDocument,
  SaveUnpublishedChangesDocument,
} from '../gql/graphql.ts';
import {
  type ArticleValues,
  changesVersionOf,
  isSameArticle,
  newerArticle,
  type OtherState,
  otherState,
  readKeptArticle,
  savedValues,
  saysTheSame,
} from './article-draft.ts';

/** What the server is asked for: to keep what is typed, or to change what end users read. */
export type Step = 'SAVE' | 'PUBLISH' | 'UNPUBLISH' | 'DISCARD';

/** An article under the pen: what is typed, what the server has of it, and what it was made from. */
export interface Pen {
  values: ArticleValues;
  /** The values that the server has, as they were typed. */
  settled: ArticleValues;
  article: ArticleFieldsFragment;
  /** The state of the article that the values were made from. */
  version: number;
  /** The unpublished changes that they were made from; null: none. */
  changesVersion: string | null;
  /** A newer state that somebody else saved; null: none. */
  theirs: OtherState | null;
}

/** The pen on what the server has. */
export function penOn(article: ArticleFieldsFragment): Pen {
  const values = savedValues(article);
  const changesVersion = changesVersionOf(article);
  return { values, settled: values, article, version: article.version, changesVersion, theirs: newerArticle(article) };
}

/** The pen on what the server has and what this browser has kept, and what was sent from here without an answer. */
export function firstPen(stored: ArticleFieldsFragment): { pen: Pen; sent: readonly ArticleValues[] } {
  const pen = penOn(stored);
  const kept = readKeptArticle(stored.id);
  if (!kept || isSameArticle(kept.values, pen.settled)) return { pen, sent: [] };
  const { values, version, changesVersion, sent } = kept;
  const isOwnSave = sent.some((each) => saysTheSame(each, pen.settled));
  if (isOwnSave || (version === pen.version && changesVersion === pen.changesVersion))
    return { pen: { ...pen, values }, sent };
  return { pen: { ...pen, values, version, changesVersion, theirs: otherState(stored, changesVersion) }, sent };
}

/** Whether the server is where a step with these values leads to. */
export function isDone({ article, settled }: Pen, step: Step, values: ArticleValues): boolean {
  if (step === 'SAVE') return isSameArticle(values, settled);
  return step === 'UNPUBLISH' ? !article.published : article.published && !article.unpublishedChanges;
}

/** Whether a step is about the unpublished changes that the server has, not about what is typed. */
export const endsChanges = ({ article }: Pen, step: Step): boolean =>
  step === 'DISCARD' || (step === 'PUBLISH' && article.published);

interface Wish {
  /** Joins what was saved a moment ago. */
  autosave: boolean;
  slug: string | undefined;
}

/** Asks the server for a step; answers the article as it is then. */
export async function requestStep(client: ApolloClient, pen: Pen, step: Step, { autosave, slug }: Wish) {
  const { article, version, changesVersion, values } = pen;
  if (endsChanges(pen, step)) {
    const variables = { input: { articleId: article.id, version: changesVersion ?? '' } };
    if (step === 'PUBLISH') {
      const { data } = await client.mutate({ mutation: PublishUnpublishedChangesDocument, variables });
      return data?.publishUnpublishedChanges;
    }
    const { data } = await client.mutate({ mutation: DiscardUnpublishedChangesDocument, variables });
    return data?.discardUnpublishedChanges;
  }
  const input = { ...values, keywords: [...values.keywords], autosave };
  if (article.published && step === 'SAVE') {
    const seen = { articleId: article.id, articleVersion: version, version: changesVersion };
    const variables = { input: { ...input, ...seen } };
    const { data } = await client.mutate({ mutation: SaveUnpublishedChangesDocument, variables });
    return data?.saveUnpublishedChanges;
  }
  const { id, knowledgeBaseId } = article;
  const place = { id, knowledgeBaseId, version, published: step === 'PUBLISH', ...(slug ? { slug } : {}) };
  const { data } = await client.mutate({ mutation: SaveArticleDocument, variables: { input: { ...input, ...place } } });
  return data?.saveArticle;
}
