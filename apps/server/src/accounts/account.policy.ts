import type { Actor, Scope } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';

const ASSISTANT_SCOPES: readonly Scope[] = ['tickets:read', 'tickets:write', 'kb:read', 'kb:write'];

/** Whether the actor may do what the scope names. */
export function hasScope(actor: Actor, scope: Scope): boolean {
  switch (actor.kind) {
    case 'system':
      return true;
    case 'agent':
      return actor.role === 'ADMIN' || ASSISTANT_SCOPES.includes(scope);
    case 'token':
      return actor.scopes.has(scope);
    default:
      return false;
  }
}

/** @throws AppError UNAUTHENTICATED when nobody is signed in, FORBIDDEN when the actor may not */
export function requireScope(actor: Actor, scope: Scope): void {
  if (hasScope(actor, scope)) return;
  throw actor.kind === 'anonymous' ? signInFirst() : new AppError('FORBIDDEN', `This needs the right ${scope}.`);
}

/** @throws AppError unless an administrator (a person, not a token) or the product itself acts */
export function requireAdmin(actor: Actor): void {
  if (actor.kind === 'system' || (actor.kind === 'agent' && actor.role === 'ADMIN')) return;
  throw actor.kind === 'anonymous' ? signInFirst() : new AppError('FORBIDDEN', 'Only an administrator may do this.');
}

/** The id of the agent who acts. @throws AppError when no agent does */
export function requireAgent(actor: Actor): string {
  if (actor.kind === 'agent') return actor.agentId;
  throw actor.kind === 'anonymous' ? signInFirst() : new AppError('FORBIDDEN', 'Only a signed-in agent may do this.');
}

function signInFirst(): AppError {
  return new AppError('UNAUTHENTICATED', 'Sign in first.');
}
