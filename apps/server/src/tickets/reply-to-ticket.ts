import { createHash } from 'node:crypto';
import { tagSubject } from '@support-center/mail';
import { LessThan, MoreThan } from 'typeorm';
import { Agent } from '../accounts/agent.entity.ts';
import { articlesInReply } from '../knowledge-base/articles-in-reply.ts';
import { noteReplied } from '../knowledge-base/suggestion-uses.ts';
import { composeMail } from '../outbound/compose.ts';
import { queueMail } from '../outbound/queue-mail.ts';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { AppError, invalidInput } from '../platform/errors.ts';
import { readSettings } from '../settings/read-settings.ts';
import { emptyMessage } from './add-message.ts';
import { Draft } from './draft.entity.ts';
import { Idempotency } from './idempotency.entity.ts';
import { lockTicket, saveTicket } from './lock-ticket.ts';
import { Message } from './message.entity.ts';
import { rememberMessageId } from './message-refs.ts';
import { makeOutgoingId } from './outgoing-id.ts';
import { quoteBelow } from './quote-below.ts';
import { type ReplyBody, replyBody } from './reply-body.ts';
import { replyToHeader } from './signed-reply-address.ts';
import { threadHeaders } from './thread-headers.ts';
import type { Ticket, TicketStatus } from './ticket.entity.ts';
import { requireMayWork } from './ticket.policy.ts';
import { moveTicket } from './ticket-status.ts';

const KEEP_KEYS_MS = 48 * 3_600_000;

/** What an agent or a program wants to answer. */
export interface Reply {
  readonly ticketId: string;
  readonly text?: string | null;
  readonly html?: string | null;
  /** The ticket's state once the answer is queued; CLOSED closes as the mail server takes it. */
  readonly thenStatus?: TicketStatus | null;
  /** The newest letter that the writer has seen; a newer one stops the reply. */
  readonly lastSeenMessageId?: string | null;
  /** The suggested article that the answer was made from. */
  readonly suggestionArticleId?: string | null;
  readonly idempotencyKey?: string | null;
}

/**
 * Answers the requester: message, mail and the ticket's state in one transaction. It comes from the Support Email.
 * @throws AppError NOT_FOUND, FORBIDDEN, INVALID_INPUT, CONFLICT when something newer has come in, UNAVAILABLE without a Support Email
 */
export async function replyToTicket(ctx: Context, reply: Reply): Promise<Message> {
  requireMayWork(ctx.actor);
  const body = replyBody(reply);
  return transact(ctx, async (ctx) => {
    const ticket = await lockTicket(ctx, reply.ticketId);
    const repeated = await repeatedReply(ctx, reply);
    if (repeated) return repeated;
    await requireSeenAll(ctx, reply);
    const message = await queueReply(ctx, ticket, body);
    const used = await articlesInReply(ctx, body, reply.suggestionArticleId ?? null);
    await noteReplied(ctx, ticket.id, message.id, used);
    applyStatus(ctx, ticket, message, reply.thenStatus ?? 'ANSWERED');
    await saveTicket(ctx, ticket);
    if (message.authorId) await ctx.db.delete(Draft, { ticketId: ticket.id, agentId: message.authorId, isNote: false });
    await rememberKey(ctx, reply, message);
    return message;
  });
}

