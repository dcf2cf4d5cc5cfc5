import { Navigate, useRouter } from '@tanstack/react-router';
import { type ReactNode, useEffect } from 'react';
import { explain } from '../apollo/errors.ts';
import { Button } from '../ui/Button.tsx';
import { EmptyState, Notice } from '../ui/Notice.tsx';
import { useIsAdministrator, useSession, ViewerContext } from './use-session.ts';

/** Goes to the sign-in page, once, and remembers where it came from. */
function ToSignIn() {
  const router = useRouter();
  useEffect(() => {
    void router.navigate({ to: '/sign-in', search: { to: router.state.location.href }, replace: true });
  }, [router]);
  return null;
}

/** Shows its children to a signed-in agent; sends everybody else to the sign-in page, or to the set-up of a fresh installation. */
export function RequireAgent({ children }: { children: ReactNode }) {
  const { data, error, refetch } = useSession();
  if (data?.viewer) return <ViewerContext value={data.viewer}>{children}</ViewerContext>;
  if (data?.setup.required) return <Navigate to="/setup" replace />;
  if (data) return <ToSignIn />;
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
      <EmptyState title="No permission" isPage>
        <p>Only administrators see this page. Ask an administrator of your desk for access.</p>
      </EmptyState>
    </div>
  );
}
