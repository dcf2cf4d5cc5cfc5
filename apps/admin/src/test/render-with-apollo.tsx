import { ApolloProvider } from '@apollo/client/react';
import { MantineProvider } from '@mantine/core';
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from '@tanstack/react-router';
import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { createAppRouter } from '../routes.tsx';
import { theme } from '../ui/theme.ts';
import { type Answers, createAnsweringClient } from './answering-client.ts';
import { buildSending } from './factories.ts';

const viewer = { __typename: 'Viewer', id: 'a1', name: 'Dana Whitfield', email: 'dana@example.com', role: 'ADMIN' };

/** Answers that every signed-in page needs. */
export const signedIn: Answers = {
  Session: () => ({ __typename: 'Query', viewer, setup: { __typename: 'SetupState', required: false } }),
  Rail: () => ({
    __typename: 'Query',
    ticketCounts: { __typename: 'TicketCounts', open: 2, mine: 0, unassigned: 2, highlighted: 1 },
  }),
  CollectionState: () => ({ __typename: 'Query', collection: [] }),
  SendingState: () => ({ __typename: 'Query', sending: buildSending() }),
};

function Frame({ children }: { children: ReactNode }) {
  return (
    <MantineProvider theme={theme} env="test" withCssVariables={false} withGlobalClasses={false}>
      {children}
    </MantineProvider>
  );
}

/** The whole app at an address, against a table of answers. */
export function renderApp(path: string, answers: Answers) {
  const { client, asked } = createAnsweringClient({ ...signedIn, ...answers });
  const router = createAppRouter(createMemoryHistory({ initialEntries: [path] }));
  const view = render(
    <ApolloProvider client={client}>
      <Frame>
        <RouterProvider router={router} />
      </Frame>
    </ApolloProvider>,
  );
  return { ...view, client, asked, router };
}

/** A part without routes, against a table of answers. */
export function renderWithApollo(part: ReactNode, answers: Answers = {}) {
  const { client, asked } = createAnsweringClient(answers);
  const wrap = (children: ReactNode) => (
    <ApolloProvider client={client}>
      <Frame>{children}</Frame>
    </ApolloProvider>
  );
  return { ...render(wrap(part)), client, asked };
}

/** A part beside the page of a ticket, which `router` tells whether it was left; against a table of answers. */
export function renderOnTicket(number: number, part: ReactNode, answers: Answers = {}) {
  const root = createRootRoute({ component: () => part });
  const ticket = createRoute({ getParentRoute: () => root, path: '/tickets/$number' });
  const router = createRouter({
    routeTree: root.addChildren([ticket]),
    history: createMemoryHistory({ initialEntries: [`/tickets/${number}`] }),
  });
  return { ...renderWithApollo(<RouterProvider router={router as never} />, answers), router };
}
