import { isStrictAddress, normalizeAddress, sameAddress } from '@support-center/mail';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { invalidInput } from '../platform/errors.ts';
import { MAIN_MAILBOX } from '../settings/mailbox.entity.ts';
import { snippetOf } from './add-message.ts';
import { rememberWish, repeatedWish } from './idempotent.ts';
import { saveTicket } from './lock-ticket.ts';
import { createTicket } from './open-ticket.ts';
import { type ReplyBody, replyBody } from './reply-body.ts';
import { type MailExtras, queueReply } from './reply-to-ticket.ts';
import { warmSealing } from './seal-mail.ts';
import { requireSupportEmail } from './send-ticket-mail.ts';
import type { BegunTicket } from './sent-reply.entity.ts';
import { Ticket } from './ticket.entity.ts';
import { requireMayWork } from './ticket.policy.ts';
import { moveTicket } from './ticket-status.ts';
import { rememberBefore } from './undo-send.ts';

/** A matter that an agent begins. */
export interface TicketToStart extends MailExtras {
  readonly requesterEmail: string;
  readonly requesterName?: string | null;
  readonly subject: string;
  readonly text: string;
  readonly html?: string | null;
  readonly idempotencyKey?: string | null;
}

/**
 * Opens a ticket with an agent's first mail to somebody; it waits for their answer. An agent's mail waits in the outbox as
 * a reply does; taken back, the ticket goes with it. @throws AppError INVALID_INPUT, FORBIDDEN, UNAVAILABLE, CONFLICT
 */
export async function startTicket(ctx: Context, input: TicketToStart): Promise<Ticket> {
  requireMayWork(ctx.actor);
  const email = normalizeAddress(input.requesterEmail);
  if (email === null || !isStrictAddress(email))
    throw invalidInput([{ path: 'requesterEmail', message: 'Enter one address, like anna@example.com.' }]);
  if (input.subject.trim() === '') throw invalidInput([{ path: 'subject', message: 'Enter a subject.' }]);
  const body = replyBody(input);
  await warmSealing(ctx, email, input.encrypt);
  try {
    return await transact(ctx, async (ctx) => (await openedBefore(ctx, input)) ?? open(ctx, input, email, body));
  } catch (error) {
    // Asked for twice in one moment: the other one has opened it by now, and has taken number, key and files.
    const opened = await openedBefore(ctx, input);
    if (opened) return opened;
    throw error;
  }
}

/** The ticket that this wish has opened; null: none. @throws AppError CONFLICT */
async function openedBefore(ctx: Context, input: TicketToStart): Promise<Ticket | null> {
  const repeated = await repeatedWish(ctx, input.idempotencyKey, wishOf(input));
  return repeated && ctx.db.findOneByOrFail(Ticket, { id: repeated.ticketId });
}

/** Writes ticket, message and mail, in the caller's transaction. */
async function open(ctx: Context, input: TicketToStart, email: string, body: ReplyBody): Promise<Ticket> {
  const { supportEmail, undoSeconds } = await requireSupportEmail(ctx);
  if (sameAddress(email, supportEmail))
    throw invalidInput([{ path: 'requesterEmail', message: 'This is our own address. Enter that of a customer.' }]);
  const delayMs = ctx.actor.kind === 'agent' ? undoSeconds * 1000 : 0;
  const at = ctx.clock.now();
  const subject = input.subject.replace(/\s+/g, ' ');
  const ticket = await createTicket(ctx, {
    mailboxId: MAIN_MAILBOX,
    requester: { email, name: input.requesterName ?? null },
    subject,
    at,
  });
  const message = await queueReply(ctx, ticket, body, input, delayMs);
  if (delayMs > 0) await rememberBefore(ctx, ticket, message, { delayMs, begun: begunBy(input) });
  await rememberWish(ctx, input.idempotencyKey, wishOf(input), message);
  moveTicket(ticket, 'reply', at);
  ticket.lastReplyId = message.id;
  ticket.messageCount = 1;
  ticket.snippet = snippetOf(body.text);
  ticket.assigneeId = message.authorId;
  return saveTicket(ctx, ticket);
}

function begunBy({ requesterEmail, requesterName, subject }: TicketToStart): BegunTicket {
  return { requesterEmail, requesterName: requesterName ?? null, subject };
}

function wishOf({
  requesterEmail,
  requesterName,
  subject,
  text,
  html,
  cc,
  bcc,
  attachmentIds,
}: TicketToStart): unknown {
  const who = [requesterEmail, requesterName ?? null, cc ?? [], bcc ?? []];
  return [...who, subject, text, html ?? null, attachmentIds ?? []];
}
