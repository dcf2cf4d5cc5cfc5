import { weakening } from '@support-center/suggest';
import { requireScope } from '../accounts/account.policy.ts';
import { findSuggestions } from '../knowledge-base/find-suggestions.ts';
import type { Suggestion } from '../knowledge-base/suggestion.types.ts';
import { noteGap } from '../knowledge-base/suggestion-gaps.ts';
import { noteShown, usesFor } from '../knowledge-base/suggestion-uses.ts';
import type { Context } from '../platform/context.ts';
import type { SupportSettings } from '../settings/read-settings.ts';
import { isStillThere } from './lock-ticket.ts';
import type { Ticket } from './ticket.entity.ts';
import { requireMayRead } from './ticket.policy.ts';
import { readTicketLetters, wordsToSearch } from './ticket-letters.ts';

/**
 * The articles of the Default Support KnowledgeBase that answer a ticket: best first, at most Max Suggestions, none below
 * the floor. When an agent looks, it is noted what was shown, and that nothing fitted, the latter never of an encrypted
 * ticket, whose subject may be a secret. A ranking that is away shows nothing.
 * @throws AppError FORBIDDEN without the rights to read tickets and articles
 */
export async function suggestForTicket(ctx: Context, ticket: Ticket, settings: SupportSettings): Promise<Suggestion[]> {
  requireMayRead(ctx.actor);
  requireScope(ctx.actor, 'kb:read');
  const { defaultSupportKnowledgeBaseId: knowledgeBaseId, maxSuggestions: first, suggestionFloor: floor } = settings;
  if (!knowledgeBaseId || first === 0) return [];
  const uses = await usesFor(ctx, ticket.id);
  const dismissed = uses.filter(({ dismissedAt }) => dismissedAt !== null);
  const text = wordsToSearch(await readTicketLetters(ctx, ticket.id));
  const weaken = new Map(dismissed.map(({ articleId }) => [articleId, weakening(1)]));
  let suggestions: Suggestion[];
  try {
    suggestions = await findSuggestions(ctx, { knowledgeBaseId, subject: ticket.subject, text, first, floor, weaken });
  } catch (err) {
    ctx.log.warn({ err }, 'no suggestions for a ticket: the ranking did not answer');
    return [];
  }
  if (ctx.actor.kind === 'agent') {
    const known = new Set(uses.map(({ articleId }) => articleId));
    const fresh = suggestions.map(({ article }) => article.id).filter((id) => !known.has(id));
    await noteShown(ctx, ticket.id, fresh);
    if (ctx.ranking.isReady)
      await noteGap(ctx, ticket, suggestions.length === 0 && !ticket.encrypted, (ctx) => isStillThere(ctx, ticket.id));
  }
  return suggestions;
}
