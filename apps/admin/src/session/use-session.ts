import { useQuery } from '@apollo/client/react';
import { createContext, useContext } from 'react';
import { SessionDocument, type ViewerFieldsFragment } from '../gql/graphql.ts';

/** Who is signed in. */
export type Viewer = ViewerFieldsFragment;

/** Filled by RequireAgent; everything inside it has a viewer. */
export const ViewerContext = createContext<Viewer | null>(null);

/** The signed-in agent. @throws Error outside RequireAgent */
export function useViewer(): Viewer {
  const viewer = useContext(ViewerContext);
  if (!viewer) throw new Error('useViewer stands outside RequireAgent');
  return viewer;
}

/** True for administrators, who alone see settings, assistants and API tokens. */
export function useIsAdministrator(): boolean {
  return useViewer().role === 'ADMIN';
}

/** Asks the server who is signed in and whether it waits for its first administrator. */
export function useSession() {
  return useQuery(SessionDocument, { fetchPolicy: 'cache-first' });
}
