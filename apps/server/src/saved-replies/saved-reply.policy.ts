import { requireScope } from '../accounts/account.policy.ts';
import type { Actor } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import { EVERYBODY, type SavedReplyReach } from './saved-reply.entity.ts';

/** Who may use saved replies: administrators, assistants, tokens with tickets:read. @throws AppError UNAUTHENTICATED, FORBIDDEN */
export function requireMayUse(actor: Actor): void {
  requireScope(actor, 'tickets:read');
}

/**
 * Who may write saved replies, those for everybody too: administrators, assistants, tokens with tickets:write. As with
 * articles, who answers knows best which words are missing. @throws AppError UNAUTHENTICATED, FORBIDDEN
 */
export function requireMayWrite(actor: Actor): void {
  requireScope(actor, 'tickets:write');
}

/** Whose saved replies the actor sees: those for everybody, and an agent's own. */
export function ownersSeenBy(actor: Actor): string[] {
  return actor.kind === 'agent' ? [EVERYBODY, actor.agentId] : [EVERYBODY];
}

/** Who owns what the actor saves with this reach. @throws AppError FORBIDDEN when a program wants one of its own */
export function ownerFor(actor: Actor, reach: SavedReplyReach): string {
  if (reach === 'EVERYBODY') return EVERYBODY;
  if (actor.kind === 'agent') return actor.agentId;
  throw new AppError('FORBIDDEN', 'A program has no saved replies of its own. Save it for everybody.');
}
