import { Agent } from '../accounts/agent.entity.ts';
import { fillHtml } from '../outbound/render-template.ts';
import type { Context } from '../platform/context.ts';
import { notFound } from '../platform/errors.ts';
import { readSettings } from '../settings/read-settings.ts';
import { replyValues } from '../tickets/reply-values.ts';
import { Ticket } from '../tickets/ticket.entity.ts';
import type { SavedReply } from './saved-reply.entity.ts';
import { requireMayUse } from './saved-reply.policy.ts';

/**
 * The words with their placeholders filled in for a ticket, or as far as they can be without one. What has no value stays
 * as `{{name}}`, a gap to be seen. @throws AppError NOT_FOUND, FORBIDDEN
 */
export async function fillSavedReply(
  ctx: Context,
  { html }: Pick<SavedReply, 'html'>,
  ticketId: string | null,
): Promise<string> {
  requireMayUse(ctx.actor);
  const ticket = ticketId === null ? null : await ctx.db.findOneBy(Ticket, { id: ticketId });
  if (ticketId !== null && ticket === null) throw notFound('ticket');
  const author = ctx.actor.kind === 'agent' ? await ctx.db.findOneBy(Agent, { id: ctx.actor.agentId }) : null;
  const { supportEmail } = await readSettings(ctx);
  return fillHtml(html, await replyValues(ctx, ticket, { author, supportEmail: supportEmail ?? '' }));
}
