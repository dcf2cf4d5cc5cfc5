import { requireAdmin } from '../accounts/account.policy.ts';
import { Agent } from '../accounts/agent.entity.ts';
import { forgetTicket } from '../knowledge-base/learn-from-tickets.ts';
import { forgetMails } from '../outbound/forget-mails.ts';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { AppError } from '../platform/errors.ts';
import { releaseBlobs } from '../platform/release-blobs.ts';
import type { DeletedTicket } from '../tickets/deleted-ticket.entity.ts';
import { findDeletedTicket } from '../tickets/deleted-tickets.ts';
import { deletedWords } from '../tickets/deleted-words.ts';
import { lockWithMerged, removeTickets } from '../tickets/remove-tickets.ts';
import type { Ticket } from '../tickets/ticket.entity.ts';
import { requireMayWork } from '../tickets/ticket.policy.ts';
import { forgetLetters } from './forget-letters.ts';

/**
 * Deletes a ticket for ever, and those merged into it, with everything that was written in it, in one transaction. What
 * remains holds no words: the number with who did it when, and the rows that keep a letter from being collected again
 * and a mail from being sent twice. It stands in this feature because the ledger of letters forgets along with it.
 * Asked for twice it is done once.
 * @throws AppError FORBIDDEN for all but administrators, NOT_FOUND, CONFLICT when it was merged into another ticket, or
 * while a mail of it is being handed over
 */
export async function deleteTicket(ctx: Context, { ticketId }: { ticketId: string }): Promise<DeletedTicket> {
  requireMayWork(ctx.actor);
  requireAdmin(ctx.actor);
  return transact(ctx, async (ctx) => {
    const before = await findDeletedTicket(ctx, { id: ticketId });
    if (before) return before;
    const tickets = await lockedOrNone(ctx, ticketId);
    if (tickets) await remove(ctx, tickets);
    return (await findDeletedTicket(ctx, { id: ticketId }))!;
  });
}

/** Null: somebody else deleted it while this waited for the lock. */
async function lockedOrNone(ctx: Context, ticketId: string): Promise<Ticket[] | null> {
  try {
    return await lockWithMerged(ctx, ticketId);
  } catch (error) {
    const isGone = error instanceof AppError && error.code === 'NOT_FOUND';
    if (isGone && (await findDeletedTicket(ctx, { id: ticketId }))) return null;
    throw error;
  }
}

async function remove(ctx: Context, tickets: readonly Ticket[]): Promise<void> {
  const deletedById = ctx.actor.kind === 'agent' ? ctx.actor.agentId : null;
  const agent = deletedById === null ? null : await ctx.db.findOneBy(Agent, { id: deletedById });
  const by = { deletedAt: ctx.clock.now(), deletedById, deletedBy: agent?.name ?? null };
  const because = `its ticket #${tickets[0]!.number} was ${deletedWords(by)}`;
  const left = await removeTickets(ctx, tickets, by);
  const sources = await forgetLetters(ctx, left.inboundMailIds, because);
  const mails = await forgetMails(ctx, left.outgoingMailIds, `Not sent: ${because}.`);
  for (const { id } of tickets) await forgetTicket(ctx, id);
  await releaseBlobs(ctx, [...left.blobIds, ...sources, ...mails]);
  ctx.log.info(
    { ticketIds: tickets.map(({ id }) => id), agentId: deletedById, letters: left.inboundMailIds.length },
    'a ticket was deleted for ever',
  );
}
