import { publicKeyBytes, wkdHash } from '@support-center/pgp';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Context, makeContext, type Services } from '../platform/context.ts';
import { hitThrottle } from '../platform/throttle.ts';
import { PgpKey } from './pgp-key.entity.ts';

const ROOT = '/.well-known/openpgpkey';
const RULE = { limit: 120, windowMs: 60_000 };
/** A key beyond this size is not handed out to just anybody. */
const MAX_KEY_BYTES = 256 * 1024;

/**
 * The Web Key Directory (draft-koch-openpgp-webkey-service): mail programs find our public keys by our addresses, by
 * the direct and by the advanced method. Open to everybody, a hundred and twenty times a minute from one address.
 */
export function wkdRoutes(app: FastifyInstance, services: Services): void {
  const policy = async (request: FastifyRequest, reply: FastifyReply) => {
    await countOne(services, request);
    return open(reply).type('text/plain').send('');
  };
  app.get(`${ROOT}/policy`, policy);
  app.get(`${ROOT}/:domain/policy`, policy);
  const key = async (request: FastifyRequest<{ Params: { domain?: string; hash: string } }>, reply: FastifyReply) => {
    const ctx = await countOne(services, request);
    const { domain, hash } = request.params;
    const found = /^[a-z1-9]{32}$/.test(hash) ? await findKey(ctx, hash, domain?.toLowerCase() ?? null) : null;
    return found
      ? open(reply).type('application/octet-stream').send(found)
      : open(reply).code(404).type('text/plain').send('There is no key for this address here.\n');
  };
  app.get(`${ROOT}/hu/:hash`, key);
  app.get(`${ROOT}/:domain/hu/:hash`, key);
}

async function countOne(services: Services, request: FastifyRequest): Promise<Context> {
  const ctx = makeContext(services, { kind: 'anonymous' });
  await hitThrottle(ctx, `wkd:${request.ip}`, RULE);
  return ctx;
}

/** Any page may read it: it is public. */
function open(reply: FastifyReply): FastifyReply {
  return reply
    .header('access-control-allow-origin', '*')
    .header('cross-origin-resource-policy', 'cross-origin')
    .header('cache-control', 'public, max-age=300');
}

/** The newest key that still holds for an address with this hash, in binary form; null: none. */
async function findKey(ctx: Context, hash: string, domain: string | null): Promise<Buffer | null> {
  const keys = await ctx.db.find(PgpKey, { order: { addedAt: 'DESC' } });
  const now = ctx.clock.now();
  const found = keys.find(
    ({ expiresAt, userIds }) =>
      (expiresAt === null || expiresAt > now) && userIds.some((userId) => fits(userId, hash, domain)),
  );
  const bytes = found ? publicKeyBytes(found.publicKey) : null;
  return bytes && bytes.length <= MAX_KEY_BYTES ? bytes : null;
}

function fits(userId: string, hash: string, domain: string | null): boolean {
  const address = /<([^<>\s]+@[^<>\s]+)>\s*$/.exec(userId)?.[1] ?? userId.trim();
  const at = address.lastIndexOf('@');
  if (at < 1 || wkdHash(address.slice(0, at)) !== hash) return false;
  return domain === null || address.slice(at + 1).toLowerCase() === domain;
}
