import { hasScope, requireScope } from '../accounts/account.policy.ts';
import type { Actor } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';

/** @throws AppError unless the actor may read every base: administrators, assistants, tokens with kb:read */
export function requireMayReadBases(actor: Actor): void {
  requireScope(actor, 'kb:read');
}

/** @throws AppError unless the actor may write articles and categories: administrators, assistants, tokens with kb:write */
export function requireMayWriteArticles(actor: Actor): void {
  requireScope(actor, 'kb:write');
}

/** Whether the actor may see what only those who write articles see: their unpublished changes. */
export function mayWriteArticles(actor: Actor): boolean {
  return hasScope(actor, 'kb:write');
}

/** @throws AppError unless the actor may make, rename and delete bases: administrators, and tokens with kb:write */
export function requireMayKeepBases(actor: Actor): void {
  requireScope(actor, 'kb:write');
  if (actor.kind === 'agent' && actor.role !== 'ADMIN')
    throw new AppError('FORBIDDEN', 'Only an administrator may change knowledge bases. You may write their articles.');
}
