import { ApolloClient, ApolloLink, HttpLink } from '@apollo/client';
import { ErrorLink } from '@apollo/client/link/error';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import type { GraphQLCodegenDataMasking } from '@apollo/client/masking';
import { OperationTypeNode } from 'graphql';
import { createClient as createSocket } from 'graphql-ws';
import { createCache } from './cache.ts';
import { hasCode } from './errors.ts';
import { socketClosed, socketOpened } from './live.ts';

declare module '@apollo/client' {
  export interface TypeOverrides extends GraphQLCodegenDataMasking.TypeOverrides {}
}

function socketLink(): GraphQLWsLink {
  const url = new URL('/graphql', window.location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return new GraphQLWsLink(
    createSocket({
      url: url.href,
      keepAlive: 12_000,
      retryAttempts: Number.POSITIVE_INFINITY,
      shouldRetry: () => true,
      retryWait: (retries) => new Promise((resolve) => setTimeout(resolve, Math.min(30_000, 500 * 2 ** retries))),
      on: { connected: socketOpened, closed: socketClosed },
    }),
  );
}

/** The one door to the server: JSON over /graphql, live changes over a socket on the same path.
 * `onSignedOut` is called when the server no longer knows who asks. */
export function createApolloClient(onSignedOut: () => void): ApolloClient {
  const http = new HttpLink({
    uri: '/graphql',
    credentials: 'same-origin',
    headers: { 'apollo-require-preflight': 'true' },
  });
  const signedOut = new ErrorLink(({ error, operation }) => {
    if (hasCode(error, 'UNAUTHENTICATED') && operation.operationName !== 'SignIn') onSignedOut();
  });
  return new ApolloClient({
    cache: createCache(),
    dataMasking: true,
    link: ApolloLink.from([
      signedOut,
      ApolloLink.split(({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION, socketLink(), http),
    ]),
  });
}
