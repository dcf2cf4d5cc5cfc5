import { ApolloProvider } from '@apollo/client/react';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createApolloClient } from './apollo/client.ts';
import { createAppRouter } from './routes.tsx';
import './ui/mantine.css';
import './ui/theme.css';
import './ui/controls.css';
import { theme } from './ui/theme.ts';

const router = createAppRouter();

/** The session ended on the server: sign in again and come back to this very place. */
function onSignedOut() {
  const { href, pathname } = router.state.location;
  if (pathname === '/sign-in' || pathname === '/setup') return;
  void router.navigate({ to: '/sign-in', search: { to: href } });
}

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id "root"');
createRoot(root).render(
  <StrictMode>
    <ApolloProvider client={createApolloClient(onSignedOut)}>
      <MantineProvider theme={theme} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false}>
        <Notifications position="bottom-center" limit={3} zIndex={450} />
        <RouterProvider router={router} />
      </MantineProvider>
    </ApolloProvider>
  </StrictMode>,
);
