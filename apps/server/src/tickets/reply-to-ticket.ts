import { replySubject } from '@support-center/mail';
import { MoreThan } from 'typeorm';
import { articlesInReply } from '../knowledge-base/articles-in-reply.ts';
import { noteReplied } from '../knowledge-base/suggestion-uses.ts';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { AppError, invalidInput } from '../platform/errors.ts';
import { Draft } from './draft.entity.ts';
import { rememberWish, repeatedWish } from './idempotent.ts';
import { lockTicket, saveTicket } from './lock-ticket.ts';
import { readRecipients } from './mail-recipients.ts';
import { Message } from './message.entity.ts';
import { publicSubject } from './public-subject.ts';
import { quoteBelow } from './quote-below.ts';
import { type ReplyBody, replyBody } from './reply-body.ts';
import { sealingFor, warmSealing } from './seal-mail.ts';
import { requireSupportEmail, sendTicketMail } from './send-ticket-mail.ts';
import { threadHeaders } from './thread-headers.ts';
import { Ticket, type TicketStatus } from './ticket.entity.ts';
import { requireMayWork } from './ticket.policy.ts';
import { moveTicket } from './ticket-status.ts';
import { rememberBefore } from './undo-send.ts';
import { findUploads } from './uploads.ts';

const MESSAGE_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Who else gets a mail, and the files that go with it. */
export interface MailExtras {
  readonly cc?: readonly string[] | null;
  readonly bcc?: readonly string[] | null;
  readonly attachmentIds?: readonly string[] | null;
  /** True: only encrypted; false: in the clear; otherwise encrypted where a key was chosen. */
  readonly encrypt?: boolean | null;
}

/** What an agent or a program wants to answer. */
export interface Reply extends MailExtras {
  readonly ticketId: string;
  readonly text?: string | null;
  readonly html?: string | null;
  /** The ticket's state once the answer is queued; CLOSED closes as the mail server takes it. */
  readonly thenStatus?: TicketStatus | null;
  /** The newest message that the writer has seen; a newer letter, or a teammate's newer answer, stops the reply. */
  readonly lastSeenMessageId?: string | null;
  /** The suggested article that the answer was made from. */
  readonly suggestionArticleId?: string | null;
  readonly idempotencyKey?: string | null;
}

/**
 * Answers the requester: message, mail and the ticket's state in one transaction. It comes from the Support Email. An
 * agent's answer waits in the outbox for as long as the settings say, and can be taken back meanwhile; a program's does not.
 * @throws AppError NOT_FOUND, FORBIDDEN, INVALID_INPUT, CONFLICT when something newer has come in, UNAVAILABLE without a Support Email
 */
export async function replyToTicket(ctx: Context, reply: Reply): Promise<Message> {
  requireMayWork(ctx.actor);
  const body = replyBody(reply);
  const known = await ctx.db.findOneBy(Ticket, { id: reply.ticketId });
  await warmSealing(ctx, known?.requesterEmail ?? null, reply.encrypt);
  return transact(ctx, async (ctx) => {
    const ticket = await lockTicket(ctx, reply.ticketId);
    const repeated = await repeatedWish(ctx, reply.idempotencyKey, wishOf(reply));
    if (repeated) return repeated;
    await requireSeenAll(ctx, reply);
    const delayMs = ctx.actor.kind === 'agent' ? (await requireSupportEmail(ctx)).undoSeconds * 1000 : 0;
    const message = await queueReply(ctx, ticket, body, reply, delayMs);
    const used = await articlesInReply(ctx, body, reply.suggestionArticleId ?? null);
    await noteReplied(ctx, ticket.id, message.id, used);
    if (delayMs > 0) await rememberBefore(ctx, ticket, message, { delayMs });
    applyStatus(ctx, ticket, message, reply.thenStatus ?? 'ANSWERED');
    await saveTicket(ctx, ticket);
    if (message.authorId) await ctx.db.delete(Draft, { ticketId: ticket.id, agentId: message.authorId, isNote: false });
    await rememberWish(ctx, reply.idempotencyKey, wishOf(reply), message);
    return message;
  });
}

