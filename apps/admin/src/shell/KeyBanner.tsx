import { useQuery } from '@apollo/client/react';
import { Link, useLocation } from '@tanstack/react-router';
import { UnopenedLettersDocument } from '../gql/graphql.ts';
import { useIsAdministrator } from '../session/use-session.ts';
import { plural } from '../ui/format.ts';
import { Notice } from '../ui/Notice.tsx';

const POLL_MS = 60_000;

/** On every page of an administrator: letters came in for a stored key that its code phrase does not unlock. */
export function KeyBanner() {
  const isAdministrator = useIsAdministrator();
  const { pathname } = useLocation();
  const { data } = useQuery(UnopenedLettersDocument, {
    skip: !isAdministrator,
    pollInterval: POLL_MS,
    errorPolicy: 'ignore',
  });
  const keyLocked = data?.unopenedLetters.keyLocked ?? 0;
  if (!isAdministrator || keyLocked === 0) return null;
  return (
    <div className="collection-banner">
      <Notice
        tone="bad"
        action={
          pathname !== '/settings' && (
            <Link to="/settings" hash="encryption">
              Fix
            </Link>
          )
        }
      >
        <strong>A private key could not be unlocked.</strong> {plural(keyLocked, 'encrypted letter')} could not be
        opened; they are kept whole.
      </Notice>
    </div>
  );
}
