import { useApolloClient } from '@apollo/client/react';
import { useEffect, useRef, useState } from 'react';
import { explain } from '../apollo/errors.ts';
import { type ArticleFieldsFragment, ArticlePageDocument, SaveArticleDocument } from '../gql/graphql.ts';
import {
  type ArticleValues,
  changesVersionOf,
  firstSlug,
  isSameArticle,
  keepArticle,
  otherState,
  savedValues,
  saysTheSame,
  valuesOf,
} from './article-draft.ts';
import { endsChanges, firstPen, isDone, type Pen, penOn, requestStep, type Step } from './article-pen.ts';

/** How safe the typed words are. HELD: they wait in this browser, because somebody else saved too. */
export type SaveState =
  | { kind: 'NONE' | 'WAITING' | 'HELD' }
  | { kind: 'SAVED'; at: string }
  | { kind: 'FAILED'; message: string; isFinal: boolean; isGone?: boolean; isKept?: boolean };

const SAVE_AFTER_MS = 800;
const AGAIN_AFTER_MS = 5000;
const MOST_UNANSWERED = 3;
/** These are not mended by trying again. */
const FINAL = new Set(['INVALID_INPUT', 'FORBIDDEN', 'NOT_FOUND']);

const penState = ({ article: { unpublishedChanges }, theirs }: Pen): SaveState =>
  unpublishedChanges && !theirs ? { kind: 'SAVED', at: unpublishedChanges.updatedAt } : { kind: 'NONE' };

/** An article under the pen. What is typed is kept in this browser at once and goes to the server within a second, again and
 * again until it is there: into a draft itself, beside a published article, which end users read as it is until `publish`.
 * A new article is made by its first word. Somebody else's newer state is never written over: it comes back as `theirs`,
 * to choose from. */
