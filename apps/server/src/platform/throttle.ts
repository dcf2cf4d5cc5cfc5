import { LessThan, MoreThan } from 'typeorm';
import type { Context } from './context.ts';
import { rowLock, transact } from './database.ts';
import { AppError } from './errors.ts';
import { ThrottleRow } from './throttle.entity.ts';

/** How often something may happen in a window. */
export interface ThrottleRule {
  readonly limit: number;
  readonly windowMs: number;
}

/** Counts one hit. @throws AppError RATE_LIMITED when the window's limit was reached before it */
export async function hitThrottle(ctx: Context, bucket: string, rule: ThrottleRule): Promise<void> {
  const waitMs = await transact(ctx, async (ctx) => {
    const now = ctx.clock.now().getTime();
    // The row is there and ours before it is read, so that tries at once count one by one from the first on.
    const insert = ctx.db.createQueryBuilder().insert().into(ThrottleRow).values({ bucket, hits: 0, resetAt: 0 });
    await insert.orUpdate(['bucket'], ['bucket']).updateEntity(false).execute();
    const lock = rowLock(ctx);
    const row = await ctx.db.findOne(ThrottleRow, { where: { bucket }, ...(lock ? { lock } : {}) });
    if (!row || row.resetAt <= now) {
      await ctx.db.update(ThrottleRow, { bucket }, { hits: 1, resetAt: now + rule.windowMs });
      return 0;
    }
    if (row.hits >= rule.limit) return row.resetAt - now;
    await ctx.db.increment(ThrottleRow, { bucket }, 'hits', 1);
    return 0;
  });
  if (waitMs > 0) throw tooMany(waitMs);
}

/** Takes one hit back, as for a try that was none: other tries of that window still count. */
export async function refundThrottle(ctx: Context, bucket: string): Promise<void> {
  await transact(ctx, (ctx) => ctx.db.decrement(ThrottleRow, { bucket, hits: MoreThan(0) }, 'hits', 1));
}

/** Forgets the count, as after a success. */
export async function clearThrottle(ctx: Context, bucket: string): Promise<void> {
  await transact(ctx, (ctx) => ctx.db.delete(ThrottleRow, { bucket }));
}

/** Removes windows that are over. */
export async function sweepThrottles(ctx: Context): Promise<void> {
  await transact(ctx, (ctx) => ctx.db.delete(ThrottleRow, { resetAt: LessThan(ctx.clock.now().getTime()) }));
}

function tooMany(waitMs: number): AppError {
  const minutes = Math.ceil(waitMs / 60_000);
  return new AppError(
    'RATE_LIMITED',
    `Too many tries. Wait ${minutes === 1 ? 'a minute' : `${minutes} minutes`} and try again.`,
    {
      retryAfterSeconds: Math.ceil(waitMs / 1000),
    },
  );
}
