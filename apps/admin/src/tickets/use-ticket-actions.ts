import type { ApolloCache, ApolloClient } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { useMemo } from 'react';
import { explain } from '../apollo/errors.ts';
import {
  AssignTicketDocument,
  CloseTicketDocument,
  MarkTicketReadDocument,
  ReopenTicketDocument,
  SetTicketOnHoldDocument,
  type TicketFilter,
  type TicketStatus,
} from '../gql/graphql.ts';
import { plural } from '../ui/format.ts';
import { sayDone, sayFailed } from '../ui/undo.tsx';

/** The ticket that an action is meant for. */
export interface Target {
  id: string;
  number: number;
  status: TicketStatus;
}

type Move = 'close' | 'reopen' | 'hold' | 'resume';

const AT_ONCE = 6;
const SECTION_OF = { OPEN: 'MAIN', ANSWERED: 'ANSWERED', ON_HOLD: 'ON_HOLD', CLOSED: null } as const;
const STATUS_AFTER: Record<Move, TicketStatus> = { close: 'CLOSED', reopen: 'OPEN', hold: 'ON_HOLD', resume: 'OPEN' };
const BACK: Record<Move, Move> = { close: 'reopen', reopen: 'close', hold: 'resume', resume: 'hold' };
const WORDS: Record<Move, string> = {
  close: 'closed',
  reopen: 'opened again',
  hold: 'put on hold',
  resume: 'taken off hold',
};

/** Whether a list with this filter may hold a ticket of this status. */
export function mayHold(filter: TicketFilter | null | undefined, status: TicketStatus): boolean {
  if (filter?.section) return filter.section === SECTION_OF[status];
  if (filter?.status) return filter.status.includes(status);
  return true;
}

function filterOf(storeFieldName: string): TicketFilter | null {
  const json = storeFieldName.slice(storeFieldName.indexOf(':') + 1);
  try {
    return (JSON.parse(json) as { filter?: TicketFilter | null }).filter ?? null;
  } catch {
    return null;
  }
}

interface StoredList {
  nodes: readonly { __ref: string }[];
  totalCount: number;
}

/** Takes a ticket out of every list in the cache that may not hold its new status. */
export function leaveLists(cache: ApolloCache, ticketId: string, status: TicketStatus): void {
  const ref = cache.identify({ __typename: 'Ticket', id: ticketId });
  cache.modify<{ tickets: StoredList }>({
    fields: {
      tickets: (list, { storeFieldName }) => {
        if (mayHold(filterOf(storeFieldName), status)) return list as StoredList;
        const stored = list as StoredList;
        const nodes = stored.nodes.filter((node) => node.__ref !== ref);
        return nodes.length === stored.nodes.length ? stored : { ...stored, nodes, totalCount: stored.totalCount - 1 };
      },
    },
  });
}

function mutationFor(move: Move, ticketId: string) {
  if (move === 'hold' || move === 'resume') {
    return { mutation: SetTicketOnHoldDocument, variables: { input: { ticketId, onHold: move === 'hold' } } } as const;
  }
  const mutation = move === 'close' ? CloseTicketDocument : ReopenTicketDocument;
  return { mutation, variables: { input: { ticketId } } } as const;
}

async function moveOne(client: ApolloClient, move: Move, target: Target): Promise<void> {
  const status = STATUS_AFTER[move];
  const after = {
    __typename: 'Ticket' as const,
    id: target.id,
    status,
    answeredAt: null,
    closesAt: null,
    closedAt: null,
  };
  const field = move === 'close' ? 'closeTicket' : move === 'reopen' ? 'reopenTicket' : 'setTicketOnHold';
  const { mutation, variables } = mutationFor(move, target.id);
  await client.mutate({
    mutation: mutation as typeof CloseTicketDocument,
    variables: variables as { input: { ticketId: string } },
    optimisticResponse: { __typename: 'Mutation', [field]: after } as never,
    update: (cache) => leaveLists(cache, target.id, status),
  });
}

