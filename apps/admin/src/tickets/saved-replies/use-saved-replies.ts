import { useQuery } from '@apollo/client/react';
import { useEffect, useMemo } from 'react';
import { explain } from '../../apollo/errors.ts';
import { SavedRepliesDocument, type SavedReplyLineFragment } from '../../gql/graphql.ts';

/** What the viewer may use, by name. */
export interface SavedReplyList {
  replies: readonly SavedReplyLineFragment[];
  /** Not all of them are there yet. */
  isReading: boolean;
  /** Why they could not be read. */
  trouble: string | null;
  readAgain: () => void;
}

const byName = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' }).compare;

/** Every saved reply for the viewer, read window by window, so that it can be searched while somebody types. */
export function useSavedReplies(): SavedReplyList {
  const { data, error, refetch, fetchMore } = useQuery(SavedRepliesDocument, {
    fetchPolicy: 'cache-and-network',
    nextFetchPolicy: 'cache-first',
  });
  const { endCursor, hasNextPage } = data?.savedReplies.pageInfo ?? { endCursor: null, hasNextPage: false };
  useEffect(() => {
    if (hasNextPage) fetchMore({ variables: { after: endCursor } }).catch(() => undefined);
  }, [hasNextPage, endCursor, fetchMore]);
  const nodes = data?.savedReplies.nodes;
  const replies = useMemo(() => [...(nodes ?? [])].sort((one, other) => byName(one.name, other.name)), [nodes]);
  return {
    replies,
    isReading: (!data && !error) || hasNextPage,
    trouble: error ? explain(error).message : null,
    readAgain: () => void refetch().catch(() => undefined),
  };
}
