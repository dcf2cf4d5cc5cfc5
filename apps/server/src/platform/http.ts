import { existsSync } from 'node:fs';
import fastifyStatic from '@fastify/static';
import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { limitBodyTime, SLOW_BODY_MS } from './body-deadline.ts';
import type { Services } from './context.ts';
import { AppError } from './errors.ts';
import { type Authenticate, serveGraphql } from './graphql.ts';
import { statusOf } from './graphql-errors.ts';
import { serveSockets } from './graphql-sockets.ts';
import { serveHealth } from './health-routes.ts';
import { protectAnswers, securityHeaders } from './http-headers.ts';

const BODY_BYTES = 2 * 1024 * 1024;
const BODY_MS = 30_000;
/** For requests that bring neither cookie nor token. */
const ANONYMOUS_BODY_BYTES = 32 * 1024;

declare module 'fastify' {
  interface FastifyRequest {
    /** How long the JSON was that came. */
    bodyBytes: number;
  }
}

/** Adds the plain HTTP addresses of a feature, such as downloads. */
export type Routes = (app: FastifyInstance, services: Services, authenticate: Authenticate) => void;

/** Everything that answers on the port: API, sockets, downloads, health, and the admin app. Not listening yet. */
export async function makeHttp(
  services: Services,
  parts: { schema: GraphQLSchema; authenticate: Authenticate; routes: readonly Routes[]; bodyMs?: number },
): Promise<{ app: FastifyInstance; close(): Promise<void> }> {
  const app = Fastify({
    logger: false,
    bodyLimit: BODY_BYTES,
    trustProxy: [...services.config.trustedProxies],
    // Headers have their own, short time, and so have bodies that are no files.
    requestTimeout: SLOW_BODY_MS,
    keepAliveTimeout: 65_000,
    // An article's address has 120 characters, and some more where accents come apart.
    routerOptions: { maxParamLength: 500 },
    http: { headersTimeout: 10_000, maxHeaderSize: 16_384 },
    // An address that cannot be read never reaches a route or a hook, so its answer brings the headers itself and repeats nothing.
    frameworkErrors: (_error, _request, reply) => {
      void (reply as unknown as FastifyReply)
        .code(400)
        .headers(securityHeaders(services.config))
        .type('text/plain')
        .send('This address cannot be read.\n');
    },
  });
  app.server.maxConnections = 2000;
  limitBodyTime(app, parts.bodyMs ?? BODY_MS);
  readJsonOnly(app);
  app.setErrorHandler(async (error: Error & { statusCode?: number }, _request, reply) => {
    if (error instanceof AppError) {
      if (error.retryAfterSeconds !== null) reply.header('retry-after', error.retryAfterSeconds);
      return reply
        .code(statusOf(error))
        .send({ errors: [{ message: error.message, extensions: { code: error.code } }] });
    }
    const status = error.statusCode ?? 500;
    if (status >= 500) services.log.error({ err: error }, 'a request failed because of a bug');
    return reply.code(status).send({
      errors: [
        {
          message: status >= 500 ? 'Internal error' : error.message,
          extensions: { code: status >= 500 ? 'INTERNAL' : 'INVALID_INPUT' },
        },
      ],
    });
  });
  protectAnswers(app, services.config);
  warnOfUnnamedProxy(app, services);
  serveHealth(app, services);
  for (const add of parts.routes) add(app, services, parts.authenticate);
  await serveGraphql(app, services, parts.schema, parts.authenticate);
  await serveAdmin(app, services.config.adminDir);
  await app.ready();
  const sockets = serveSockets(app.server, services, parts.schema, parts.authenticate);
  return {
    app,
    async close() {
      await sockets.close();
      await app.close();
    },
  };
}

/** Behind a proxy that nobody has named everybody comes from one address, and what one does counts for all. */
function warnOfUnnamedProxy(app: FastifyInstance, { config, log }: Services): void {
  let isQuiet = config.trustedProxies.length > 0;
  app.addHook('onRequest', async ({ headers }) => {
    if (isQuiet || headers['x-forwarded-for'] === undefined) return;
    isQuiet = true;
    log.warn({}, 'a request came through a proxy; name its address in TRUSTED_PROXIES, or all people count as one');
  });
}

/** Bodies are JSON; what is not known to be somebody's is short. */
function readJsonOnly(app: FastifyInstance): void {
  app.decorateRequest('bodyBytes', 0);
  app.removeAllContentTypeParsers();
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    const bytes = body as Buffer;
    request.bodyBytes = bytes.length;
    const isAnonymous = request.headers.authorization === undefined && request.headers.cookie === undefined;
    if (isAnonymous && bytes.length > ANONYMOUS_BODY_BYTES) {
      const message = `Without signing in a request has at most ${ANONYMOUS_BODY_BYTES / 1024} KiB.`;
      done(Object.assign(new Error(message), { statusCode: 413 }));
      return;
    }
    parse(request, bytes.toString('utf8'), done);
  });
}

/** The built admin app. Files with a hash in their name never change; every page of the app is its index.html. */
async function serveAdmin(app: FastifyInstance, folder: string): Promise<void> {
  if (existsSync(folder)) {
    await app.register(fastifyStatic, {
      root: folder,
      index: false,
      wildcard: false,
      setHeaders: (reply, path) => {
        void reply.setHeader(
          'cache-control',
          path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
        );
      },
    });
  }
  app.setNotFoundHandler(async (request, reply) => {
    const isReading = request.method === 'GET' || request.method === 'HEAD';
    // A monitor that asks for the front page names no kind of answer.
    const isFront = request.url.split('?', 1)[0] === '/';
    const wantsPage = isReading && (isFront || String(request.headers.accept).includes('text/html'));
    if (wantsPage && existsSync(folder))
      return reply.type('text/html').header('cache-control', 'no-cache').sendFile('index.html');
    return reply.code(404).type('text/plain').send('There is nothing at this address.\n');
  });
}
