import { useQuery } from '@apollo/client/react';
import { Link, useLocation } from '@tanstack/react-router';
import { CollectionStateDocument } from '../gql/graphql.ts';
import { useIsAdministrator } from '../session/use-session.ts';
import { formatTime } from '../ui/format.ts';
import { Notice } from '../ui/Notice.tsx';

/** On every page of an administrator: mail is not being collected, why, and the way to mend it. */
export function CollectionBanner() {
  const isAdministrator = useIsAdministrator();
  const { pathname } = useLocation();
  const { data } = useQuery(CollectionStateDocument, { fetchPolicy: 'cache-first', errorPolicy: 'ignore' });
  if (!isAdministrator || !data) return null;
  const broken = data.collection.find(({ state }) => state === 'FAILING' || state === 'NOT_CONFIGURED');
  if (!broken) return null;
  const head =
    broken.state === 'FAILING'
      ? `Mail collection is failing${broken.since ? ` since ${formatTime(broken.since)}` : ''}.`
      : 'Mail is not collected yet.';
  return (
    <div className="collection-banner">
      <Notice
        tone="bad"
        action={
          pathname !== '/settings' && (
            <Link to="/settings" hash="pop3Host">
              Fix
            </Link>
          )
        }
      >
        <strong>{head}</strong> {broken.reason}
      </Notice>
    </div>
  );
}
