import { LessThan } from 'typeorm';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { hashToken } from '../platform/secrets.ts';
import { Session } from './session.entity.ts';

const HOUR_MS = 3_600_000;
/** A session that was not used so long has ended. */
export const IDLE_MS = 8 * HOUR_MS;
/** A session lasts no longer than this, used or not. */
export const ABSOLUTE_MS = 7 * 24 * HOUR_MS;

/** Begins a session, in the caller's transaction. The token goes to the browser; only its hash is stored. */
export async function beginSession(ctx: Context, agentId: string): Promise<string> {
  const token = ctx.random.token(32);
  const now = ctx.clock.now();
  await ctx.db.insert(Session, {
    tokenHash: hashToken(token),
    agentId,
    createdAt: now,
    lastUsedAt: now,
    expiresAt: new Date(now.getTime() + ABSOLUTE_MS),
  });
  return token;
}

/** Ends all sessions of an agent, in the caller's transaction; the next request of each is anonymous. */
export async function endSessionsOf(ctx: Context, agentId: string): Promise<void> {
  await ctx.db.delete(Session, { agentId });
}

/** Forgets sessions that are over. */
export async function sweepSessions(ctx: Context): Promise<void> {
  const now = ctx.clock.now();
  await transact(ctx, async (ctx) => {
    await ctx.db.delete(Session, { expiresAt: LessThan(now) });
    await ctx.db.delete(Session, { lastUsedAt: LessThan(new Date(now.getTime() - IDLE_MS)) });
  });
}