export function useArticleDraft(stored: ArticleFieldsFragment, onCreated?: () => void) {
  const client = useApolloClient();
  const [first] = useState(() => firstPen(stored));
  const [pen, setPen] = useState(first.pen);
  const [state, setState] = useState<SaveState>(() => penState(first.pen));
  const [revision, setRevision] = useState(0);
  const now = useRef(pen);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const running = useRef<Promise<unknown> | null>(null);
  /** What was sent lately and not answered. */
  const sent = useRef(first.sent);
  /** The next save goes over words that were not typed here, which stay as a version of their own. */
  const isOverTheirs = useRef(false);
  const created = useRef(onCreated);
  created.current = onCreated;

  // The functions below touch nothing but the refs, so that one made in an earlier render does the same as a new one.
  function move(part: Partial<Pen>): boolean {
    const next = { ...now.current, ...part };
    now.current = next;
    setPen(next);
    const { values, settled, article, version, changesVersion } = next;
    const isSettled = isSameArticle(values, settled);
    const { id, knowledgeBaseId } = article;
    keepArticle(id, isSettled ? null : { values, version, changesVersion, knowledgeBaseId, sent: sent.current });
    return isSettled;
  }

  function stopTimer() {
    clearTimeout(timer.current);
    timer.current = undefined;
  }

  function saveAfter(ms: number) {
    if (!now.current.theirs) timer.current ??= setTimeout(() => void run('SAVE'), ms);
  }

  /** Reads what was saved meanwhile: by somebody else, or by ourselves when only the answer was lost. */
  async function readSaved(): Promise<'THEIRS' | 'OURS' | 'NOTHING'> {
    const { article, version, changesVersion, settled } = now.current;
    const { data } = await client
      .query({ query: ArticlePageDocument, variables: { id: article.id }, fetchPolicy: 'network-only' })
      .catch(() => ({ data: undefined }));
    const saved = data?.article;
    if (!saved || (saved.version === version && changesVersionOf(saved) === changesVersion)) return 'NOTHING';
    // Also when somebody else has published, as it stood, what these words were made from.
    const ours = [...sent.current, settled].find((each) => saysTheSame(each, savedValues(saved)));
    if (ours) settle(saved, ours);
    else {
      move({ theirs: otherState(saved, changesVersion) });
      setState({ kind: 'HELD' });
    }
    return ours ? 'OURS' : 'THEIRS';
  }

  /** The server has these values now. */
  function settle(saved: ArticleFieldsFragment, values: ArticleValues) {
    const isNew = now.current.article.version === 0;
    sent.current = [];
    isOverTheirs.current = false;
    const seen = { article: saved, version: saved.version, changesVersion: changesVersionOf(saved) };
    const isSettled = move({ ...seen, settled: values, theirs: null });
    setState(
      isSettled ? { kind: 'SAVED', at: saved.unpublishedChanges?.updatedAt ?? saved.updatedAt } : { kind: 'WAITING' },
    );
    if (!isSettled) saveAfter(SAVE_AFTER_MS);
    if (isNew) created.current?.();
  }

  async function send(step: Step, tried: { isSlugTaken?: boolean; isAgain?: boolean } = {}): Promise<boolean> {
    const { article, settled } = now.current;
    const isEnding = endsChanges(now.current, step);
    const values = isEnding ? settled : now.current.values;
    const titled = step === 'PUBLISH' ? firstSlug(article, values.title, tried.isSlugTaken ?? false) : undefined;
    const slug = titled ?? (article.version === 0 ? article.slug : undefined);
    if (step !== 'DISCARD')
      sent.current = [...sent.current.filter((each) => !isSameArticle(each, values)), values].slice(-MOST_UNANSWERED);
    stopTimer();
    move({});
    try {
      const autosave = step === 'SAVE' && !isOverTheirs.current;
      const saved = await requestStep(client, now.current, step, { autosave, slug });
      if (!saved) return false;
      if (step === 'DISCARD') replaceBy(saved);
      else settle(saved, values);
      return true;
    } catch (error) {
      const { code, message, fields } = explain(error);
      if (code === 'CONFLICT') {
        const found = await readSaved();
        if (found === 'THEIRS') return false;
        if (found === 'OURS' && isDone(now.current, step, values)) return true;
        if (found === 'OURS' && !tried.isAgain) return send(step, { ...tried, isAgain: true });
        if (titled && !tried.isSlugTaken) return send(step, { ...tried, isSlugTaken: true });
      }
      if (FINAL.has(code)) sent.current = [];
      setState({
        kind: 'FAILED',
        message: code === 'NOT_FOUND' ? 'This article was deleted meanwhile.' : (fields[0]?.message ?? message),
        isFinal: FINAL.has(code) || isEnding,
        ...(code === 'NOT_FOUND' ? { isGone: true } : {}),
        ...(isEnding && code !== 'NOT_FOUND' ? { isKept: true } : {}),
      });
      const isBehind = !isSameArticle(now.current.values, now.current.settled);
      if (!FINAL.has(code) && (isBehind || !isEnding)) saveAfter(AGAIN_AFTER_MS);
      return false;
    }
  }

  /** Takes a step now; one after the other. */
  async function run(step: Step): Promise<boolean> {
    stopTimer();
    while (running.current) await running.current;
    const { article, values, settled, changesVersion } = now.current;
    const isSettled = isSameArticle(values, settled);
    if (isSettled && article.version === 0 && step === 'SAVE') {
      setState({ kind: 'NONE' });
      return true;
    }
    if (changesVersion === null && endsChanges(now.current, step)) {
      if (step === 'DISCARD') replaceBy(article);
      return true;
    }
    const sending = send(step);
    running.current = sending;
    await sending;
    running.current = null;
    return sending;
  }

  /** What stands here is first brought to the server, and then published as it stands there. */
  async function publish(): Promise<boolean> {
    const { article, values, settled } = now.current;
    const isBehind = article.published && !isSameArticle(values, settled);
    return (!isBehind || (await run('SAVE'))) && run('PUBLISH');
  }

  function change(part: Partial<ArticleValues>) {
    const isSettled = move({ values: { ...now.current.values, ...part } });
    stopTimer();
    if (now.current.theirs) return setState({ kind: isSettled ? 'NONE' : 'HELD' });
    setState({ kind: 'WAITING' });
    saveAfter(SAVE_AFTER_MS);
  }

  function replaceBy(article: ArticleFieldsFragment) {
    stopTimer();
    const next = penOn(article);
    move(next);
    setState(penState(next));
    setRevision((before) => before + 1);
  }

  /** Shows what was saved elsewhere meanwhile, unless something is typed here. */
  async function refresh() {
    const isAtRest = () =>
      !now.current.theirs &&
      !running.current &&
      !timer.current &&
      isSameArticle(now.current.values, now.current.settled);
    const { article, version, changesVersion } = now.current;
    if (version === 0 || !isAtRest()) return;
    const { data } = await client
      .query({ query: ArticlePageDocument, variables: { id: article.id }, fetchPolicy: 'network-only' })
      .catch(() => ({ data: undefined }));
    const saved = data?.article;
    if (!saved || !isAtRest() || now.current.version !== version) return;
    if (saved.version !== version || changesVersionOf(saved) !== changesVersion) replaceBy(saved);
  }

  // What an earlier visit left unsaved goes to the server too, and leaving the page does not wait for the timer.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once per opened article
  useEffect(() => {
    if (!isSameArticle(now.current.values, now.current.settled)) change({});
    const onFocus = () => void refresh();
    addEventListener('focus', onFocus);
    return () => {
      removeEventListener('focus', onFocus);
      if (timer.current !== undefined) void run('SAVE');
    };
  }, []);

  return {
    values: pen.values,
    article: pen.article,
    theirs: pen.theirs,
    /** Something typed is not on the server yet. */
    isBehind: !isSameArticle(pen.values, pen.settled),
    /** What stands here is not what the article says. */
    isChanged: !isSameArticle(pen.values, pen.article.unpublishedChanges ? valuesOf(pen.article) : pen.settled),
    state,
    /** Grows when the values were replaced from outside, so that the editor reads them anew. */
    revision,
    change,
    publish,
    unpublish: () => run('UNPUBLISH'),
    /** Ends the unpublished changes: what the article says stands here again. */
    discard: () => run('DISCARD'),
    /** What was typed goes on over theirs. */
    keepMine: () => {
      const { theirs } = now.current;
      if (!theirs) return;
      const { article } = theirs;
      isOverTheirs.current = true;
      const seen = { version: article.version, changesVersion: changesVersionOf(article) };
      move({ article, ...seen, settled: savedValues(article), theirs: null });
      change({});
    },
    /** Theirs take the place of what was typed. */
    takeTheirs: async (): Promise<boolean> => {
      const { theirs } = now.current;
      if (!theirs) return false;
      const changesVersion = changesVersionOf(theirs.article);
      // The article is chosen against the changes of it: they are over.
      if (theirs.kind === 'ARTICLE' && changesVersion !== null) {
        move({ changesVersion, version: theirs.article.version });
        return run('DISCARD');
      }
      replaceBy(theirs.article);
      return true;
    },
    /** Words that stood here before come back. */
    putBack: (values: ArticleValues) => {
      isOverTheirs.current = true;
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
    replaceBy,
  };
}
