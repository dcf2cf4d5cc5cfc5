import { useApolloClient } from '@apollo/client/react';
import { useEffect, useRef, useState } from 'react';
import { explain } from '../apollo/errors.ts';
import { type ArticleFieldsFragment, ArticlePageDocument, SaveArticleDocument } from '../gql/graphql.ts';
import {
  type ArticleValues,
  firstSlug,
  isSameArticle,
  keepArticle,
  readKeptArticle,
  valuesOf,
} from './article-draft.ts';

/** How safe the typed words are. HELD: they wait in this browser, because the article is public or somebody else saved too. */
export type SaveState =
  | { kind: 'NONE' | 'WAITING' | 'HELD' }
  | { kind: 'SAVED'; at: string }
  | { kind: 'FAILED'; message: string; isFinal: boolean };

interface Pen {
  values: ArticleValues;
  /** The values that the server has, as they were typed. */
  settled: ArticleValues;
  article: ArticleFieldsFragment;
  /** The state of the article that the values were made from. */
  version: number;
  /** A newer state that somebody else saved; null: none. */
  theirs: ArticleFieldsFragment | null;
}

const SAVE_AFTER_MS = 800;
const AGAIN_AFTER_MS = 5000;
/** These are not mended by trying again. */
const FINAL = new Set(['INVALID_INPUT', 'FORBIDDEN', 'NOT_FOUND']);

function firstPen(stored: ArticleFieldsFragment): Pen {
  const settled = valuesOf(stored);
  const kept = readKeptArticle(stored.id);
  if (!kept || isSameArticle(kept.values, settled))
    return { values: settled, settled, article: stored, version: stored.version, theirs: null };
  const theirs = kept.version === stored.version ? null : stored;
  return { values: kept.values, settled, article: stored, version: kept.version, theirs };
}

/** An article under the pen. What is typed is kept in this browser at once. A draft goes to the server within a second, again
 * and again until it is there; what end users read changes only by `publish`. Somebody else's newer state is never written
 * over: it comes back as `theirs`, to choose from. */
export function useArticleDraft(stored: ArticleFieldsFragment) {
  const client = useApolloClient();
  const [pen, setPen] = useState(() => firstPen(stored));
  const [state, setState] = useState<SaveState>({ kind: 'NONE' });
  const [revision, setRevision] = useState(0);
  const now = useRef(pen);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const running = useRef<Promise<unknown> | null>(null);

  // The functions below touch nothing but the refs, so that one made in an earlier render does the same as a new one.
  function move(part: Partial<Pen>): boolean {
    const next = { ...now.current, ...part };
    now.current = next;
    setPen(next);
    const isSettled = isSameArticle(next.values, next.settled);
    keepArticle(next.article.id, isSettled ? null : { values: next.values, version: next.version });
    return isSettled;
  }

  function stopTimer() {
    clearTimeout(timer.current);
    timer.current = undefined;
  }

  function saveAfter(ms: number) {
    const { article, theirs } = now.current;
    if (!article.published && !theirs) timer.current ??= setTimeout(() => void save(false, true), ms);
  }

  /** Reads what somebody else saved meanwhile; false: nobody did. */
  async function readTheirs(): Promise<boolean> {
    const { data } = await client
      .query({ query: ArticlePageDocument, variables: { id: now.current.article.id }, fetchPolicy: 'network-only' })
      .catch(() => ({ data: undefined }));
    if (!data?.article || data.article.version === now.current.version) return false;
    move({ theirs: data.article });
    setState({ kind: 'HELD' });
    return true;
  }

  async function send(published: boolean, autosave: boolean, isSlugTaken = false): Promise<boolean> {
    const { values: sent, article, version } = now.current;
    const input = { ...sent, keywords: [...sent.keywords], id: article.id, knowledgeBaseId: article.knowledgeBaseId };
    const slug = published ? firstSlug(article, sent.title, isSlugTaken) : undefined;
    try {
      const { data } = await client.mutate({
        mutation: SaveArticleDocument,
        variables: { input: { ...input, version, published, autosave, ...(slug ? { slug } : {}) } },
      });
      if (!data) return false;
      const saved = data.saveArticle;
      const isSettled = move({ article: saved, version: saved.version, settled: sent, theirs: null });
      setState(isSettled ? { kind: 'SAVED', at: saved.updatedAt } : { kind: published ? 'HELD' : 'WAITING' });
      if (!isSettled) saveAfter(SAVE_AFTER_MS);
      return true;
    } catch (error) {
      const { code, message, fields } = explain(error);
      if (code === 'CONFLICT' && (await readTheirs())) return false;
      if (code === 'CONFLICT' && slug && !isSlugTaken) return send(published, autosave, true);
      setState({ kind: 'FAILED', message: fields[0]?.message ?? message, isFinal: FINAL.has(code) });
      if (!FINAL.has(code)) saveAfter(AGAIN_AFTER_MS);
      return false;
    }
  }

  /** Saves now; one save after the other. */
  async function save(published: boolean, autosave: boolean): Promise<boolean> {
    stopTimer();
    while (running.current) await running.current;
    const run = send(published, autosave);
    running.current = run;
    await run;
    running.current = null;
    return run;
  }

  function change(part: Partial<ArticleValues>) {
    const isSettled = move({ values: { ...now.current.values, ...part } });
    stopTimer();
    if (now.current.article.published || now.current.theirs) return setState({ kind: isSettled ? 'NONE' : 'HELD' });
    setState({ kind: 'WAITING' });
    saveAfter(SAVE_AFTER_MS);
  }

  // What an earlier visit left unsaved goes to the server too, and leaving the page does not wait for the timer.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once per opened article
  useEffect(() => {
    if (!isSameArticle(now.current.values, now.current.settled)) change({});
    return () => {
      if (timer.current !== undefined) void save(false, true);
    };
  }, []);

  return {
    values: pen.values,
    article: pen.article,
    theirs: pen.theirs,
    isChanged: !isSameArticle(pen.values, pen.settled),
    state,
    /** Grows when the values were replaced from outside, so that the editor reads them anew. */
    revision,
    change,
    publish: () => save(true, false),
    unpublish: () => save(false, false),
    /** What was typed goes on over theirs. */
    keepMine: () => {
      const { theirs } = now.current;
      if (!theirs) return;
      move({ article: theirs, version: theirs.version, settled: valuesOf(theirs), theirs: null });
      change({});
    },
    /** The state of the server takes the place of what was typed. */
    replaceBy: (article: ArticleFieldsFragment) => {
      stopTimer();
      const values = valuesOf(article);
      move({ values, settled: values, article, version: article.version, theirs: null });
      setState({ kind: 'NONE' });
      setRevision((before) => before + 1);
    },
  };
}