async function inTurns<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<unknown[]> {
  const failures: unknown[] = [];
  for (let at = 0; at < items.length; at += AT_ONCE) {
    const settled = await Promise.allSettled(items.slice(at, at + AT_ONCE).map(work));
    failures.push(...settled.filter((each) => each.status === 'rejected').map((each) => each.reason));
  }
  return failures;
}

function refreshCounts(client: ApolloClient) {
  void client.refetchQueries({ include: ['TicketsCenter', 'Rail'] }).catch(() => undefined);
}

const nameOf = (targets: readonly Target[]) =>
  targets.length === 1 ? `Ticket #${targets[0]?.number}` : plural(targets.length, 'ticket');

async function moveAll(client: ApolloClient, move: Move, targets: readonly Target[], isUndo = false): Promise<void> {
  const before = targets.map((target) => ({ ...target }));
  if (!isUndo) {
    sayDone(`${nameOf(targets)} ${WORDS[move]}.`, () => void moveAll(client, BACK[move], before, true));
  }
  const failures = await inTurns(targets, (target) => moveOne(client, move, target));
  if (failures.length > 0) {
    sayFailed(
      `${failures.length === targets.length ? nameOf(targets) : plural(failures.length, 'ticket')} stays as it was. ${explain(failures[0]).message}`,
    );
  }
  refreshCounts(client);
  // The lists where the tickets belong now are read again when they are on screen.
  void client
    .refetchQueries({
      include: ['TicketWindow'],
      onQueryUpdated: (query) => {
        const { filter } = query.variables as { filter?: TicketFilter | null };
        return Boolean(filter?.section) && mayHold(filter, STATUS_AFTER[move]);
      },
    })
    .catch(() => undefined);
}

async function assignAll(
  client: ApolloClient,
  targets: readonly Target[],
  agent: { id: string; name: string } | null,
): Promise<void> {
  const failures = await inTurns(targets, async ({ id }) => {
    await client.mutate({
      mutation: AssignTicketDocument,
      variables: { input: { ticketId: id, agentId: agent?.id ?? null } },
      optimisticResponse: {
        __typename: 'Mutation',
        assignTicket: { __typename: 'Ticket', id, assignee: agent ? { __typename: 'Agent', ...agent } : null },
      },
    });
  });
  refreshCounts(client);
  if (failures.length > 0) sayFailed(`The assignment was not saved. ${explain(failures[0]).message}`);
  else sayDone(agent ? `${nameOf(targets)} assigned to ${agent.name}.` : `${nameOf(targets)} released.`);
}

/** What an agent does with one ticket or many: at once on screen, taken back with the reason when the server refuses,
 * and to be undone for 8 s. */
export function useTicketActions() {
  const client = useApolloClient();
  return useMemo(
    () => ({
      move: (move: Move, targets: readonly Target[]) =>
        targets.length > 0 ? moveAll(client, move, targets) : Promise.resolve(),
      assign: (targets: readonly Target[], agent: { id: string; name: string } | null) =>
        targets.length > 0 ? assignAll(client, targets, agent) : Promise.resolve(),
      markRead: (ticketId: string, read: boolean) =>
        client
          .mutate({
            mutation: MarkTicketReadDocument,
            variables: { input: { ticketId, read } },
            optimisticResponse: {
              __typename: 'Mutation',
              markTicketRead: { __typename: 'Ticket', id: ticketId, unread: !read },
            },
          })
          .then(() => refreshCounts(client))
          .catch(() => undefined),
    }),
    [client],
  );
}

/** Close or open again: the one that fits the status. */
export const closeOrReopen = (status: TicketStatus): Move => (status === 'CLOSED' ? 'reopen' : 'close');
/** Put on hold or take off: the one that fits the status. */
export const holdOrResume = (status: TicketStatus): Move => (status === 'ON_HOLD' ? 'resume' : 'hold');