/** Writes the reply's message and mail, in the caller's transaction. */
export async function queueReply(ctx: Context, ticket: Ticket, body: ReplyBody): Promise<Message> {
  const settings = await readSettings(ctx);
  const { supportEmail } = settings;
  if (!supportEmail)
    throw new AppError(
      'UNAVAILABLE',
      'Without a Support Email nothing can be sent. Your text was kept; give a Support Email in Settings.',
    );
  if (!ticket.requesterEmail)
    throw new AppError('CONFLICT', 'The sender of this ticket is unknown, so there is nobody to answer.');
  const author = ctx.actor.kind === 'agent' ? await ctx.db.findOneBy(Agent, { id: ctx.actor.agentId }) : null;
  const { id, messageId } = makeOutgoingId(ctx, ticket, supportEmail);
  const subject = tagSubject(`Re: ${ticket.subject}`, ticket.number);
  const quoted = await quoteBelow(ctx, ticket.id, body);
  const bytes = await composeMail({
    from: { address: supportEmail, name: author?.name.replace(/[\r\n]/g, ' ') ?? null },
    to: [ticket.requesterEmail],
    subject,
    ...quoted,
    date: ctx.clock.now(),
    messageId,
    ...(await threadHeaders(ctx, ticket.id)),
    headers: replyToHeader(ctx, ticket, settings),
  });
  await queueMail(ctx, {
    id,
    kind: 'REPLY',
    dedupeKey: `reply:${id}`,
    messageId,
    subject,
    from: supportEmail,
    recipients: [ticket.requesterEmail],
    bytes,
  });
  const message = Object.assign(new Message(), emptyMessage(ctx, ticket.id), {
    kind: 'REPLY' as const,
    subject,
    fromAddress: supportEmail,
    fromName: author?.name ?? null,
    to: [ticket.requesterEmail],
    text: body.text,
    newText: body.text,
    html: body.html,
    authorId: author?.id ?? null,
    outgoingMailId: id,
  });
  await ctx.db.insert(Message, message);
  await rememberMessageId(ctx, messageId, message);
  return message;
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

/** @throws AppError CONFLICT when a letter came in that the writer has not seen */
async function requireSeenAll(ctx: Context, { ticketId, lastSeenMessageId }: Reply): Promise<void> {
  if (!lastSeenMessageId) return;
  if (!(await ctx.db.existsBy(Message, { id: lastSeenMessageId, ticketId }))) {
    throw invalidInput([{ path: 'lastSeenMessageId', message: 'There is no such message in this ticket.' }]);
  }
  // Ids grow with the time of filing; a letter that was collected before but filed after is just as unseen.
  const isNewer = await ctx.db.existsBy(Message, { ticketId, kind: 'INBOUND', id: MoreThan(lastSeenMessageId) });
  if (isNewer)
    throw new AppError(
      'CONFLICT',
      'The customer wrote again while you were answering. Nothing was sent; read the new message first.',
    );
}

async function repeatedReply(ctx: Context, reply: Reply): Promise<Message | null> {
  if (!reply.idempotencyKey) return null;
  const known = await ctx.db.findOneBy(Idempotency, { keyHash: keyHash(ctx, reply) });
  if (!known) return null;
  if (known.inputHash !== inputHash(reply))
    throw new AppError('CONFLICT', 'This idempotency key was used for another reply. Nothing was sent.');
  return ctx.db.findOneBy(Message, { id: known.messageId });
}

async function rememberKey(ctx: Context, reply: Reply, message: Message): Promise<void> {
  if (!reply.idempotencyKey) return;
  await ctx.db.insert(Idempotency, {
    keyHash: keyHash(ctx, reply),
    inputHash: inputHash(reply),
    messageId: message.id,
    createdAt: ctx.clock.now(),
  });
}

/** Forgets keys after two days; a wish that comes later is a new one. Returns how many. */
export async function sweepReplyKeys(ctx: Context): Promise<number> {
  const createdAt = LessThan(new Date(ctx.clock.now().getTime() - KEEP_KEYS_MS));
  const { affected } = await transact(ctx, (ctx) => ctx.db.delete(Idempotency, { createdAt }));
  return affected ?? 0;
}

function keyHash({ actor }: Context, { idempotencyKey }: Reply): string {
  const who = actor.kind === 'agent' ? actor.agentId : actor.kind === 'token' ? actor.tokenId : actor.kind;
  return createHash('sha256').update(`${who}\n${idempotencyKey}`).digest('hex');
}

function inputHash({ ticketId, text, html, thenStatus }: Reply): string {
  return createHash('sha256')
    .update(JSON.stringify([ticketId, text ?? null, html ?? null, thenStatus ?? null]))
    .digest('hex');
}
