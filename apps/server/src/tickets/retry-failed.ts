import { requireScope } from '../accounts/account.policy.ts';
import { failedWithCause } from '../outbound/failure-causes.ts';
import type { Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import { retryOutgoing } from './retry-delivery.ts';

/**
 * Sends every mail that failed for this reason again, each as the same mail, and returns how many. Each is a transaction
 * of its own: one that somebody else has just tried or given up is passed over. @throws AppError FORBIDDEN
 */
export async function retryFailed(ctx: Context, { cause }: { cause: string }): Promise<number> {
  requireScope(ctx.actor, 'settings:write');
  let retried = 0;
  for (const id of await failedWithCause(ctx, cause)) {
    try {
      await retryOutgoing(ctx, id);
      retried += 1;
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'CONFLICT')) throw error;
    }
  }
  return retried;
}
