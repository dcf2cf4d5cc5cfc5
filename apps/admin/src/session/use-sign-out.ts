import { useApolloClient } from '@apollo/client/react';
import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import { explain } from '../apollo/errors.ts';
import { SignOutDocument } from '../gql/graphql.ts';
import { sayFailed } from '../ui/undo.tsx';

/** Ends the session on the server, forgets everything that was read, and shows the sign-in page. */
export function useSignOut(): () => Promise<void> {
  const client = useApolloClient();
  const navigate = useNavigate();
  return useCallback(async () => {
    try {
      await client.mutate({ mutation: SignOutDocument });
    } catch (error) {
      sayFailed(`You are still signed in. ${explain(error).message}`);
      return;
    }
    await navigate({ to: '/sign-in' });
    await client.clearStore();
  }, [client, navigate]);
}
