import type { Context } from '../platform/context.ts';
import { rowLock } from '../platform/database.ts';
import { ThrottleRow } from '../platform/throttle.entity.ts';

const GUARD = 'accounts';

/**
 * Takes a row that everybody wants who counts administrators, so that they come one after the other on every database.
 * Held to the end of the caller's transaction.
 */
export async function lockAccounts(ctx: Context): Promise<void> {
  await ctx.db.upsert(ThrottleRow, { bucket: GUARD, hits: 0, resetAt: 0 }, ['bucket']);
  const lock = rowLock(ctx);
  await ctx.db.findOne(ThrottleRow, { where: { bucket: GUARD }, ...(lock ? { lock } : {}) });
}
