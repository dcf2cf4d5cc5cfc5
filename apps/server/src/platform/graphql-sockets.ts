import type { IncomingMessage, Server } from 'node:http';
import { type GraphQLSchema, specifiedRules, validate } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import type { Services } from './context.ts';
import type { Authenticate } from './graphql.ts';
import { graphqlContext } from './graphql.ts';
import { limitsRule, OPERATION_LIMITS } from './graphql-limits.ts';
import { isOurHost, isSameOrigin } from './http-headers.ts';

const MAX_MESSAGE_BYTES = 64 * 1024;
const MAX_SUBSCRIPTIONS = 5;
const MAX_SOCKETS = 500;
const RECHECK_MS = 60_000;
const MAX_BUFFERED_BYTES = 1024 * 1024;

/** Subscriptions over graphql-ws at /graphql. A socket lives as long as what opened it: session and token are asked again every minute. */
export function serveSockets(server: Server, services: Services, schema: GraphQLSchema, authenticate: Authenticate): { close(): Promise<void> } {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES });
  server.on('upgrade', (request, socket, head) => {
    const mayUpgrade =
      request.url?.split('?')[0] === '/graphql' &&
      isOurHost(request.headers.host, new URL(services.config.publicUrl).host) &&
      isSameOrigin(request.headers, services.config.publicUrl) &&
      sockets.clients.size < MAX_SOCKETS;
    if (!mayUpgrade) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (opened) => sockets.emit('connection', opened, request));
  });

  const disposable = useServer(
    {
      schema,
      validate: (schema, document) => validate(schema, document, [...specifiedRules, limitsRule(OPERATION_LIMITS)]),
      onConnect: async (ctx) => (await actorOf(ctx)).kind !== 'anonymous',
      onSubscribe: (ctx) => {
        if (Object.keys(ctx.subscriptions).length > MAX_SUBSCRIPTIONS || ctx.extra.socket.bufferedAmount > MAX_BUFFERED_BYTES) {
          ctx.extra.socket.close(4429, 'Too many subscriptions');
        }
      },
      context: async (ctx) =>
        graphqlContext(services, await actorOf(ctx), { ip: ctx.extra.request.socket.remoteAddress ?? '', setSession: () => undefined }),
    },
    sockets,
    30_000,
  );

  async function actorOf(ctx: { connectionParams?: Readonly<Record<string, unknown>> | undefined; extra: { request: IncomingMessage } }) {
    const { request } = ctx.extra;
    const given = ctx.connectionParams?.authorization;
    const authorization = typeof given === 'string' ? given : request.headers.authorization;
    return authenticate(services, { authorization, cookie: authorization === undefined ? request.headers.cookie : undefined, ip: request.socket.remoteAddress ?? '' });
  }

  const recheck = setInterval(() => {
    for (const socket of sockets.clients) {
      const { request } = socket as unknown as { request?: IncomingMessage };
      if (!request) continue;
      void authenticate(services, { authorization: request.headers.authorization, cookie: request.headers.cookie, ip: '' }).then(
        (actor) => actor.kind === 'anonymous' && request.headers.cookie && socket.close(4403, 'Signed out'),
        () => undefined,
      );
    }
  }, RECHECK_MS);
  sockets.on('connection', (socket, request) => Object.assign(socket, { request }));
  recheck.unref();

  return {
    async close() {
      clearInterval(recheck);
      await disposable.dispose();
      sockets.close();
    },
  };
}
