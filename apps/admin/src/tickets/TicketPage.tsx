import { useQuery } from '@apollo/client/react';
import { Drawer } from '@mantine/core';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { explain } from '../apollo/errors.ts';
import { TicketPageDocument } from '../gql/graphql.ts';
import { useActions } from '../ui/actions/registry.ts';
import { Button } from '../ui/Button.tsx';
import { EmptyState, Notice, SkeletonLines } from '../ui/Notice.tsx';
import { useToastRoom } from '../ui/toast-room.ts';
import { SPLIT, useMedia, WITH_PANEL } from '../ui/use-media.ts';
import { DeletedNotice } from './DeletedNotice.tsx';
import { HeadersDrawer } from './HeadersDrawer.tsx';
import { MessageList } from './MessageList.tsx';
import type { OpenTicket } from './open-ticket.ts';
import { ReplyBar, type ReplyDoor } from './ReplyBar.tsx';
import { SendingBar } from './SendingBar.tsx';
import { TicketHeader } from './TicketHeader.tsx';
import { LinkedTickets, MergedNotice } from './TicketLinks.tsx';
import { TicketPanel } from './TicketPanel.tsx';
import type { TicketSearch } from './ticket-search.ts';
import { onTicketChanged } from './use-live-tickets.ts';
import { useTicketActions } from './use-ticket-actions.ts';
import './ticket-page.css';
import { lastFiled } from './last-filed.ts';

const READ_AFTER_MS = 1000;
const REFRESH_AFTER_MS = 300;
const PENDING_POLL_MS = 3000;
/** Windows are read by themselves up to here, so that the newest message is always there. */
const MOST_READ = 500;

/** Counts the ticket as read once it has been on screen for a second. */
function useMarkRead(ticket: OpenTicket | null | undefined) {
  const { markRead } = useTicketActions();
  const id = ticket?.id;
  const isUnread = ticket?.unread ?? false;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once per opened ticket
  useEffect(() => {
    if (!id || !isUnread) return;
    const timer = setTimeout(() => void markRead(id, true), READ_AFTER_MS);
    return () => clearTimeout(timer);
    // A ticket that is marked unread by hand stays so until it is opened again.
  }, [id]);
}

/** Reads the ticket again when it changes, and now and then while a mail of it is on its way. */
function useFreshTicket(ticket: OpenTicket | null | undefined, refetch: () => Promise<unknown>) {
  const id = ticket?.id;
  const isPending =
    ticket?.messages.nodes.some(({ delivery }) => delivery === 'QUEUED' || delivery === 'SENDING') ?? false;
  const newest = useRef(refetch);
  newest.current = refetch;
  useEffect(() => {
    if (!id) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = () => {
      timer = undefined;
      newest.current().catch(() => undefined);
    };
    const stop = onTicketChanged((changed) => {
      if (changed === id) timer ??= setTimeout(read, REFRESH_AFTER_MS);
    });
    const poll = isPending ? setInterval(read, PENDING_POLL_MS) : undefined;
    return () => {
      stop();
      clearTimeout(timer);
      clearInterval(poll);
    };
  }, [id, isPending]);
}

function TicketFrame({ children, isBusy = false }: { children: React.ReactNode; isBusy?: boolean }) {
  return (
    <section className="ticket" aria-label="Ticket" aria-busy={isBusy}>
      <div className="ticket__middle">
        {children}
        <SendingBar />
      </div>
    </section>
  );
}

/** One ticket: who it is about, what was written, and the place to answer. */
export function TicketPage() {
  const { number } = useParams({ strict: false });
  const navigate = useNavigate();
  const asked = Number(number);
  const isNumber = Number.isSafeInteger(asked) && asked > 0 && asked < 2 ** 31;
  const { data, error, refetch, fetchMore } = useQuery(TicketPageDocument, {
    variables: { number: asked },
    skip: !isNumber,
    fetchPolicy: 'cache-and-network',
  });
  const ticket = data?.ticket;
  useMarkRead(ticket);
  useFreshTicket(ticket, refetch);
  const { endCursor, hasNextPage } = ticket?.messages.pageInfo ?? { endCursor: null, hasNextPage: false };
  const isReadOn = hasNextPage && (ticket?.messages.nodes.length ?? 0) < MOST_READ;
  useEffect(() => {
    if (isReadOn) fetchMore({ variables: { after: endCursor } }).catch(() => undefined);
  }, [isReadOn, endCursor, fetchMore]);
  const back = () => void navigate({ to: '/tickets', search: (before: TicketSearch) => before });

  if (isNumber && data && !ticket) {
    return (
      <TicketFrame>
        <DeletedNotice number={asked} onBack={back} />
      </TicketFrame>
    );
  }
  if (!isNumber) {
    return (
      <TicketFrame>
        <EmptyState title="This ticket does not exist">
          <p>A ticket is named by its number.</p>
          <Button onClick={back}>Back to the list</Button>
        </EmptyState>
      </TicketFrame>
    );
  }
  if (!ticket && error) {
    return (
      <TicketFrame>
        <div className="ticket__trouble">
          <Notice tone="bad" action={<Button onClick={() => void refetch()}>Try again</Button>}>
            {explain(error).message}
          </Notice>
          <Button onClick={back}>Back to the list</Button>
        </div>
      </TicketFrame>
    );
  }
  if (!ticket) {
    return (
      <TicketFrame isBusy>
        <h1 className="visually-hidden">Ticket #{number}</h1>
        <div className="ticket__trouble">
          <div className="card ticket__skeleton">
            <SkeletonLines count={6} />
          </div>
        </div>
      </TicketFrame>
    );
  }
  return (
    <FilledTicket
      key={ticket.id}
      ticket={ticket}
      onBack={back}
      onRefresh={() => void refetch()}
      onMore={hasNextPage && !isReadOn ? () => void fetchMore({ variables: { after: endCursor } }) : undefined}
    />
  );
}