/** Writes the reply's message and mail, in the caller's transaction. */
export async function queueReply(
  ctx: Context,
  ticket: Ticket,
  body: ReplyBody,
  extras: MailExtras = {},
  delayMs = 0,
): Promise<Message> {
  const { supportEmail } = await requireSupportEmail(ctx);
  if (!ticket.requesterEmail)
    throw new AppError('CONFLICT', 'The sender of this ticket is unknown, so there is nobody to answer.');
  const { cc, bcc } = readRecipients({ to: [ticket.requesterEmail], cc: extras.cc, bcc: extras.bcc }, supportEmail);
  const sealing = await sealingFor(ctx, [ticket.requesterEmail, ...cc, ...bcc], extras.encrypt);
  const about = sealing ? ticket.subject : await publicSubject(ctx, ticket);
  return sendTicketMail(ctx, ticket, {
    kind: 'REPLY',
    subject: replySubject(about, ticket.number),
    recipients: { to: [ticket.requesterEmail], cc, bcc },
    own: body,
    sent: (framed) => quoteBelow(ctx, ticket.id, framed, sealing !== null),
    sealing,
    uploads: await findUploads(ctx, extras.attachmentIds ?? []),
    thread: await threadHeaders(ctx, ticket.id),
    delayMs,
  });
}

function applyStatus(ctx: Context, ticket: Ticket, message: Message, thenStatus: TicketStatus): void {
  const now = ctx.clock.now();
  moveTicket(ticket, 'reply', now);
  ticket.lastReplyId = message.id;
  ticket.lastActivityAt = now;
  ticket.messageCount += 1;
  if (thenStatus === 'CLOSED') ticket.closeWhenSent = true;
  if (thenStatus === 'ON_HOLD') moveTicket(ticket, 'hold', now);
  if (thenStatus === 'OPEN') moveTicket(ticket, 'follow-up', now);
}

/**
 * The message that was seen need not be there any more: it may have been taken back or moved, and ids tell the order all
 * the same. @throws AppError INVALID_INPUT, or CONFLICT when a letter came in or an answer was given that the writer has not seen
 */
async function requireSeenAll(ctx: Context, { ticketId, lastSeenMessageId }: Reply): Promise<void> {
  if (!lastSeenMessageId) return;
  if (!MESSAGE_ID.test(lastSeenMessageId))
    throw invalidInput([{ path: 'lastSeenMessageId', message: 'This is not the id of a message.' }]);
  // Ids grow with the time of filing; a letter that was collected before but filed after is just as unseen.
  const id = MoreThan(lastSeenMessageId);
  if (await ctx.db.existsBy(Message, { ticketId, kind: 'INBOUND', id }))
    throw new AppError(
      'CONFLICT',
      'The customer wrote again while you were answering. Nothing was sent; read the new message first.',
    );
  const answer = await ctx.db.findOne(Message, { where: { ticketId, kind: 'REPLY', id }, order: { id: 'DESC' } });
  if (!answer) return;
  const isOwn = ctx.actor.kind === 'agent' && answer.authorId === ctx.actor.agentId;
  throw new AppError(
    'CONFLICT',
    isOwn
      ? 'You answered this ticket in another window. Nothing more was sent; read that answer first.'
      : 'A teammate answered this ticket while you were writing. Nothing was sent; read that answer first.',
  );
}

/** What makes two replies under one key the same. */
function wishOf({ ticketId, text, html, thenStatus, cc, bcc, attachmentIds, encrypt }: Reply): unknown {
  const mail = [ticketId, text ?? null, html ?? null, thenStatus ?? null, cc ?? [], bcc ?? [], attachmentIds ?? []];
  return [...mail, encrypt ?? null];
}
