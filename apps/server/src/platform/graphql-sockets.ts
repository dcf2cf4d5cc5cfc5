import type { IncomingMessage, Server } from 'node:http';
import {
  createSourceEventStream,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  getOperationAST,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import type { Context as SocketContext } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Actor, Services } from './context.ts';
import { type Authenticate, type Credentials, graphqlContext, overLimit } from './graphql.ts';
import { formatError } from './graphql-errors.ts';
import { limitsRule, OPERATION_LIMITS } from './graphql-limits.ts';
import { isOurHost, isSameOrigin } from './http-headers.ts';

/** Limits of one socket and of all. */
export const SOCKET_LIMITS = {
  messageBytes: 64 * 1024,
  subscriptions: 5,
  sockets: 500,
  bufferedBytes: 1024 * 1024,
} as const;

/** How often a socket that hears nothing is asked whether it still may. */
const RECHECK_MS = 60_000;
/** For so long an actor is taken as known while events come fast. */
const ACTOR_MS = 500;
const PING_MS = 30_000;

type Extra = Record<PropertyKey, unknown> & { readonly socket: WebSocket; readonly request: IncomingMessage };

/** A socket and who holds it; `actor` proves again that session or token still hold. */
interface Holder {
  actor(): Promise<Actor>;
}

/**
 * Subscriptions over graphql-ws at /graphql; questions and mutations go by POST. Each event is made for the actor of
 * that moment: when session or token have ended, the socket is closed, at the latest a minute later.
 */
export function serveSockets(
  server: Server,
  services: Services,
  schema: GraphQLSchema,
  authenticate: Authenticate,
  recheckMs = RECHECK_MS,
): { close(): Promise<void> } {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: SOCKET_LIMITS.messageBytes });
  const holders = new Map<WebSocket, Holder>();
  const format = formatError(services.log, () => services.random.id(services.clock.now()));
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    if (mayUpgrade(request, services.config.publicUrl) && sockets.clients.size < SOCKET_LIMITS.sockets) {
      sockets.handleUpgrade(request, socket, head, (opened) => sockets.emit('connection', opened, request));
    } else {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    }
  });

  const serving = useServer<Record<string, unknown>, Extra>(
    {
      onConnect: async ({ connectionParams, extra }) => {
        const holder = makeHolder(services, authenticate, credentialsOf(extra.request, connectionParams));
        if ((await holder.actor()).kind === 'anonymous') return false;
        holders.set(extra.socket, holder);
        return true;
      },
      onClose: ({ extra }) => void holders.delete(extra.socket),
      onSubscribe: async (ctx, _id, { query, operationName, variables }) => {
        if (isOverloaded(ctx)) ctx.extra.socket.close(4429, 'Too many subscriptions');
        const holder = holders.get(ctx.extra.socket);
        const actor = await holder?.actor();
        if (!holder || !actor || actor.kind === 'anonymous') return ctx.extra.socket.close(4403, 'Signed out');
        const document = readSubscription(schema, query, operationName, actor);
        if (Array.isArray(document)) return document;
        return {
          schema,
          document,
          operationName,
          variableValues: variables,
          contextValue: contextFor(services, actor),
          rootValue: holder,
        };
      },
      subscribe: (args) =>
        freshEvents(args as ExecutionArgs, async () => {
          const actor = await (args.rootValue as Holder).actor();
          return actor.kind === 'anonymous' ? null : contextFor(services, actor);
        }),
      onNext: (_ctx, _id, _payload, _args, { data, errors }) =>
        errors
          ? {
              ...(data === undefined ? {} : { data }),
              errors: errors.map((error) => format(error.toJSON(), error)) as never,
            }
          : undefined,
      onError: (_ctx, _id, _payload, errors) =>
        errors.map((error) => format((error as GraphQLError).toJSON() as GraphQLFormattedError, error)),
    },
    sockets,
    PING_MS,
  );

  // What a stranger does wrong on the wire closes the socket; it is no line for the error output.
  sockets.on('connection', (socket) => {
    socket.removeAllListeners('error');
    socket.on('error', (err) => services.log.debug({ err }, 'a socket broke'));
  });

  const recheck = setInterval(() => {
    for (const [socket, holder] of holders) {
      holder.actor().then(
        (actor) => actor.kind === 'anonymous' && socket.close(4403, 'Signed out'),
        (err: unknown) => services.log.warn({ err }, 'a socket could not be asked who holds it'),
      );
    }
  }, recheckMs);
  recheck.unref();

  return {
    async close() {
      clearInterval(recheck);
      await serving.dispose();
      sockets.close();
    },
  };
}