interface FilledTicketProps {
  ticket: OpenTicket;
  onBack: () => void;
  onRefresh: () => void;
  onMore: (() => void) | undefined;
}

function FilledTicket({ ticket, onBack, onRefresh, onMore }: FilledTicketProps) {
  const isSplit = useMedia(SPLIT);
  const hasPanel = useMedia(WITH_PANEL);
  const [headersOf, setHeadersOf] = useState<string | null>(null);
  const [isPanelOpen, setPanelOpen] = useState(true);
  const [isDrawerOpen, setDrawerOpen] = useState(false);
  const door = useRef<ReplyDoor>({ insert: () => undefined, forward: () => undefined });
  const foot = useRef<HTMLDivElement>(null);
  useToastRoom(foot);
  const nodes = ticket.messages.nodes;
  const newest = nodes.at(-1);
  const newestLetter = nodes.findLast(({ kind }) => kind === 'INBOUND') ?? newest;
  useActions([
    {
      id: 'headers',
      label: 'Headers and raw source',
      group: 'Ticket',
      keys: ['Shift H'],
      run: () => setHeadersOf(newestLetter?.id ?? null),
    },
    {
      id: 'panel',
      label: 'Show or hide the right panel',
      group: 'Ticket',
      keys: [']'],
      run: () => (hasPanel ? setPanelOpen(!isPanelOpen) : setDrawerOpen(!isDrawerOpen)),
    },
  ]);
  useEffect(() => {
    document.title = `#${ticket.number} ${ticket.subject}`;
  }, [ticket.number, ticket.subject]);
  return (
    <section className="ticket" aria-label={`Ticket ${ticket.number}`}>
      <TicketHeader
        ticket={ticket}
        isBackShown={!isSplit}
        onBack={onBack}
        onHeaders={() => setHeadersOf(newestLetter?.id ?? null)}
        onPanel={hasPanel ? undefined : () => setDrawerOpen(true)}
      />
      <div className="ticket__body">
        <div className="ticket__middle">
          <LinkedTickets ticket={ticket} />
          {ticket.mergedInto ? (
            <MergedNotice ticket={ticket} />
          ) : (
            <MessageList
              ticket={ticket}
              onMore={onMore}
              onHeaders={setHeadersOf}
              onForward={(messageId) => door.current.forward(messageId)}
            />
          )}
          <div className="ticket__foot" ref={foot}>
            <SendingBar />
            {!ticket.mergedInto && (
              <ReplyBar ticket={ticket} lastSeenId={lastFiled(nodes)?.id} doorRef={door} onSent={onRefresh} />
            )}
          </div>
        </div>
        {isPanelOpen && hasPanel && (
          <TicketPanel ticket={ticket} onInsert={(insertion) => door.current.insert(insertion)} />
        )}
      </div>
      {isDrawerOpen && !hasPanel && (
        <Drawer
          opened
          onClose={() => setDrawerOpen(false)}
          position="right"
          size="min(340px, 100%)"
          padding={0}
          title="Suggested answers and customer"
          classNames={{ header: 'panel-drawer__head' }}
          closeButtonProps={{ 'aria-label': 'Close' }}
        >
          <TicketPanel
            ticket={ticket}
            onInsert={(insertion) => {
              setDrawerOpen(false);
              door.current.insert(insertion);
            }}
          />
        </Drawer>
      )}
      {headersOf && <HeadersDrawer ticketId={ticket.id} messageId={headersOf} onClose={() => setHeadersOf(null)} />}
    </section>
  );
}
