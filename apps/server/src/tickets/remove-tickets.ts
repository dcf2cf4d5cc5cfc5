import { In, IsNull, Not } from 'typeorm';
import { Session } from '../accounts/session.entity.ts';
import type { Context } from '../platform/context.ts';
import { emit } from '../platform/events.ts';
import { Attachment } from './attachment.entity.ts';
import { DeletedTicket } from './deleted-ticket.entity.ts';
import { Draft } from './draft.entity.ts';
import { Idempotency } from './idempotency.entity.ts';
import { lockTicket, lockTicketRow } from './lock-ticket.ts';
import { Message } from './message.entity.ts';
import { Participant } from './participant.entity.ts';
import { Requester } from './requester.entity.ts';
import { SentReply } from './sent-reply.entity.ts';
import { Ticket } from './ticket.entity.ts';
import { ticketChanged, ticketDeleted, ticketSettled } from './ticket.events.ts';
import { TicketEvent } from './ticket-event.entity.ts';
import { TicketRead } from './ticket-read.entity.ts';
import { Upload } from './upload.entity.ts';

const AT_ONCE = 500;

/** What belonged to removed tickets and others keep. */
export interface LeftBehind {
  readonly inboundMailIds: string[];
  readonly outgoingMailIds: string[];
  readonly blobIds: string[];
}

/**
 * The ticket and all that were merged into it, locked: their messages are its messages.
 * @throws AppError NOT_FOUND, CONFLICT when it was merged itself
 */
export async function lockWithMerged(ctx: Context, ticketId: string): Promise<Ticket[]> {
  const tickets = [await lockTicket(ctx, ticketId)];
  for (let i = 0; i < tickets.length; i++) {
    const merged = await ctx.db.find(Ticket, {
      where: { mergedIntoId: tickets[i]!.id },
      select: { id: true },
      order: { id: 'ASC' },
    });
    for (const { id } of merged)
      if (!tickets.some((ticket) => ticket.id === id)) tickets.push(await lockTicketRow(ctx, id));
  }
  return tickets;
}

/**
 * Removes tickets with their messages, notes, files, drafts and readers, in the caller's transaction, and writes down
 * who did it when. Of their history the lines remain that another ticket shows too, without an address. The hashes of
 * their Message-IDs remain as well, so that an answer can be told that its ticket is gone.
 */
export async function removeTickets(
  ctx: Context,
  tickets: readonly Ticket[],
  by: Pick<DeletedTicket, 'deletedAt' | 'deletedById' | 'deletedBy'>,
): Promise<LeftBehind> {
  const ids = tickets.map(({ id }) => id);
  const left = await removeMessages(ctx, ids);
  left.blobIds.push(...(await removeFilesOfDrafts(ctx, ids)));
  for (const entity of [Draft, TicketRead, Participant]) await ctx.db.delete(entity, { ticketId: In(ids) });
  await removeHistory(ctx, ids);
  await unlink(ctx, ids);
  await ctx.db.delete(Ticket, { id: In(ids) });
  await removeNameless(ctx, tickets);
  await ctx.db.insert(
    DeletedTicket,
    tickets.map(({ id, number, mailboxId }) => ({ id, number, mailboxId, ...by })),
  );
  for (const { id: ticketId, number } of tickets) {
    await emit(ctx, ticketDeleted({ ticketId, number }));
    await emit(ctx, ticketSettled({ ticketId })); // what is learnt from it right now is forgotten again
  }
  return left;
}

async function removeMessages(ctx: Context, ticketIds: readonly string[]): Promise<LeftBehind> {
  const left: LeftBehind = { inboundMailIds: [], outgoingMailIds: [], blobIds: [] };
  for (;;) {
    const messages = await ctx.db.find(Message, {
      where: { ticketId: In([...ticketIds]) },
      select: { id: true, inboundMailId: true, outgoingMailId: true },
      take: AT_ONCE,
    });
    if (messages.length === 0) return left;
    const some = In(messages.map(({ id }) => id));
    const files = await ctx.db.find(Attachment, { where: { messageId: some }, select: { id: true, blobId: true } });
    left.blobIds.push(...files.map(({ blobId }) => blobId));
    for (const { inboundMailId, outgoingMailId } of messages) {
      if (inboundMailId) left.inboundMailIds.push(inboundMailId);
      if (outgoingMailId) left.outgoingMailIds.push(outgoingMailId);
    }
    for (const entity of [Attachment, SentReply, Idempotency]) await ctx.db.delete(entity, { messageId: some });
    await ctx.db.delete(Message, { id: some });
  }
}

/** Files that wait in unsent words; only those that their writer sent up himself. */
async function removeFilesOfDrafts(ctx: Context, ticketIds: readonly string[]): Promise<string[]> {
  const blobIds: string[] = [];
  for (const { agentId, attachmentIds } of await ctx.db.findBy(Draft, { ticketId: In([...ticketIds]) })) {
    if (!attachmentIds) continue;
    const sessions = await ctx.db.find(Session, { where: { agentId }, select: { tokenHash: true } });
    const owners = sessions.map(({ tokenHash }) => `session:${tokenHash}`);
    const files = await ctx.db.findBy(Upload, { id: In(attachmentIds), owner: In(owners) });
    if (files.length === 0) continue;
    await ctx.db.delete(Upload, { id: In(files.map(({ id }) => id)) });
    blobIds.push(...files.map(({ blobId }) => blobId));
  }
  return blobIds;
}

async function removeHistory(ctx: Context, ids: readonly string[]): Promise<void> {
  const gone = In([...ids]);
  await ctx.db.delete(TicketEvent, [
    { ticketId: gone, otherTicketId: gone },
    { ticketId: gone, otherTicketId: IsNull() },
  ]);
  await ctx.db.update(TicketEvent, { ticketId: gone }, { address: null });
  await ctx.db.update(TicketEvent, { otherTicketId: gone }, { address: null });
}

/** Tickets that continued one of these stand for themselves now. */
async function unlink(ctx: Context, ids: readonly string[]): Promise<void> {
  const linked = await ctx.db.find(Ticket, {
    where: { linkedToTicketId: In([...ids]), id: Not(In([...ids])) },
    select: { id: true },
  });
  if (linked.length === 0) return;
  await ctx.db.update(Ticket, { linkedToTicketId: In([...ids]) }, { linkedToTicketId: null });
  for (const { id: ticketId } of linked) await emit(ctx, ticketChanged({ ticketId }));
}

/** A requester without an address stands for one letter only; the others stay known. */
async function removeNameless(ctx: Context, tickets: readonly Ticket[]): Promise<void> {
  const nameless = tickets
    .filter(({ requesterEmail }) => requesterEmail === null)
    .map(({ requesterId }) => requesterId);
  for (const id of new Set(nameless))
    if (!(await ctx.db.existsBy(Ticket, { requesterId: id }))) await ctx.db.delete(Requester, { id, email: IsNull() });
}
