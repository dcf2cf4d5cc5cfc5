import { normalizeAddress } from '@support-center/mail';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { AppError } from '../platform/errors.ts';
import { networkOf } from '../platform/network-of.ts';
import { clearThrottle, hitThrottle, refundThrottle } from '../platform/throttle.ts';
import { Agent } from './agent.entity.ts';
import { AgentPassword } from './agent-password.entity.ts';
import { passwordFits } from './password.ts';
import { beginSession } from './sessions.ts';

const MINUTE_MS = 60_000;
const PER_ACCOUNT = { limit: 5, windowMs: 15 * MINUTE_MS };
const PER_ADDRESS = { limit: 30, windowMs: 15 * MINUTE_MS };
const GLOBAL = { limit: 300, windowMs: MINUTE_MS };

/**
 * Signs an agent in and returns the session's token. The answer to a wrong address and to a wrong password is the same.
 * @throws AppError UNAUTHENTICATED, RATE_LIMITED after too many failures of the account, the network or all together
 */
export async function signIn(
  ctx: Context,
  input: { email: string; password: string; ip: string },
): Promise<{ agent: Agent; token: string }> {
  const email = normalizeAddress(input.email) ?? input.email.trim().toLowerCase().slice(0, 254);
  const account = `sign-in:account:${email}`.slice(0, 128);
  const network = `sign-in:network:${networkOf(input.ip)}`.slice(0, 128);
  await hitThrottle(ctx, 'sign-in:global', GLOBAL);
  await hitThrottle(ctx, network, PER_ADDRESS);
  await hitThrottle(ctx, account, PER_ACCOUNT);
  const agent = await ctx.db.findOneBy(Agent, { email });
  const password = agent && (await ctx.db.findOneBy(AgentPassword, { agentId: agent.id }));
  const fits = await passwordFits(password?.hash ?? null, input.password);
  if (!fits || !agent || agent.disabledAt) {
    ctx.log.warn({ event: 'sign-in failed' }, 'a sign-in failed');
    throw new AppError('UNAUTHENTICATED', 'Address and password do not fit. Check both and try again.');
  }
  await clearThrottle(ctx, account);
  await refundThrottle(ctx, network);
  return transact(ctx, async (ctx) => {
    await ctx.db.update(Agent, { id: agent.id }, { lastSeenAt: ctx.clock.now() });
    return { agent, token: await beginSession(ctx, agent.id) };
  });
}
