import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import fastifyApollo, { fastifyApolloDrainPlugin } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type DocumentNode, GraphQLError, type GraphQLSchema } from 'graphql';
import type { Actor, Services } from './context.ts';
import { makeContext } from './context.ts';
import { AppError } from './errors.ts';
import type { GraphqlContext, HttpDoor } from './graphql-context.ts';
import { formatError } from './graphql-errors.ts';
import { excesses, limitsOf, limitsRule, OPERATION_LIMITS } from './graphql-limits.ts';
import { isSameOrigin } from './http-headers.ts';
import { sessionCookie } from './session-cookie.ts';

/** Where requests prove who they are. */
export interface Credentials {
  readonly authorization: string | undefined;
  readonly cookie: string | undefined;
  readonly ip: string;
}

/** Makes an actor of credentials; anonymous where they prove nothing. */
export type Authenticate = (
  services: Services,
  credentials: Credentials,
  how?: {
    /** Only looks: a socket that stays open does not keep its session from ending by idleness. */
    readonly passive?: boolean;
  },
) => Promise<Actor>;

/** A question is never larger; a mutation may carry the text of a letter or a long list. */
const QUESTION_BYTES = 256 * 1024;
/** What may carry a whole letter: mutations, and questions that are asked about one. */
const MAY_BE_LONG = /\bmutation\b|\bsuggest\w*\s*\(/;
const MAX_SELECTIONS = 20_000;

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
export async function serveGraphql(
  app: FastifyInstance,
  services: Services,
  schema: GraphQLSchema,
  authenticate: Authenticate,
): Promise<void> {
  const apollo = new ApolloServer<GraphqlContext>({
    schema,
    introspection: process.env.NODE_ENV !== 'production',
    persistedQueries: false,
    stopOnTerminationSignals: false,
    hideSchemaDetailsFromClientErrors: true,
    includeStacktraceInErrorResponses: false,
    maxRecursiveSelections: MAX_SELECTIONS,
    parseOptions: { maxTokens: OPERATION_LIMITS.tokens },
    validationRules: [limitsRule(OPERATION_LIMITS)],
    formatError: formatError(services.log, () => services.random.id(services.clock.now())),
    plugins: [fastifyApolloDrainPlugin(app), limitsByActor],
    logger: {
      debug() {},
      info() {},
      warn: (m) => services.log.warn({}, String(m)),
      error: (m) => services.log.error({}, String(m)),
    },
  });
  await apollo.start();

  app.addHook('preHandler', async (request, reply) => {
    if (request.method !== 'POST' || request.url.split('?')[0] !== '/graphql') return undefined;
    const refused = refusalOf(request, services.config.publicUrl);
    return refused ? reply.code(refused.status).send(refusal(refused.code, refused.message)) : undefined;
  });
  await app.register(fastifyApollo(apollo), {
    path: '/graphql',
    method: ['POST'],
    context: async (request, reply) => {
      const setSession = (token: string | null) =>
        void reply.header('set-cookie', sessionCookie(services.config, token));
      return graphqlContext(services, await authenticate(services, credentialsOf(request)), {
        ip: request.ip,
        setSession,
      });
    },
  });
  app.route({
    method: ['GET', 'HEAD', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'],
    url: '/graphql',
    handler: (_request, reply) =>
      reply.code(405).header('allow', 'POST').send(refusal('INVALID_INPUT', 'Send a POST with JSON.')),
  });
}

/** What is wrong with a request before anything of it is understood; null: nothing. */
function refusalOf(
  request: FastifyRequest,
  publicUrl: string,
): { status: number; code: string; message: string } | null {
  const { body } = request;
  if (Array.isArray(body)) return { status: 400, code: 'INVALID_INPUT', message: 'Send one operation at a time.' };
  const query = String((body as { query?: unknown } | null)?.query ?? '');
  if (query.length > OPERATION_LIMITS.characters) {
    const message = `A query has at most ${OPERATION_LIMITS.characters} characters.`;
    return { status: 400, code: 'INVALID_INPUT', message };
  }
  if (request.bodyBytes > QUESTION_BYTES && !MAY_BE_LONG.test(query)) {
    return { status: 413, code: 'INVALID_INPUT', message: `A query has at most ${QUESTION_BYTES / 1024} KiB.` };
  }
  const foreign = foreignRequest(request, publicUrl);
  return foreign === null ? null : { status: 403, code: 'FORBIDDEN', message: foreign };
}

/** Why a browser's request may be the work of another site; null: it is from our own pages, or brings a token. */
export function foreignRequest({ headers }: FastifyRequest, publicUrl: string): string | null {
  const fromBrowser = headers.authorization === undefined && headers.cookie !== undefined;
  if (fromBrowser && headers['apollo-require-preflight'] !== 'true')
    return 'A browser sends the header apollo-require-preflight: true with its cookie.';
  if (fromBrowser && !isSameOrigin(headers, publicUrl)) return 'This request came from another site.';
  return null;
}

/** The tighter limits of programs and of people who are not signed in, once it is known who asks. */
const limitsByActor: ApolloServerPlugin<GraphqlContext> = {
  async requestDidStart() {
    return {
      async didResolveOperation({ document, contextValue }) {
        const error = overLimit(document, contextValue.actor);
        // 200 as for every other answer of the engine to somebody who must sign in first.
        if (error) throw asEngineError(error, error.code === 'UNAUTHENTICATED' ? 200 : 400);
      },
    };
  },
};

/** Why this actor may not ask so much; somebody who is not signed in could ask more when signed in. */
export function overLimit(document: DocumentNode, actor: Actor): AppError | null {
  const problem = excesses(document, limitsOf(actor))[0];
  if (problem === undefined) return null;
  return actor.kind === 'anonymous'
    ? new AppError('UNAUTHENTICATED', 'Sign in first.')
    : new AppError('INVALID_INPUT', problem, { fields: [] });
}

function asEngineError(error: AppError, status: number): GraphQLError {
  return new GraphQLError(error.message, { originalError: error, extensions: { http: { status } } });
}

function refusal(code: string, message: string): object {
  return { errors: [{ message, extensions: { code } }] };
}
