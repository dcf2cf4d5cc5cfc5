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
  saysTheSame,
  valuesOf,
} from './article-draft.ts';

/** How safe the typed words are. HELD: they wait in this browser, because the article is public or somebody else saved too. */
export type SaveState =
  | { kind: 'NONE' | 'WAITING' | 'HELD' }
  | { kind: 'SAVED'; at: string }
  | { kind: 'FAILED'; message: string; isFinal: boolean; isGone?: boolean };

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
const MOST_UNANSWERED = 3;
/** These are not mended by trying again. */
const FINAL = new Set(['INVALID_INPUT', 'FORBIDDEN', 'NOT_FOUND']);

function firstPen(stored: ArticleFieldsFragment): Pen {
  const settled = valuesOf(stored);
  const kept = readKeptArticle(stored.id);
  if (!kept || isSameArticle(kept.values, settled))
    return { values: settled, settled, article: stored, version: stored.version, theirs: null };
  const isOwnSave = kept.sent?.some((each) => saysTheSame(each, settled)) ?? false;
  const theirs = kept.version === stored.version || isOwnSave ? null : stored;
  const version = isOwnSave ? stored.version : kept.version;
  return { values: kept.values, settled, article: stored, version, theirs };
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
  /** What was sent lately and not answered. */
  const sent = useRef<readonly ArticleValues[]>([]);
  /** The next save goes over words of somebody else, which stay as a version of their own. */
  const isOverTheirs = useRef(false);

  // The functions below touch nothing but the refs, so that one made in an earlier render does the same as a new one.
  function move(part: Partial<Pen>): boolean {
    const next = { ...now.current, ...part };
    now.current = next;
    setPen(next);
    const isSettled = isSameArticle(next.values, next.settled);
    keepArticle(next.article.id, isSettled ? null : { values: next.values, version: next.version, sent: sent.current });
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

  /** Reads what was saved meanwhile: by somebody else, or by ourselves when only the answer was lost. */
  async function readSaved(): Promise<'THEIRS' | 'OURS' | 'NOTHING'> {
    const { data } = await client
      .query({ query: ArticlePageDocument, variables: { id: now.current.article.id }, fetchPolicy: 'network-only' })
      .catch(() => ({ data: undefined }));
    const saved = data?.article;
    if (!saved || saved.version === now.current.version) return 'NOTHING';
    const ours = sent.current.find((each) => saysTheSame(each, valuesOf(saved)));
    if (ours) settle(saved, ours);
    else {
      move({ theirs: saved });
      setState({ kind: 'HELD' });
    }
    return ours ? 'OURS' : 'THEIRS';
  }

  /** The server has these values now. */
  function settle(saved: ArticleFieldsFragment, values: ArticleValues) {
    sent.current = [];
    isOverTheirs.current = false;
    const isSettled = move({ article: saved, version: saved.version, settled: values, theirs: null });
    setState(isSettled ? { kind: 'SAVED', at: saved.updatedAt } : { kind: saved.published ? 'HELD' : 'WAITING' });
    if (!isSettled) saveAfter(SAVE_AFTER_MS);
  }

  async function send(published: boolean, autosave: boolean, isSlugTaken = false): Promise<boolean> {
    const { values, article, version } = now.current;
    const input = {
      ...values,
      keywords: [...values.keywords],
      id: article.id,
      knowledgeBaseId: article.knowledgeBaseId,
    };
    const slug = published ? firstSlug(article, values.title, isSlugTaken) : undefined;
    sent.current = [...sent.current.filter((each) => !isSameArticle(each, values)), values].slice(-MOST_UNANSWERED);
    move({});
    try {
      const { data } = await client.mutate({
        mutation: SaveArticleDocument,
        variables: {
          input: {
            ...input,
            version,
            published,
            autosave: autosave && !isOverTheirs.current,
            ...(slug ? { slug } : {}),
          },
        },
      });
      if (!data) return false;
      settle(data.saveArticle, values);
      return true;
    } catch (error) {
      const { code, message, fields } = explain(error);
      if (code === 'CONFLICT') {
        const found = await readSaved();
        if (found === 'THEIRS') return false;
        if (found === 'OURS') return now.current.article.published === published;
        if (slug && !isSlugTaken) return send(published, autosave, true);
      }
      if (FINAL.has(code)) sent.current = [];
      setState({
        kind: 'FAILED',
        message: code === 'NOT_FOUND' ? 'This article was deleted meanwhile.' : (fields[0]?.message ?? message),
        isFinal: FINAL.has(code),
        ...(code === 'NOT_FOUND' ? { isGone: true } : {}),
      });
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
      isOverTheirs.current = true;
      move({ article: theirs, version: theirs.version, settled: valuesOf(theirs), theirs: null });
      change({});
    },
    /** Words that stood here before come back. */
    putBack: (values: ArticleValues) => {
      change(values);
      setRevision((before) => before + 1);
    },
    /** What was typed becomes an article of its own, as a draft; its id, or null when that did not work. */
    saveAsNew: async (): Promise<string | null> => {
      const { values, article } = now.current;
      const input = { ...values, keywords: [...values.keywords], knowledgeBaseId: article.knowledgeBaseId };
      try {
        const { data } = await client.mutate({
          mutation: SaveArticleDocument,
          variables: { input: { ...input, published: false } },
        });
        if (!data) return null;
        keepArticle(article.id, null);
        return data.saveArticle.id;
      } catch (error) {
        const { message, fields } = explain(error);
        setState({ kind: 'FAILED', message: fields[0]?.message ?? message, isFinal: true, isGone: true });
        return null;
      }
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
