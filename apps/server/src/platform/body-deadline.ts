import type { FastifyInstance } from 'fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** How long the body of a request to this route may take, where it is larger than others. */
    bodyMs?: number;
  }
}

/** A file of 25 MB comes up a slow line; a route whose bodies are files gives itself so long. */
export const SLOW_BODY_MS = 300_000;

/**
 * Ends requests whose body does not come in time, so that nobody holds connections by sending it drop by drop. The
 * server itself has one time for all, which must be as long as a file takes.
 */
export function limitBodyTime(app: FastifyInstance, usualMs: number): void {
  app.addHook('onRequest', (request, reply, done) => {
    const { raw } = request;
    const hasBody = raw.headers['transfer-encoding'] !== undefined || Number(raw.headers['content-length'] ?? 0) > 0;
    if (!hasBody) return done();
    const ms = request.routeOptions.config.bodyMs ?? usualMs;
    const timer = setTimeout(() => {
      if (raw.complete || reply.sent) return;
      reply.raw.once('finish', () => raw.destroy());
      const message = `The request did not come in whole within ${ms / 1000} s. Nothing was done; send it again.`;
      void reply
        .code(408)
        .header('connection', 'close')
        .send({ errors: [{ message, extensions: { code: 'INVALID_INPUT' } }] });
    }, ms);
    timer.unref();
    raw.once('close', () => clearTimeout(timer));
    raw.once('end', () => clearTimeout(timer));
    done();
  });
}
