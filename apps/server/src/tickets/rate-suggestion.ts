import { cleanTicketText } from '@support-center/suggest';
import { requireScope } from '../accounts/account.policy.ts';
import { Article } from '../knowledge-base/article.entity.ts';
import { setNotUseful } from '../knowledge-base/learn-from-tickets.ts';
import type { RateSuggestionInput, SuggestionInput } from '../knowledge-base/suggestion.types.ts';
import { noteDismissed, noteInserted } from '../knowledge-base/suggestion-uses.ts';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { notFound } from '../platform/errors.ts';
import { holdTicket } from './lock-ticket.ts';
import type { Ticket } from './ticket.entity.ts';
import { requireMayWork } from './ticket.policy.ts';
import { readTicketLetters } from './ticket-letters.ts';

/**
 * Says whether an article fits a ticket. "Not useful" weakens it for this ticket and for letters like it; "useful" takes
 * that back. Words of an encrypted letter are not kept for others. @throws AppError NOT_FOUND, FORBIDDEN
 */
export async function rateSuggestion(ctx: Context, input: RateSuggestionInput): Promise<boolean> {
  return transact(ctx, async (ctx) => {
    const ticket = await requirePair(ctx, input);
    const mayKeep = !input.useful && !ticket.encrypted;
    const text = mayKeep ? cleanTicketText(ticket.subject, (await readTicketLetters(ctx, ticket.id)).first) : null;
    await noteDismissed(ctx, ticket.id, input.articleId, !input.useful);
    await setNotUseful(ctx, ticket.id, input.articleId, text);
    return true;
  });
}

/** Notes that the writer put a suggested article into the reply. @throws AppError NOT_FOUND, FORBIDDEN */
export async function noteSuggestionInserted(ctx: Context, input: SuggestionInput): Promise<boolean> {
  return transact(ctx, async (ctx) => {
    const ticket = await requirePair(ctx, input);
    await noteInserted(ctx, ticket.id, input.articleId);
    return true;
  });
}

async function requirePair(ctx: Context, { ticketId, articleId }: SuggestionInput): Promise<Ticket> {
  requireMayWork(ctx.actor);
  requireScope(ctx.actor, 'kb:read');
  const ticket = await holdTicket(ctx, ticketId);
  if (!(await ctx.db.existsBy(Article, { id: articleId }))) throw notFound('article');
  return ticket;
}
