import { useApolloClient, useSubscription } from '@apollo/client/react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useLiveState, whenBack } from '../apollo/live.ts';
import { TicketChangedDocument, TicketDeletedDocument } from '../gql/graphql.ts';
import { dropFromLists } from './use-delete-tickets.ts';

const BATCH_MS = 500;
const POLL_MS = 30_000;

const changeListeners = new Set<(ticketId: string) => void>();

/** Calls back with the id of every ticket that changes or is deleted while the Tickets Center is on screen. Returns the way to stop. */
export function onTicketChanged(listener: (ticketId: string) => void): () => void {
  changeListeners.add(listener);
  return () => changeListeners.delete(listener);
}

interface LiveOptions {
  /** Whether a row of this id is in the list now. */
  isListed: (ticketId: string) => boolean;
  /** Whether the list may change under the reader right now: nothing scrolled, hovered, selected or under the cursor. */
  isAtRest: () => boolean;
  /** Reads the lists again from their start. */
  refresh: () => Promise<unknown>;
}

/** Follows changes of tickets. Rows that are listed change by themselves; tickets that are not listed yet are counted in
 * `waiting` until the reader takes them in with `takeIn`, so that nothing moves under the hand. */
export function useLiveTickets({ isListed, isAtRest, refresh }: LiveOptions) {
  const client = useApolloClient();
  const state = useLiveState();
  const [waiting, setWaiting] = useState<ReadonlySet<string>>(new Set());
  const [newIds, setNewIds] = useState<ReadonlySet<string>>(new Set());
  const waitingNow = useRef(waiting);
  waitingNow.current = waiting;
  const batch = useRef(new Map<string, string>());
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const options = useRef({ isListed, isAtRest, refresh });
  options.current = { isListed, isAtRest, refresh };

  const refreshCounts = useCallback(() => {
    void client.refetchQueries({ include: ['TicketsCenter', 'Rail'] }).catch(() => undefined);
  }, [client]);

  const takeIn = useCallback(async (ids: ReadonlySet<string>) => {
    setWaiting(new Set());
    setNewIds((known) => new Set([...known, ...ids]));
    await options.current.refresh();
  }, []);

  const flush = useCallback(() => {
    timer.current = undefined;
    const arrived = [...batch.current]
      .filter(([id, status]) => status === 'OPEN' && !options.current.isListed(id))
      .map(([id]) => id);
    batch.current.clear();
    refreshCounts();
    if (arrived.length === 0) return;
    const all = new Set([...waitingNow.current, ...arrived]);
    if (options.current.isAtRest()) void takeIn(all);
    else setWaiting(all);
  }, [refreshCounts, takeIn]);

  useSubscription(TicketChangedDocument, {
    onData: ({ data: { data } }) => {
      if (!data) return;
      for (const listener of changeListeners) listener(data.ticketChanged.id);
      batch.current.set(data.ticketChanged.id, data.ticketChanged.status);
      timer.current ??= setTimeout(flush, BATCH_MS);
    },
  });
  useSubscription(TicketDeletedDocument, {
    onData: ({ data: { data } }) => {
      if (!data) return;
      const { id } = data.ticketDeleted;
      dropFromLists(client.cache, id);
      setWaiting((before) => (before.has(id) ? new Set([...before].filter((other) => other !== id)) : before));
      batch.current.delete(id);
      for (const listener of changeListeners) listener(id);
      timer.current ??= setTimeout(flush, BATCH_MS);
    },
  });
  useEffect(() => () => clearTimeout(timer.current), []);

  useEffect(() => {
    const again = () => {
      refreshCounts();
      if (options.current.isAtRest()) void options.current.refresh();
    };
    const stop = whenBack(again);
    const poll = setInterval(() => {
      if (state === 'RECONNECTING') again();
    }, POLL_MS);
    return () => {
      stop();
      clearInterval(poll);
    };
  }, [state, refreshCounts]);

  return { state, waiting, newIds, takeIn };
}
