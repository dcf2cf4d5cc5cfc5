import { useQuery } from '@apollo/client/react';
import { Link, useLocation } from '@tanstack/react-router';
import { SendingStateDocument } from '../gql/graphql.ts';
import { useIsAdministrator } from '../session/use-session.ts';
import { formatTime, plural } from '../ui/format.ts';
import { Notice } from '../ui/Notice.tsx';

const POLL_MS = 10_000;

/** How the way out stands; asked for administrators alone, and shared by all who ask. */
export function useSendingState() {
  const isAdministrator = useIsAdministrator();
  const { data } = useQuery(SendingStateDocument, {
    skip: !isAdministrator,
    fetchPolicy: 'cache-and-network',
    pollInterval: POLL_MS,
    errorPolicy: 'ignore',
  });
  return isAdministrator ? data?.sending : undefined;
}

/** On every page of an administrator: mail does not go out, why, and the way to the page that says more. */
export function SendingBanner() {
  const sending = useSendingState();
  const { pathname } = useLocation();
  if (!sending || sending.trouble === null) return null;
  const { missing, trouble, troubleSince, queued } = sending;
  // Before anything waits, the set-up says it.
  if (missing && queued === 0) return null;
  const head =
    troubleSince && !missing ? `Mail has not gone out since ${formatTime(troubleSince)}.` : 'Mail does not go out.';
  return (
    <div className="collection-banner">
      <Notice tone="bad" action={pathname !== '/sending' && <Link to="/sending">Look at it</Link>}>
        <strong>{head}</strong> {trouble}
        {queued > 0 && ` ${plural(queued, 'mail')} ${queued === 1 ? 'is' : 'are'} kept.`}
      </Notice>
    </div>
  );
}
