import { IconArrowBackUp, IconNote } from '@tabler/icons-react';
import { lazy, type RefObject, Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import type { TicketStatus } from '../gql/graphql.ts';
import { currentActions, useActions } from '../ui/actions/registry.ts';
import { EncryptionHint } from './EncryptionHint.tsx';
import type { OpenTicket } from './open-ticket.ts';
import { emptyDraft, newestDraft, readLocalDraft } from './reply-draft.ts';
import { Undeliverable } from './Undeliverable.tsx';
import type { Insertion } from './use-reply-draft.ts';

const ReplyEditor = lazy(() => import('./ReplyEditor.tsx').then((module) => ({ default: module.ReplyEditor })));

interface ReplyBarProps {
  ticket: OpenTicket;
  lastSeenId: string | undefined;
  /** Filled with the way to put a text into the answer. */
  insertRef: RefObject<(insertion: Insertion) => void>;
  onSent: () => void;
}

/** The place to answer: a quiet bar until it is used, then the editor. A draft opens it by itself. */
export function ReplyBar({ ticket, lastSeenId, insertRef, onSent }: ReplyBarProps) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the draft is read when the ticket is opened, not while it is written
  const kept = useMemo(() => newestDraft(readLocalDraft(ticket.id), ticket.draft), [ticket.id]);
  const [mode, setMode] = useState<'closed' | 'reply' | 'note'>(kept ? (kept.isNote ? 'note' : 'reply') : 'closed');
  const [waiting, setWaiting] = useState<Insertion | null>(null);
  const [firstDraft, setFirstDraft] = useState(kept);
  const first = (ticket.requester.name ?? ticket.requester.email ?? 'the customer').split(/[\s@]/)[0];

  const openAs = useCallback(
    (next: 'reply' | 'note') => {
      setMode((now) => {
        if (now === 'closed') setFirstDraft(readLocalDraft(ticket.id));
        return next;
      });
    },
    [ticket.id],
  );
  const close = useCallback(() => setMode('closed'), []);
  const sent = useCallback(
    (thenStatus: TicketStatus | undefined) => {
      setFirstDraft(null);
      setMode('closed');
      onSent();
      if (thenStatus === 'CLOSED')
        currentActions()
          .find(({ id }) => id === 'next')
          ?.run();
    },
    [onSent],
  );
  useEffect(() => {
    insertRef.current = (insertion) => {
      setWaiting(insertion);
      openAs('reply');
    };
  }, [insertRef, openAs]);
  useActions([
    { id: 'reply', label: 'Reply', group: 'Ticket', keys: ['R'], run: () => openAs('reply') },
    { id: 'note', label: 'Internal note', group: 'Ticket', keys: ['N'], run: () => openAs('note') },
  ]);

  if (mode === 'closed') {
    return (
      <div className="reply-bar">
        <button type="button" className="reply-bar__reply" onClick={() => openAs('reply')}>
          <IconArrowBackUp size={17} aria-hidden="true" /> Reply to {first}…
        </button>
        <button type="button" className="reply-bar__note" onClick={() => openAs('note')}>
          <IconNote size={17} aria-hidden="true" /> Note
        </button>
      </div>
    );
  }
  return (
    <Suspense fallback={<div className="reply-bar reply-bar--loading" aria-busy="true" />}>
      <ReplyEditor
        ticketId={ticket.id}
        warning={
          <>
            <EncryptionHint ticket={ticket} />
            <Undeliverable ticketId={ticket.id} requester={ticket.requester} />
          </>
        }
        recipient={ticket.requester.email}
        from={ticket.mailbox}
        lastSeenId={lastSeenId}
        isNote={mode === 'note'}
        initial={firstDraft ?? emptyDraft(mode === 'note')}
        insertion={waiting}
        onInserted={() => setWaiting(null)}
        onModeChange={(isNote) => setMode(isNote ? 'note' : 'reply')}
        onClose={close}
        onSent={sent}
      />
    </Suspense>
  );
}
