import { cleanTicketText } from '@support-center/suggest';
import { forgetTicket, setLearnt } from '../knowledge-base/learn-from-tickets.ts';
import { usesFor } from '../knowledge-base/suggestion-uses.ts';
import type { Context } from '../platform/context.ts';
import { defineJob } from '../platform/jobs.ts';
import { Ticket } from './ticket.entity.ts';
import { readTicketLetters } from './ticket-letters.ts';

/** Learns from a ticket that was closed, reopened or deleted. Safe to run twice and in any order: it brings what was learnt in line with the ticket as it is. */
export const learnFromTicket = defineJob<{ ticketId: string }>({
  name: 'learn-from-ticket',
  run: (ctx, { ticketId }) => learn(ctx, ticketId),
});

/**
 * Subject and cleaned first letter of a closed ticket join the articles that it was answered with since it was last
 * reopened; of an open or merged one they are taken back, and a deleted one takes everything along. Encrypted letters teach nothing.
 */
export async function learn(ctx: Context, ticketId: string): Promise<void> {
  const ticket = await ctx.db.findOneBy(Ticket, { id: ticketId });
  if (!ticket) return forgetTicket(ctx, ticketId);
  const since = ticket.reopenedAt ?? new Date(0);
  const answered = (await usesFor(ctx, ticketId)).filter(({ repliedAt }) => repliedAt !== null && repliedAt > since);
  const teaches =
    ticket.status === 'CLOSED' && ticket.mergedIntoId === null && !ticket.encrypted && answered.length > 0;
  const text = teaches ? cleanTicketText(ticket.subject, (await readTicketLetters(ctx, ticketId)).first) : '';
  await setLearnt(ctx, 'ANSWERED', ticketId, {
    articleIds: teaches ? answered.map(({ articleId }) => articleId) : [],
    text,
  });
}
