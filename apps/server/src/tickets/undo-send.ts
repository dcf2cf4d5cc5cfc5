import { In, LessThan, MoreThan } from 'typeorm';
import { requireAgent } from '../accounts/account.policy.ts';
import { Agent } from '../accounts/agent.entity.ts';
import { withdrawMail } from '../outbound/withdraw-mail.ts';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { AppError, notFound } from '../platform/errors.ts';
import { Attachment } from './attachment.entity.ts';
import { Draft } from './draft.entity.ts';
import { Idempotency } from './idempotency.entity.ts';
import { lockTicket, saveTicket } from './lock-ticket.ts';
import { Message } from './message.entity.ts';
import { forgetMessageIds } from './message-refs.ts';
import { forgetNewRequester } from './open-ticket.ts';
import { removeTickets } from './remove-tickets.ts';
import { editableHtml } from './reply-body.ts';
import { type BegunTicket, type Forwarded, SentReply, type TicketBefore } from './sent-reply.entity.ts';
import { Ticket } from './ticket.entity.ts';
import { requireMayWork } from './ticket.policy.ts';
import { TicketEvent } from './ticket-event.entity.ts';
import { Upload } from './upload.entity.ts';
import { ownerOf } from './uploads.ts';

const MAX_WAITING = 20;
/** Said where a mail has begun to go out. */
export const TOO_LATE = 'It is too late: the reply is on its way.';

/** A mail that was taken back: it is a draft again. */
export interface UndoneReply {
  readonly ticket: Ticket;
  /** The ticket was begun by this mail and is gone; null: it stays. */
  readonly begunTicket: BegunTicket | null;
  readonly draft: Draft;
  readonly cc: string[];
  readonly bcc: string[];
  readonly attachments: Upload[];
}

/** Keeps how the ticket stood, so that the reply can be taken back, in the caller's transaction and before the ticket changes. */
export async function rememberBefore(
  ctx: Context,
  ticket: Ticket,
  message: Message,
  { delayMs, forwarded, begun }: { delayMs: number; forwarded?: Forwarded; begun?: BegunTicket },
): Promise<void> {
  await ctx.db.insert(SentReply, {
    messageId: message.id,
    agentId: message.authorId!,
    undoUntil: new Date(ctx.clock.now().getTime() + delayMs),
    before: {
      status: ticket.status,
      closeWhenSent: ticket.closeWhenSent,
      lastReplyId: ticket.lastReplyId,
      answeredAt: ticket.answeredAt?.toISOString() ?? null,
      closedAt: ticket.closedAt?.toISOString() ?? null,
      reopenedAt: ticket.reopenedAt?.toISOString() ?? null,
      lastActivityAt: ticket.lastActivityAt.toISOString(),
      ...(forwarded && { forwarded }),
      ...(begun && { begun }),
    },
  });
}

/**
 * Takes back a mail of the viewer that waits in the outbox: no message, no mail, the ticket as it stood, and words,
 * recipients and files as a draft. A ticket that it opened goes with it, unless somebody did anything there meanwhile.
 * @throws AppError NOT_FOUND, FORBIDDEN, CONFLICT when it has begun to go out
 */
export async function undoSend(ctx: Context, { messageId }: { messageId: string }): Promise<UndoneReply> {
  requireMayWork(ctx.actor);
  const agentId = requireAgent(ctx.actor);
  return transact(ctx, async (ctx) => {
    const message = await ctx.db.findOneBy(Message, { id: messageId });
    if (!message) throw notFound('message');
    const ticket = await lockTicket(ctx, message.ticketId);
    const sent = await ctx.db.findOneBy(SentReply, { messageId, agentId });
    if (!sent || sent.undoUntil <= ctx.clock.now() || !(await withdrawMail(ctx, message.outgoingMailId!)))
      throw new AppError('CONFLICT', TOO_LATE);
    const attachments = await giveBackFiles(ctx, message, sent.before.forwarded);
    await ctx.db.delete(Message, { id: messageId });
    await forgetMessageIds(ctx, messageId);
    await ctx.db.delete(Idempotency, { messageId });
    await ctx.db.delete(SentReply, { messageId });
    await standAsBefore(ctx, ticket, message, sent.before);
    const { begun, forwarded } = sent.before;
    const draft = await draftOf(ctx, message, { agentId, attachments, forwarded });
    const isGone = begun !== undefined && (await removeUntouched(ctx, ticket, agentId));
    if (!isGone) {
      await ctx.db.upsert(Draft, { ...draft }, ['ticketId', 'agentId']);
      await saveTicket(ctx, ticket);
    }
    const begunTicket = isGone ? begun : null;
    return { ticket, begunTicket, draft, cc: message.cc, bcc: message.bcc ?? [], attachments };
  });
}

/** Files of a message that was sent on stay with that message; the agent's own are uploads again. */
async function giveBackFiles(ctx: Context, message: Message, forwarded: Forwarded | undefined): Promise<Upload[]> {
  const all = await ctx.db.find(Attachment, { where: { messageId: message.id }, order: { position: 'ASC' } });
  const files = forwarded ? all.filter(({ id }) => forwarded.attachmentIds.includes(id)) : all;
  const uploads = files.map(({ id, name, mimeType, sizeBytes, blobId }) =>
    Object.assign(new Upload(), {
      id,
      name,
      mimeType,
      sizeBytes,
      blobId,
      owner: ownerOf(ctx.actor),
      createdAt: ctx.clock.now(),
    }),
  );
  if (uploads.length > 0) await ctx.db.insert(Upload, uploads);
  await ctx.db.delete(Attachment, { messageId: message.id });
  return uploads;
}

