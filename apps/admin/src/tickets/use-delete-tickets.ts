import type { ApolloCache } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { useState } from 'react';
import { explain } from '../apollo/errors.ts';
import { DeleteTicketDocument } from '../gql/graphql.ts';
import { plural } from '../ui/format.ts';
import { sayDone } from '../ui/undo.tsx';

/** A ticket that is to be deleted. */
export interface ToDelete {
  id: string;
  number: number;
}

interface StoredList {
  nodes: readonly { __ref: string }[];
  totalCount: number;
}

/** Takes a deleted ticket out of every list in the cache. */
export function dropFromLists(cache: ApolloCache, ticketId: string): void {
  const ref = cache.identify({ __typename: 'Ticket', id: ticketId });
  cache.modify<{ tickets: StoredList }>({
    fields: {
      tickets: (list) => {
        const stored = list as StoredList;
        const nodes = stored.nodes.filter((node) => node.__ref !== ref);
        return nodes.length === stored.nodes.length ? stored : { ...stored, nodes, totalCount: stored.totalCount - 1 };
      },
    },
  });
}

/** Deletes tickets for ever, one after the other. What the server refuses stays, and `trouble` says why. */
export function useDeleteTickets() {
  const client = useApolloClient();
  const [isBusy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);

  /** Answers whether all of them are gone. */
  const remove = async (targets: readonly ToDelete[]): Promise<boolean> => {
    setBusy(true);
    setTrouble(null);
    const refused: string[] = [];
    for (const { id, number } of targets) {
      try {
        await client.mutate({ mutation: DeleteTicketDocument, variables: { input: { ticketId: id } } });
        dropFromLists(client.cache, id);
      } catch (failure) {
        refused.push(`#${number} stays. ${explain(failure).message}`);
      }
    }
    const gone = targets.length - refused.length;
    setBusy(false);
    setTrouble(refused[0] ? `${refused[0]}${refused.length > 1 ? ` (and ${refused.length - 1} more)` : ''}` : null);
    if (gone > 0)
      sayDone(
        targets.length === 1
          ? `Ticket #${targets[0]?.number} is deleted for ever.`
          : `${plural(gone, 'ticket')} deleted for ever.`,
      );
    void client.refetchQueries({ include: ['TicketsCenter', 'Rail'] }).catch(() => undefined);
    return refused.length === 0;
  };
  return { remove, isBusy, trouble };
}
