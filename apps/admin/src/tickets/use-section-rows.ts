import { NetworkStatus } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { useCallback, useRef } from 'react';
import { TicketWindowDocument, type TicketWindowQuery } from '../gql/graphql.ts';
import type { ListSection } from './ticket-search.ts';

/** One window of a list. */
export const WINDOW = 100;

/** A row as the list knows it; the rest is read by the row itself. */
export type ListedTicket = TicketWindowQuery['tickets']['nodes'][number];

export interface SectionRows {
  nodes: readonly ListedTicket[];
  /** All rows of the section, read or not; undefined until the server said it. */
  total: number | undefined;
  isLoading: boolean;
  error: unknown;
  readAt: number | undefined;
  /** Reads further windows until `upTo` rows are here, or the end. Calls while one is under way are ignored. */
  loadMore: (upTo: number) => void;
  refetch: () => Promise<unknown>;
}

/** The rows of one section, window by window behind a keyset cursor. */
export function useSectionRows(section: ListSection | undefined, isSkipped: boolean): SectionRows {
  const readAt = useRef<number | undefined>(undefined);
  const isReading = useRef(false);
  const { data, previousData, error, networkStatus, fetchMore, refetch } = useQuery(TicketWindowDocument, {
    variables: { filter: section?.filter ?? null, first: WINDOW, after: null },
    skip: isSkipped || !section,
    notifyOnNetworkStatusChange: true,
  });
  const list = (data ?? (networkStatus === NetworkStatus.refetch ? previousData : undefined))?.tickets;
  if (networkStatus === NetworkStatus.ready) readAt.current ??= Date.now();

  const newest = useRef(list);
  newest.current = list;
  const loadMore = useCallback(
    async (upTo: number) => {
      if (isReading.current) return;
      isReading.current = true;
      try {
        while (newest.current?.pageInfo.hasNextPage && newest.current.nodes.length < upTo) {
          const before = newest.current.nodes.length;
          const { data: more } = await fetchMore({ variables: { after: newest.current.pageInfo.endCursor } });
          const added = more?.tickets.nodes.length ?? 0;
          if (added === 0) break;
          await new Promise((resolve) => setTimeout(resolve, 0));
          if (newest.current.nodes.length === before) break;
        }
      } catch {
        // The error stands in the query's result; the rows that are here stay.
      } finally {
        isReading.current = false;
      }
    },
    [fetchMore],
  );

  return {
    nodes: list?.nodes ?? [],
    total: list?.totalCount ?? section?.totalCount,
    isLoading: !list && !error && !isSkipped,
    error,
    readAt: readAt.current,
    loadMore: useCallback((upTo: number) => void loadMore(upTo), [loadMore]),
    refetch: useCallback(async () => {
      readAt.current = Date.now();
      return refetch();
    }, [refetch]),
  };
}
