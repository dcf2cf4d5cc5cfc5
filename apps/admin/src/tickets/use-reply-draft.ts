import { useApolloClient } from '@apollo/client/react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { SaveDraftDocument } from '../gql/graphql.ts';
import { dropLocalDraft, type ReplyDraft, writeLocalDraft } from './reply-draft.ts';

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
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const isDone = useRef(false);

  const save = useCallback(async () => {
    timer.current = undefined;
    const { text, html, isNote } = draft.current;
    try {
      const { data } = await client.mutate({
        mutation: SaveDraftDocument,
        variables: { input: { ticketId, text, html, isNote } },
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
      writeLocalDraft(ticketId, draft.current);
      setState({ kind: 'WAITING' });
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void save(), SAVE_AFTER_MS);
    },
    [ticketId, save],
  );

  /** The answer is sent: nothing is kept any more. The server drops its copy with the reply itself. */
  const finish = useCallback(() => {
    isDone.current = true;
    clearTimeout(timer.current);
    timer.current = undefined;
    dropLocalDraft(ticketId);
    draft.current = { ...draft.current, text: '', html: null };
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

  return { draft, state, change, finish };
}
