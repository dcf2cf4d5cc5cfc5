import { useApolloClient } from '@apollo/client/react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { SaveDraftDocument } from '../gql/graphql.ts';
import { dropLocalDraft, emptyDraft, isWorthKeeping, type ReplyDraft, writeLocalDraft } from './reply-draft.ts';
import { offerSaving } from './returned-drafts.ts';

/** An article that is put at the caret. */
export interface Insertion {
  articleId: string;
  title: string;
  /** Safe HTML from the server. */
  html: string;
  /** Where end users read it; null: they cannot. */
  url: string | null;
}

/** Where the draft is kept. `isSafe`: also on the server. */
export type DraftState = { kind: 'NONE' } | { kind: 'WAITING' } | { kind: 'SAVED'; at: string } | { kind: 'FAILED' };

const SAVE_AFTER_MS = 800;
const AGAIN_AFTER_MS = 5000;

/** Keeps a draft: in this browser at once, on the server within a second, again and again until the server has it. */
export function useReplyDraft(ticketId: string, initial: ReplyDraft) {
  const client = useApolloClient();
  const [state, setState] = useState<DraftState>({ kind: 'NONE' });
  const draft = useRef(initial);
  /** What the screen shows of it beside the words. */
  const [kept, setKept] = useState(initial);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const isDone = useRef(false);

  const save = useCallback(async () => {
    timer.current = undefined;
    try {
      const { data } = await client.mutate({
        mutation: SaveDraftDocument,
        variables: { input: { ticketId, ...toSave(draft.current) } },
      });
      setState(data?.saveDraft ? { kind: 'SAVED', at: data.saveDraft.updatedAt } : { kind: 'NONE' });
    } catch {
      if (isDone.current) return;
      setState({ kind: 'FAILED' });
      timer.current ??= setTimeout(() => void save(), AGAIN_AFTER_MS);
    }
  }, [client, ticketId]);

  const change = useCallback(
    (part: Partial<ReplyDraft>) => {
      draft.current = { ...draft.current, ...part, updatedAt: new Date().toISOString() };
      if (Object.keys(part).some((name) => name !== 'text' && name !== 'html')) setKept(draft.current);
      writeLocalDraft(ticketId, draft.current);
      setState({ kind: 'WAITING' });
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void save(), SAVE_AFTER_MS);
    },
    [ticketId, save],
  );

  /** Changes what no one typed, such as recipients that were filled in: kept with the next change. */
  const fill = useCallback((part: Partial<ReplyDraft>) => {
    draft.current = { ...draft.current, ...part };
    setKept(draft.current);
  }, []);

  /** Saves at once what waits to be saved. */
  const saveNow = useCallback(async () => {
    if (timer.current === undefined) return;
    clearTimeout(timer.current);
    await save();
  }, [save]);
  useEffect(() => offerSaving(ticketId, saveNow), [ticketId, saveNow]);

  /** The answer is sent: nothing is kept any more. The server drops its copy with the reply itself. */
  const finish = useCallback(() => {
    isDone.current = true;
    clearTimeout(timer.current);
    timer.current = undefined;
    dropLocalDraft(ticketId);
    draft.current = emptyDraft(draft.current.isNote);
    void save();
  }, [ticketId, save]);

  useEffect(
    () => () => {
      if (timer.current === undefined) return;
      clearTimeout(timer.current);
      void save();
    },
    [save],
  );

  return { draft, kept, state, change, fill, finish };
}

function toSave(draft: ReplyDraft) {
  const { text, html, isNote, forwardOfId, leftOutIds } = draft;
  const { to, cc, bcc } = isWorthKeeping(draft) ? draft : emptyDraft(isNote);
  return { text, html, isNote, to, cc, bcc, forwardOfId, leftOutIds, attachmentIds: draft.files.map(({ id }) => id) };
}
