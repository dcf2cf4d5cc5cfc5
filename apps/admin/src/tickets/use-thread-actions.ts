import type { ApolloClient } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { useMemo } from 'react';
import { explain } from '../apollo/errors.ts';
import {
  AddSenderDocument,
  MergeTicketsDocument,
  MoveMessageDocument,
  SplitMessageDocument,
  type TicketEventFieldsFragment,
  UndoTicketEventDocument,
} from '../gql/graphql.ts';
import { sayDone, sayFailed } from '../ui/undo.tsx';

type Event = TicketEventFieldsFragment;

/** What a line of history says, seen from a ticket: numbers that lead elsewhere stand apart as links. */
export function doneWords({ kind, address, otherTicket }: Event): string {
  const letter = address ? `The letter of ${address}` : 'The message';
  switch (kind) {
    case 'SPLIT':
      return `${letter} is now ticket #${otherTicket?.number}.`;
    case 'MOVE':
      return `${letter} moved to #${otherTicket?.number}.`;
    case 'MERGE':
      return `The ticket was merged into #${otherTicket?.number}.`;
    case 'ADD_SENDER':
      return `${address} takes part in this ticket now.`;
  }
}

async function refresh(client: ApolloClient) {
  await client
    .refetchQueries({ include: ['TicketPage', 'TicketsCenter', 'TicketWindow', 'Rail'] })
    .catch(() => undefined);
}

/** Asks the server, says what was done, and offers to take it back. Answers null when it was refused. */
async function act(client: ApolloClient, ask: () => Promise<Event | undefined>): Promise<Event | null> {
  try {
    const event = await ask();
    if (!event) return null;
    sayDone(doneWords(event), () => void undo(client, event.id));
    await refresh(client);
    return event;
  } catch (failure) {
    sayFailed(`Nothing was changed. ${explain(failure).message}`);
    return null;
  }
}

async function undo(client: ApolloClient, eventId: string): Promise<void> {
  try {
    await client.mutate({ mutation: UndoTicketEventDocument, variables: { input: { eventId } } });
    await refresh(client);
    sayDone('Taken back.');
  } catch (failure) {
    sayFailed(explain(failure).message);
  }
}

/** What an agent does when a message or a ticket stands in the wrong place. Each can be taken back, at once or from the history. */
export function useThreadActions() {
  const client = useApolloClient();
  return useMemo(
    () => ({
      split: (messageId: string) =>
        act(client, async () => {
          const { data } = await client.mutate({ mutation: SplitMessageDocument, variables: { input: { messageId } } });
          return data?.splitMessage;
        }),
      move: (messageId: string, ticketId: string) =>
        act(client, async () => {
          const variables = { input: { messageId, ticketId } };
          return (await client.mutate({ mutation: MoveMessageDocument, variables })).data?.moveMessage;
        }),
      merge: (ticketId: string, intoTicketId: string) =>
        act(client, async () => {
          const variables = { input: { ticketId, intoTicketId } };
          return (await client.mutate({ mutation: MergeTicketsDocument, variables })).data?.mergeTickets;
        }),
      addSender: (messageId: string) =>
        act(client, async () => {
          const { data } = await client.mutate({ mutation: AddSenderDocument, variables: { input: { messageId } } });
          return data?.addSenderToTicket;
        }),
      undo: (eventId: string) => undo(client, eventId),
    }),
    [client],
  );
}
