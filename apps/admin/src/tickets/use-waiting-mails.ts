import type { ApolloClient } from '@apollo/client';
import { useApolloClient, useQuery } from '@apollo/client/react';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useState } from 'react';
import { explain } from '../apollo/errors.ts';
import {
  type DraftFieldsFragment,
  UndoSendDocument,
  type UndoSendMutation,
  WaitingMailsDocument,
  type WaitingMailsQuery,
} from '../gql/graphql.ts';
import { sayFailed } from '../ui/undo.tsx';
import { returnNewTicket } from './new-ticket-draft.ts';
import { dropLocalDraft, fromServer, writeLocalDraft } from './reply-draft.ts';
import { draftReturned, saveOpenDraft } from './returned-drafts.ts';
import { noteServerTime, secondsUntil } from './server-clock.ts';
import type { TicketSearch } from './ticket-search.ts';
import { dropFromLists } from './use-delete-tickets.ts';
import { onTicketChanged } from './use-live-tickets.ts';

/** A mail of the viewer that waits and can be taken back. */
export type WaitingMail = WaitingMailsQuery['waitingMails']['nodes'][number];

type BegunTicket = NonNullable<UndoSendMutation['undoSend']['begunTicket']>;

const NOT_OFTENER_MS = 1000;
/** What shows tickets that come and go. */
const LISTS = ['TicketsCenter', 'TicketWindow', 'Rail'];
const watchers = new Set<() => void>();

/** Says that a mail was just sent, so that the countdown begins. */
export function refreshWaitingMails(): void {
  for (const watcher of watchers) watcher();
}

/** The whole seconds until then by the server's clock, counted down on the screen. */
export function useSecondsUntil(iso: string | null): number {
  const [seconds, setSeconds] = useState(() => (iso ? secondsUntil(iso) : 0));
  useEffect(() => {
    if (!iso) return setSeconds(0);
    const tick = () => setSeconds(secondsUntil(iso));
    tick();
    const timer = setInterval(tick, 250);
    return () => clearInterval(timer);
  }, [iso]);
  return seconds;
}

/** The viewer's mails that can still be taken back, whichever window sent them. */
export function useWaitingMails(): readonly WaitingMail[] {
  // From the cache first, so that the key works on the next page at once.
  const { data, refetch } = useQuery(WaitingMailsDocument, { fetchPolicy: 'cache-and-network' });
  const waiting = data?.waitingMails;
  useEffect(() => {
    if (waiting) noteServerTime(waiting.now);
  }, [waiting]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = () => {
      timer = undefined;
      refetch().catch(() => undefined);
    };
    const later = () => {
      timer ??= setTimeout(read, NOT_OFTENER_MS);
    };
    watchers.add(read);
    const stop = onTicketChanged(later);
    return () => {
      watchers.delete(read);
      stop();
      clearTimeout(timer);
    };
  }, [refetch]);
  return waiting?.nodes ?? [];
}

/** Puts a draft of the server into this browser and into the editor of its ticket, if that is open. */
export function takeDraft(ticketId: string, draft: DraftFieldsFragment): void {
  writeLocalDraft(ticketId, fromServer(draft));
  draftReturned(ticketId);
}

/** Puts a ticket that is gone with its only mail back into the form that it was written in. */
function takeNewTicket(client: ApolloClient, ticketId: string, begun: BegunTicket, draft: DraftFieldsFragment): void {
  dropFromLists(client.cache, ticketId);
  dropLocalDraft(ticketId);
  const { requesterEmail, requesterName, subject } = begun;
  returnNewTicket({ ...fromServer(draft), requesterEmail, requesterName: requesterName ?? '', subject });
}

/** Where the words of a mail are again. */
type TakenBack = 'IN_TICKET' | 'IN_FORM' | 'NOWHERE';

async function undo(client: ApolloClient, { message, ticket }: WaitingMail): Promise<TakenBack> {
  try {
    await saveOpenDraft(ticket.id);
    const { data } = await client.mutate({
      mutation: UndoSendDocument,
      variables: { input: { messageId: message.id } },
    });
    const { draft, begunTicket } = data!.undoSend;
    if (begunTicket) takeNewTicket(client, ticket.id, begunTicket, draft);
    else takeDraft(ticket.id, draft);
    return begunTicket ? 'IN_FORM' : 'IN_TICKET';
  } catch (error) {
    sayFailed(explain(error).message);
    return 'NOWHERE';
  } finally {
    refreshWaitingMails();
  }
}

/** Takes a mail back and opens its words in the editor of its ticket, or in the form of a new ticket. */
export function useUndoSend() {
  const client = useApolloClient();
  const navigate = useNavigate();
  const [isBusy, setBusy] = useState(false);
  const take = useCallback(
    async (mail: WaitingMail) => {
      setBusy(true);
      const words = await undo(client, mail);
      setBusy(false);
      const params = { number: String(mail.ticket.number) };
      const search = (before: TicketSearch) => before;
      if (words === 'IN_FORM') await navigate({ to: '/tickets', search });
      if (words === 'IN_TICKET') await navigate({ to: '/tickets/$number', params, search });
      void client
        .refetchQueries({ include: [...(words === 'IN_FORM' ? [] : ['TicketPage']), ...LISTS] })
        .catch(() => undefined);
    },
    [client, navigate],
  );
  return { take, isBusy };
}