/** A letter that came in meanwhile has moved the ticket already; then only what the reply itself set is taken off. */
async function standAsBefore(ctx: Context, ticket: Ticket, message: Message, before: TicketBefore): Promise<void> {
  ticket.messageCount -= 1;
  // An agent's own matter whose only mail was taken back.
  if (ticket.messageCount === 0) ticket.snippet = '';
  if (ticket.lastReplyId !== message.id) return;
  ticket.lastReplyId = before.lastReplyId;
  ticket.closeWhenSent = before.closeWhenSent;
  if (await ctx.db.existsBy(Message, { ticketId: ticket.id, kind: 'INBOUND', id: MoreThan(message.id) })) return;
  const time = (at: string | null) => (at === null ? null : new Date(at));
  ticket.status = before.status;
  ticket.answeredAt = time(before.answeredAt);
  ticket.closedAt = time(before.closedAt);
  ticket.reopenedAt = time(before.reopenedAt);
  ticket.lastActivityAt = new Date(before.lastActivityAt);
}

interface GivenBack {
  readonly agentId: string;
  readonly attachments: readonly Upload[];
  readonly forwarded: Forwarded | undefined;
}

/** What was typed since is kept above what was taken back. */
async function draftOf(ctx: Context, message: Message, { agentId, attachments, forwarded }: GivenBack): Promise<Draft> {
  const { ticketId } = message;
  const newer = await ctx.db.findOneBy(Draft, { ticketId, agentId });
  const html = message.html === null ? null : editableHtml(message.html);
  const joined = (before: readonly string[] | null | undefined, back: readonly string[]) => {
    const all = [...new Set([...(before ?? []), ...back])];
    return all.length > 0 ? all : null;
  };
  const ids = attachments.map(({ id }) => id);
  const hadWords = Boolean(newer?.text.trim());
  const draft = Object.assign(new Draft(), {
    ticketId,
    agentId,
    text: newer && hadWords ? `${newer.text}\n\n${message.newText}` : message.newText,
    html: newer?.html && html !== null ? `${newer.html}${html}` : hadWords ? null : html,
    isNote: newer?.isNote ?? false,
    to: forwarded ? joined(newer?.to, message.to) : (newer?.to ?? null),
    cc: joined(newer?.cc, message.cc),
    bcc: joined(newer?.bcc, message.bcc ?? []),
    attachmentIds: joined(newer?.attachmentIds, ids),
    forwardOfId: forwarded?.messageId ?? newer?.forwardOfId ?? null,
    leftOutIds: joined(newer?.leftOutIds, forwarded?.leftOutIds ?? []),
    updatedAt: ctx.clock.now(),
  });
  return draft;
}

/**
 * Removes a ticket whose only mail was taken back, so that no empty one is left; nobody outside has seen its number.
 * False: it stays, for something else stands in it.
 */
async function removeUntouched(ctx: Context, ticket: Ticket, agentId: string): Promise<boolean> {
  const ticketId = ticket.id;
  const drafts = await ctx.db.findBy(Draft, { ticketId });
  const isTouched =
    drafts.some((draft) => draft.agentId !== agentId || draft.isNote || draft.forwardOfId !== null) ||
    (await ctx.db.existsBy(Message, { ticketId })) ||
    (await ctx.db.existsBy(Ticket, { mergedIntoId: ticketId })) ||
    (await ctx.db.exists(TicketEvent, { where: [{ ticketId }, { otherTicketId: ticketId }] }));
  if (isTouched) return false;
  // What the agent went on writing is in what is given back, with its files.
  await ctx.db.delete(Draft, { ticketId, agentId });
  const agent = await ctx.db.findOneBy(Agent, { id: agentId });
  const by = { deletedAt: ctx.clock.now(), deletedById: agentId, deletedBy: agent?.name ?? null };
  await removeTickets(ctx, [ticket], by);
  await forgetNewRequester(ctx, ticket);
  return true;
}

/** Which of these mails the viewer may still take back. */
export async function findUndoTimes(ctx: Context, messageIds: string[]): Promise<SentReply[]> {
  if (ctx.actor.kind !== 'agent') return [];
  const undoUntil = MoreThan(ctx.clock.now());
  const own = await ctx.db.findBy(SentReply, { agentId: ctx.actor.agentId, undoUntil });
  return own.filter(({ messageId }) => messageIds.includes(messageId));
}

/** A mail of the viewer that waits and can be taken back. */
export interface WaitingMail {
  readonly message: Message;
  readonly ticket: Ticket;
  readonly undoUntil: Date;
}

/** The viewer's mails that can still be taken back, the next to go first. */
export async function findWaitingMails(ctx: Context): Promise<WaitingMail[]> {
  if (ctx.actor.kind !== 'agent') return [];
  const undoUntil = MoreThan(ctx.clock.now());
  const rows = await ctx.db.find(SentReply, {
    where: { agentId: ctx.actor.agentId, undoUntil },
    order: { undoUntil: 'ASC' },
    take: MAX_WAITING,
  });
  if (rows.length === 0) return [];
  const messages = await ctx.db.findBy(Message, { id: In(rows.map(({ messageId }) => messageId)) });
  const tickets = await ctx.db.findBy(Ticket, { id: In(messages.map(({ ticketId }) => ticketId)) });
  return rows.flatMap(({ messageId, undoUntil }) => {
    const message = messages.find(({ id }) => id === messageId);
    const ticket = tickets.find(({ id }) => id === message?.ticketId);
    return message && ticket ? [{ message, ticket, undoUntil }] : [];
  });
}

/** Forgets what can no longer be taken back. Returns how many. */
export async function sweepSentReplies(ctx: Context): Promise<number> {
  const undoUntil = LessThan(ctx.clock.now());
  const { affected } = await transact(ctx, (ctx) => ctx.db.delete(SentReply, { undoUntil }));
  return affected ?? 0;
}
