import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Services } from './context.ts';

const READY_MS = 2000;

/** Figures of this process, in the text format of Prometheus. */
export const metrics = new Registry();
collectDefaultMetrics({ register: metrics });

/** GET /healthz: alive. GET /readyz: able to serve. GET /metrics: figures, for loopback or a token. */
export function serveHealth(app: FastifyInstance, services: Services): void {
  app.get('/healthz', async (_request, reply) => reply.type('text/plain').send('ok\n'));
  app.get('/readyz', async (_request, reply) => {
    const reason = await whyNotReady(services);
    return reason === null
      ? reply.type('text/plain').send('ready\n')
      : reply.code(503).type('text/plain').send(`${reason}\n`);
  });
  app.get('/metrics', async (request, reply) => {
    if (!mayReadMetrics(request, services.config.metricsToken))
      return reply.code(403).type('text/plain').send('Metrics are for this machine or with a token.\n');
    return reply.type(metrics.contentType).send(await metrics.metrics());
  });
}

async function whyNotReady({ database }: Services): Promise<string | null> {
  const late = new Promise<string>((resolve) =>
    setTimeout(resolve, READY_MS, 'the database did not answer within 2 s').unref(),
  );
  const asked = database.reader.query('SELECT 1').then(
    () => null,
    () => 'the database does not answer',
  );
  return Promise.race([asked, late]);
}

/** A request through a proxy carries a forwarding header, so its loopback address proves nothing. */
function mayReadMetrics(request: FastifyRequest, token: string | null): boolean {
  const given = request.headers.authorization?.replace(/^Bearer /, '');
  if (token !== null && given !== undefined) {
    const [a, b] = [Buffer.from(given), Buffer.from(token)];
    if (a.length === b.length && timingSafeEqual(a, b)) return true;
  }
  const forwarded = request.headers['x-forwarded-for'] ?? request.headers.forwarded;
  return forwarded === undefined && /^(127\.|::1$|::ffff:127\.)/.test(request.ip);
}
