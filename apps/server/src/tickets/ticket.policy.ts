import { requireScope } from '../accounts/account.policy.ts';
import type { Actor } from '../platform/context.ts';

/** Who may see tickets. @throws AppError UNAUTHENTICATED, FORBIDDEN */
export function requireMayRead(actor: Actor): void {
  requireScope(actor, 'tickets:read');
}

/** Who may answer and change tickets. @throws AppError UNAUTHENTICATED, FORBIDDEN */
export function requireMayWork(actor: Actor): void {
  requireScope(actor, 'tickets:write');
}
