import { useApolloClient } from '@apollo/client/react';
import { IconConfetti } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { explain } from '../apollo/errors.ts';
import { CollectNowDocument } from '../gql/graphql.ts';
import { Button } from '../ui/Button.tsx';
import { formatTime } from '../ui/format.ts';
import { EmptyState, Notice } from '../ui/Notice.tsx';
import { sayDone, sayFailed } from '../ui/undo.tsx';
import type { LaidSection } from './list-layout.ts';
import type { TicketSearch } from './ticket-search.ts';

function CheckMailNow() {
  const client = useApolloClient();
  const [isBusy, setBusy] = useState(false);
  const check = async () => {
    setBusy(true);
    try {
      await client.mutate({ mutation: CollectNowDocument });
      sayDone('Mail is being checked now.');
    } catch (error) {
      sayFailed(explain(error).message);
    }
    setBusy(false);
  };
  return (
    <Button onClick={() => void check()} isBusy={isBusy}>
      Check mail now
    </Button>
  );
}

/** What stands in a section without rows. */
export function EmptySection({ laid, search }: { laid: LaidSection; search: TicketSearch }) {
  if (laid.section.key === 'ANSWERED') return <p className="empty-line second">No answered ticket waits.</p>;
  if (laid.section.key === 'ON_HOLD') return <p className="empty-line second">Nothing is on hold.</p>;
  if (search.q || search.view || search.status) {
    return (
      <EmptyState title="No ticket matches">
        <Link
          to="/tickets"
          search={{ view: undefined, q: undefined, status: undefined }}
          activeOptions={{ includeSearch: true, explicitUndefined: true }}
        >
          Clear filter
        </Link>
      </EmptyState>
    );
  }
  return (
    <EmptyState title="All answered" icon={<IconConfetti size={30} stroke={1.4} aria-hidden="true" />}>
      <p>New mail appears here by itself.</p>
      <CheckMailNow />
    </EmptyState>
  );
}

interface ListTroubleProps {
  error: unknown;
  isOffline: boolean;
  readAt: number | undefined;
  onRetry: () => void;
}

/** Over the list: it could not be read again; what was read stays. */
export function ListTrouble({ error, isOffline, readAt, onRetry }: ListTroubleProps) {
  const kept = readAt ? ` Showing the list of ${formatTime(new Date(readAt).toISOString())}.` : '';
  if (isOffline)
    return <Notice tone="warn">You are offline. Reading works; what you write is kept as a draft.{kept}</Notice>;
  if (!error) return null;
  return (
    <Notice
      tone="bad"
      action={
        <Button size="small" onClick={onRetry}>
          Try again
        </Button>
      }
    >
      Could not refresh.{kept} {explain(error).message}
    </Notice>
  );
}
