import { ApolloServer } from '@apollo/server';
import fastifyApollo, { fastifyApolloDrainPlugin } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { Actor, Services } from './context.ts';
import { makeContext } from './context.ts';
import { formatError } from './graphql-errors.ts';
import { limitsRule, OPERATION_LIMITS } from './graphql-limits.ts';
import type { GraphqlContext, HttpDoor } from './graphql-context.ts';
import { isSameOrigin } from './http-headers.ts';
import { sessionCookie } from './session-cookie.ts';

/** Where requests prove who they are. */
export interface Credentials {
  readonly authorization: string | undefined;
  readonly cookie: string | undefined;
  readonly ip: string;
}

/** Makes an actor of credentials; anonymous where they prove nothing. */
export type Authenticate = (services: Services, credentials: Credentials) => Promise<Actor>;

/** The credentials of a request. A bearer token makes cookies count for nothing. */
export function credentialsOf(request: FastifyRequest): Credentials {
  const { authorization, cookie } = request.headers;
  return { authorization, cookie: authorization === undefined ? cookie : undefined, ip: request.ip };
}

/** The context of one operation. */
export function graphqlContext(services: Services, actor: Actor, http: HttpDoor): GraphqlContext {
  return { ...makeContext(services, actor), http, loaders: new Map() };
}

/** POST /graphql, JSON only, from our own pages or with a token. */
export async function serveGraphql(app: FastifyInstance, services: Services, schema: GraphQLSchema, authenticate: Authenticate): Promise<void> {
  const apollo = new ApolloServer<GraphqlContext>({
    schema,
    introspection: process.env.NODE_ENV !== 'production',
    persistedQueries: false,
    stopOnTerminationSignals: false,
    hideSchemaDetailsFromClientErrors: true,
    includeStacktraceInErrorResponses: false,
    parseOptions: { maxTokens: OPERATION_LIMITS.tokens },
    validationRules: [limitsRule(OPERATION_LIMITS)],
    formatError: formatError(services.log, () => services.random.id(services.clock.now())),
    plugins: [fastifyApolloDrainPlugin(app)],
    logger: { debug() {}, info() {}, warn: (m) => services.log.warn({}, String(m)), error: (m) => services.log.error({}, String(m)) },
  });
  await apollo.start();

  app.addHook('preHandler', async (request, reply) => {
    if (request.method !== 'POST' || request.url.split('?')[0] !== '/graphql') return undefined;
    const query = (request.body as { query?: unknown } | null)?.query;
    if (Array.isArray(request.body)) return reply.code(400).send(refusal('INVALID_INPUT', 'Send one operation at a time.'));
    if (typeof query === 'string' && query.length > OPERATION_LIMITS.characters) {
      return reply.code(400).send(refusal('INVALID_INPUT', `A query has at most ${OPERATION_LIMITS.characters} characters.`));
    }
    const fromBrowser = request.headers.authorization === undefined && request.headers.cookie !== undefined;
    if (fromBrowser && request.headers['apollo-require-preflight'] !== 'true') {
      return reply.code(403).send(refusal('FORBIDDEN', 'A browser sends the header apollo-require-preflight: true with its cookie.'));
    }
    if (fromBrowser && !isSameOrigin(request.headers, services.config.publicUrl)) {
      return reply.code(403).send(refusal('FORBIDDEN', 'This request came from another site.'));
    }
    return undefined;
  });
  await app.register(fastifyApollo(apollo), {
    path: '/graphql',
    method: ['POST'],
    context: async (request, reply) => {
      const setSession = (token: string | null) => void reply.header('set-cookie', sessionCookie(services.config, token));
      return graphqlContext(services, await authenticate(services, credentialsOf(request)), { ip: request.ip, setSession });
    },
  });
  app.route({
    method: ['GET', 'HEAD', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'],
    url: '/graphql',
    handler: (_request, reply) => reply.code(405).header('allow', 'POST').send(refusal('INVALID_INPUT', 'Send a POST with JSON.')),
  });
}

function refusal(code: string, message: string): object {
  return { errors: [{ message, extensions: { code } }] };
}