function mayUpgrade(request: IncomingMessage, publicUrl: string): boolean {
  const isOurs = isOurHost(request.headers.host, new URL(publicUrl).host) && isSameOrigin(request.headers, publicUrl);
  return isOurs && request.url?.split('?')[0] === '/graphql';
}

/** A token in the first message or the header makes cookies count for nothing. */
function credentialsOf(request: IncomingMessage, params: Readonly<Record<string, unknown>> | undefined): Credentials {
  const given = params?.authorization;
  const authorization = typeof given === 'string' ? given.slice(0, 200) : request.headers.authorization;
  const cookie = authorization === undefined ? request.headers.cookie : undefined;
  return { authorization, cookie, ip: request.socket.remoteAddress ?? '' };
}

function makeHolder(services: Services, authenticate: Authenticate, credentials: Credentials): Holder {
  let known: { actor: Promise<Actor>; at: number } | null = null;
  return {
    actor() {
      const now = performance.now();
      if (!known || now - known.at > ACTOR_MS) {
        known = { actor: authenticate(services, credentials, { passive: true }), at: now };
      }
      return known.actor;
    },
  };
}

function isOverloaded({ subscriptions, extra }: SocketContext<Record<string, unknown>, Extra>): boolean {
  const tooMany = Object.keys(subscriptions).length > SOCKET_LIMITS.subscriptions;
  return tooMany || extra.socket.bufferedAmount > SOCKET_LIMITS.bufferedBytes;
}

function contextFor(services: Services, actor: Actor) {
  return graphqlContext(services, actor, { ip: '', setSession: () => undefined });
}

/** One valid subscription within the limits, or what is wrong with it. */
function readSubscription(
  schema: GraphQLSchema,
  query: string,
  operationName: string | undefined | null,
  actor: Actor,
): DocumentNode | GraphQLError[] {
  if (query.length > OPERATION_LIMITS.characters) return [new GraphQLError('The query is too long.')];
  let document: DocumentNode;
  try {
    document = parse(query, { maxTokens: OPERATION_LIMITS.tokens });
  } catch (error) {
    return [error instanceof GraphQLError ? error : new GraphQLError('The query could not be read.')];
  }
  const problems = validate(schema, document, [...specifiedRules, limitsRule(OPERATION_LIMITS)], { maxErrors: 10 });
  if (problems.length > 0) return problems.map((problem) => new GraphQLError(withoutHints(problem.message)));
  const over = overLimit(document, actor);
  if (over) return [new GraphQLError(over.message, { originalError: over })];
  if (getOperationAST(document, operationName)?.operation !== 'subscription') {
    return [new GraphQLError('A socket takes subscriptions only. Send questions and mutations by POST.')];
  }
  return document;
}

function withoutHints(message: string): string {
  return message.replace(/ ?Did you mean [\s\S]*$/, '');
}

/** Makes each event's answer with a context of that moment; ends when there is none any more. */
async function freshEvents(
  args: ExecutionArgs,
  freshContext: () => Promise<object | null>,
): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> {
  const source = await createSourceEventStream({ ...args, rootValue: undefined });
  if (!(Symbol.asyncIterator in source)) return source;
  const events = source[Symbol.asyncIterator]();
  // No async generator: its return() would wait for the next event, so a subscription nobody hears would stay.
  const end = async () => {
    await events.return?.();
    return { value: undefined, done: true as const };
  };
  const answers: AsyncIterableIterator<ExecutionResult> = {
    async next() {
      const event = await events.next();
      if (event.done) return { value: undefined, done: true };
      const contextValue = await freshContext();
      if (contextValue === null) return end();
      return { value: await execute({ ...args, rootValue: event.value, contextValue }), done: false };
    },
    return: end,
    throw: end,
    [Symbol.asyncIterator]: () => answers,
  };
  return answers;
}
