import type { Actor, Context, Services } from '../platform/context.ts';
import { systemContext } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import type { Credentials } from '../platform/graphql.ts';
import { hashToken } from '../platform/secrets.ts';
import { readSessionCookie } from '../platform/session-cookie.ts';
import { Agent } from './agent.entity.ts';
import { ApiToken } from './api-token.entity.ts';
import { ApiTokenSecret } from './api-token-secret.entity.ts';
import { Session } from './session.entity.ts';
import { IDLE_MS } from './sessions.ts';

const ANONYMOUS: Actor = { kind: 'anonymous' };
/** Times of last use are written at most so often. */
const TOUCH_MS = 60_000;

/**
 * Who sends a request: by API token, else by session cookie; anonymous where neither holds now. A passive look does not
 * count as use, so an open socket keeps no session alive.
 */
export async function authenticate(
  services: Services,
  credentials: Credentials,
  { passive = false }: { readonly passive?: boolean } = {},
): Promise<Actor> {
  const ctx = systemContext(services);
  if (credentials.authorization !== undefined) return byToken(ctx, credentials.authorization, passive);
  const session = readSessionCookie(services.config, credentials.cookie);
  return session === null ? ANONYMOUS : bySession(ctx, session, passive);
}

async function bySession(ctx: Context, token: string, passive: boolean): Promise<Actor> {
  const tokenHash = hashToken(token);
  const session = await ctx.db.findOneBy(Session, { tokenHash });
  const now = ctx.clock.now();
  if (!session || session.expiresAt <= now || now.getTime() - session.lastUsedAt.getTime() > IDLE_MS) return ANONYMOUS;
  const agent = await ctx.db.findOneBy(Agent, { id: session.agentId });
  if (!agent || agent.disabledAt) return ANONYMOUS;
  if (!passive && now.getTime() - session.lastUsedAt.getTime() > TOUCH_MS) {
    await transact(ctx, async (ctx) => {
      await ctx.db.update(Session, { tokenHash }, { lastUsedAt: now });
      await ctx.db.update(Agent, { id: agent.id }, { lastSeenAt: now });
    });
  }
  return { kind: 'agent', agentId: agent.id, sessionId: tokenHash, role: agent.role };
}

async function byToken(ctx: Context, authorization: string, passive: boolean): Promise<Actor> {
  const token = /^Bearer (hd_[A-Za-z0-9]{8}_[A-Za-z0-9]{43})$/.exec(authorization)?.[1];
  if (!token) return ANONYMOUS;
  const secret = await ctx.db.findOneBy(ApiTokenSecret, { tokenHash: hashToken(token) });
  const row = secret && (await ctx.db.findOneBy(ApiToken, { id: secret.apiTokenId }));
  const now = ctx.clock.now();
  if (!row || row.revokedAt || row.expiresAt <= now) return ANONYMOUS;
  if (!passive && (!row.lastUsedAt || now.getTime() - row.lastUsedAt.getTime() > TOUCH_MS)) {
    await transact(ctx, (ctx) => ctx.db.update(ApiToken, { id: row.id }, { lastUsedAt: now }));
  }
  return { kind: 'token', tokenId: row.id, scopes: new Set(row.scopes) };
}
