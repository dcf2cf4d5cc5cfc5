import { requireScope } from '../accounts/account.policy.ts';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { type SendingFigures, sendingFigures } from './sending-figures.ts';
import { wakeWaiting } from './sending-trouble.ts';

/**
 * Tries what waits after a failure at once, and says how the way out stands. What an agent may still take back keeps its
 * delay. Doing it twice is harmless. @throws AppError FORBIDDEN
 */
export async function tryWaitingNow(ctx: Context): Promise<SendingFigures> {
  requireScope(ctx.actor, 'settings:write');
  await transact(ctx, wakeWaiting);
  return sendingFigures(ctx);
}
