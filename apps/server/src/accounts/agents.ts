import { isStrictAddress, normalizeAddress } from '@support-center/mail';
import { IsNull, Not } from 'typeorm';
import type { Context } from '../platform/context.ts';
import { isUniqueViolation, transact } from '../platform/database.ts';
import { AppError, type FieldError, invalidInput, notFound } from '../platform/errors.ts';
import { requireAdmin } from './account.policy.ts';
import { Agent, type Role } from './agent.entity.ts';
import { AgentPassword } from './agent-password.entity.ts';
import { lockAccounts } from './lock-accounts.ts';
import { hashPassword, passwordProblem } from './password.ts';
import { endSessionsOf } from './sessions.ts';

/** Who is to become an agent. Without a password nobody can sign in as that agent until one is set. */
export interface AgentFacts {
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly password?: string | null;
}

/** Adds an agent. @throws AppError FORBIDDEN, INVALID_INPUT */
export async function createAgent(ctx: Context, facts: AgentFacts): Promise<Agent> {
  requireAdmin(ctx.actor);
  const { name, email } = checkFacts(facts);
  const hash = facts.password ? await hashPassword(facts.password) : null;
  return transact(ctx, (ctx) => insertAgent(ctx, { name, email, role: facts.role }, hash));
}

/** Writes a checked agent, in the caller's transaction. @throws AppError INVALID_INPUT when the address is taken */
export async function insertAgent(
  ctx: Context,
  facts: { name: string; email: string; role: Role },
  hash: string | null,
): Promise<Agent> {
  const now = ctx.clock.now();
  const agent = Object.assign(new Agent(), {
    ...facts,
    id: ctx.random.id(now),
    createdAt: now,
    disabledAt: null,
    lastSeenAt: null,
  });
  try {
    await ctx.db.insert(Agent, agent);
  } catch (error) {
    if (isUniqueViolation(error))
      throw invalidInput([{ path: 'email', message: 'There is an agent with this address already.' }]);
    throw error;
  }
  if (hash) await ctx.db.insert(AgentPassword, { agentId: agent.id, hash, changedAt: now });
  return agent;
}

/** Name and address in the spelling that is stored. @throws AppError INVALID_INPUT with a sentence per wrong field */
export function checkFacts(facts: { name?: string | null; email?: string | null; password?: string | null }): {
  name: string;
  email: string;
} {
  const errors: FieldError[] = [];
  const name = facts.name?.trim() ?? '';
  if (name === '' || name.length > 120)
    errors.push({ path: 'name', message: 'Enter a name of at most 120 characters.' });
  const email = normalizeAddress(facts.email ?? '');
  if (email === null || !isStrictAddress(email))
    errors.push({ path: 'email', message: 'Enter one address, like dana@example.com.' });
  const problem = facts.password ? passwordProblem(facts.password) : null;
  if (problem) errors.push({ path: 'password', message: problem });
  if (errors.length > 0) throw invalidInput(errors);
  return { name, email: email! };
}

/** What to change of an agent; what is left out stays. */
export interface AgentChange {
  readonly agentId: string;
  readonly name?: string | null;
  readonly email?: string | null;
  readonly role?: Role | null;
  readonly disabled?: boolean | null;
  readonly password?: string | null;
}

/**
 * Changes an agent. Another role, a new password or disabling ends all of the agent's sessions at once.
 * @throws AppError FORBIDDEN, NOT_FOUND, INVALID_INPUT, CONFLICT when no administrator would be left
 */
export async function updateAgent(ctx: Context, change: AgentChange): Promise<Agent> {
  requireAdmin(ctx.actor);
  const hash = change.password ? await hashChecked(change.password) : null;
  return transact(ctx, async (ctx) => {
    await lockAccounts(ctx);
    const agent = await ctx.db.findOneBy(Agent, { id: change.agentId });
    if (!agent) throw notFound('agent');
    const before = { role: agent.role, isActive: agent.disabledAt === null };
    const { name, email } = checkFacts({ name: change.name ?? agent.name, email: change.email ?? agent.email });
    Object.assign(agent, { name, email, role: change.role ?? agent.role });
    if (change.disabled !== undefined && change.disabled !== null)
      agent.disabledAt = change.disabled ? (agent.disabledAt ?? ctx.clock.now()) : null;
    const losesAdmin =
      before.role === 'ADMIN' && before.isActive && (agent.role !== 'ADMIN' || agent.disabledAt !== null);
    if (losesAdmin) await requireAnotherAdmin(ctx, agent.id);
    await ctx.db.save(Agent, agent);
    if (hash) await ctx.db.save(AgentPassword, { agentId: agent.id, hash, changedAt: ctx.clock.now() });
    if (hash || agent.role !== before.role || (before.isActive && agent.disabledAt)) await endSessionsOf(ctx, agent.id);
    return agent;
  });
}

async function hashChecked(password: string): Promise<string> {
  const problem = passwordProblem(password);
  if (problem) throw invalidInput([{ path: 'password', message: problem }]);
  return hashPassword(password);
}

async function requireAnotherAdmin(ctx: Context, agentId: string): Promise<void> {
  const others = await ctx.db.countBy(Agent, { id: Not(agentId), role: 'ADMIN', disabledAt: IsNull() });
  if (others === 0)
    throw new AppError(
      'CONFLICT',
      'The last administrator cannot be disabled or made an assistant. Make somebody else an administrator first.',
    );
}
