import { Navigate, useLocation } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { explain } from '../apollo/errors.ts';
import { Button } from '../ui/Button.tsx';
import { EmptyState, Notice } from '../ui/Notice.tsx';
import { useIsAdministrator, useSession, ViewerContext } from './use-session.ts';

/** Shows its children to a signed-in agent; sends everybody else to the sign-in page, or to the set-up of a fresh installation. */
export function RequireAgent({ children }: { children: ReactNode }) {
  const { data, error, refetch } = useSession();
  const { href } = useLocation();
  if (data?.viewer) return <ViewerContext value={data.viewer}>{children}</ViewerContext>;
  if (data?.setup.required) return <Navigate to="/setup" replace />;
  if (data) return <Navigate to="/sign-in" search={{ to: href }} replace />;
  if (!error) return <div aria-busy="true" />;
  return (
    <main className="session-page">
      <Notice tone="bad" action={<Button onClick={() => refetch()}>Try again</Button>}>
        {explain(error).message}
      </Notice>
    </main>
  );
}

/** Shows its children to administrators; others read that the page is not theirs. */
export function RequireAdministrator({ children }: { children: ReactNode }) {
  if (useIsAdministrator()) return children;
  return (
    <div className="page">
      <EmptyState title="No permission">
        <p>Only administrators see this page. Ask an administrator of your desk for access.</p>
      </EmptyState>
    </div>
  );
}
