import { IconArrowBackUp, IconArrowBackUpDouble, IconArrowForwardUp, IconNote } from '@tabler/icons-react';
import { lazy, type RefObject, Suspense, useCallback, useEffect, useState } from 'react';
import type { TicketStatus } from '../gql/graphql.ts';
import { currentActions, useActions } from '../ui/actions/registry.ts';
import { EncryptionHint } from './EncryptionHint.tsx';
import type { OpenTicket } from './open-ticket.ts';
import type { EditorWish } from './ReplyEditor.tsx';
import { emptyDraft, modeOf, newestDraft, type ReplyDraft, type ReplyMode, readLocalDraft } from './reply-draft.ts';
import { onDraftReturned } from './returned-drafts.ts';
import { Undeliverable } from './Undeliverable.tsx';
import type { Insertion } from './use-reply-draft.ts';
import { refreshWaitingMails } from './use-waiting-mails.ts';

const ReplyEditor = lazy(() => import('./ReplyEditor.tsx').then((module) => ({ default: module.ReplyEditor })));

/** How the rest of the page reaches the editor. */
export interface ReplyDoor {
  insert: (insertion: Insertion) => void;
  forward: (messageId: string) => void;
}

interface ReplyBarProps {
  ticket: OpenTicket;
  lastSeenId: string | undefined;
  doorRef: RefObject<ReplyDoor>;
  onSent: () => void;
}

/** What is open: the draft that it began with, and what was asked for last. A new `key` begins the editor anew. */
interface Opened {
  key: number;
  draft: ReplyDraft;
  wish: EditorWish;
}

let keys = 0;
const openedWith = (draft: ReplyDraft, wish?: EditorWish): Opened => ({
  key: keys++,
  draft,
  wish: wish ?? { mode: modeOf(draft), forwardOfId: draft.forwardOfId },
});

/** The place to answer: a quiet bar until it is used, then the editor. A draft opens it by itself. */
export function ReplyBar({ ticket, lastSeenId, doorRef, onSent }: ReplyBarProps) {
  // The draft is read when the ticket is opened, not while it is written.
  const [opened, setOpened] = useState<Opened | null>(() => {
    const kept = newestDraft(readLocalDraft(ticket.id), ticket.draft);
    return kept && openedWith(kept);
  });
  const [waiting, setWaiting] = useState<Insertion | null>(null);
  const newestLetter = ticket.messages.nodes.findLast(({ kind }) => kind === 'INBOUND');
  const first = (ticket.requester.name ?? ticket.requester.email ?? 'the customer').split(/[\s@]/)[0];
  const hasOthers = ticket.replyAll.cc.length > 0;

  const openAs = useCallback(
    (wish: EditorWish) => {
      setOpened((now) => (now ? { ...now, wish } : openedWith(readLocalDraft(ticket.id) ?? emptyDraft(false), wish)));
    },
    [ticket.id],
  );
  const replyAll = () => openAs({ mode: 'reply', isToAll: true });
  const forward = (messageId = newestLetter?.id) => messageId && openAs({ mode: 'forward', forwardOfId: messageId });
  const sent = (mode: ReplyMode, thenStatus: TicketStatus | undefined) => {
    setOpened(null);
    if (mode !== 'note') refreshWaitingMails();
    onSent();
    if (thenStatus === 'CLOSED')
      currentActions()
        .find(({ id }) => id === 'next')
        ?.run();
  };
  useEffect(() => {
    doorRef.current = {
      insert: (insertion) => {
        setWaiting(insertion);
        openAs({ mode: 'reply' });
      },
      forward: (messageId) => openAs({ mode: 'forward', forwardOfId: messageId }),
    };
  }, [doorRef, openAs]);
  useEffect(
    () =>
      onDraftReturned((ticketId) => {
        const draft = ticketId === ticket.id ? readLocalDraft(ticketId) : null;
        if (draft) setOpened(openedWith(draft));
      }),
    [ticket.id],
  );
  useActions([
    { id: 'reply', label: 'Reply', group: 'Ticket', keys: ['R'], run: () => openAs({ mode: 'reply' }) },
    { id: 'reply-all', label: 'Reply all', group: 'Ticket', keys: ['Shift R'], run: replyAll },
    { id: 'forward', label: 'Forward', group: 'Ticket', keys: ['F'], run: () => forward() },
    { id: 'note', label: 'Internal note', group: 'Ticket', keys: ['N'], run: () => openAs({ mode: 'note' }) },
  ]);

  if (!opened) {
    return (
      <div className="reply-bar">
        <button type="button" className="reply-bar__reply" onClick={() => openAs({ mode: 'reply' })}>
          <IconArrowBackUp size={17} aria-hidden="true" /> Reply to {first}…
        </button>
        {hasOthers && (
          <button type="button" aria-label="Reply all" title="Reply all (Shift R)" onClick={replyAll}>
            <IconArrowBackUpDouble size={17} aria-hidden="true" /> <span className="reply-bar__word">Reply all</span>
          </button>
        )}
        {newestLetter && (
          <button type="button" aria-label="Forward" title="Forward (F)" onClick={() => forward()}>
            <IconArrowForwardUp size={17} aria-hidden="true" /> <span className="reply-bar__word">Forward</span>
          </button>
        )}
        <button type="button" className="reply-bar__note" onClick={() => openAs({ mode: 'note' })}>
          <IconNote size={17} aria-hidden="true" /> Note
        </button>
      </div>
    );
  }
  return (
    <Suspense fallback={<div className="reply-bar reply-bar--loading" aria-busy="true" />}>
      <ReplyEditor
        key={opened.key}
        ticket={ticket}
        wish={opened.wish}
        hints={(mail) => (
          <>
            <EncryptionHint ticket={ticket} {...mail} />
            <Undeliverable ticketId={ticket.id} requester={ticket.requester} />
          </>
        )}
        lastSeenId={lastSeenId}
        initial={opened.draft}
        insertion={waiting}
        onInserted={() => setWaiting(null)}
        onWish={openAs}
        onClose={() => setOpened(null)}
        onSent={sent}
      />
    </Suspense>
  );
}
