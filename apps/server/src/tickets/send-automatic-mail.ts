import { automaticHeaders, composeMail } from '../outbound/compose.ts';
import { queueMail } from '../outbound/queue-mail.ts';
import type { Context } from '../platform/context.ts';
import { emptyMessage } from './add-message.ts';
import { Message } from './message.entity.ts';
import { rememberMessageId } from './message-refs.ts';
import { makeOutgoingId } from './outgoing-id.ts';
import { replyToHeader } from './signed-reply-address.ts';
import { threadHeaders } from './thread-headers.ts';
import type { Ticket } from './ticket.entity.ts';

/** A mail that nobody writes. */
export interface AutomaticMail {
  readonly kind: 'CONFIRMATION' | 'NOTICE';
  readonly dedupeKey: string;
  readonly subject: string;
  readonly text: string;
  readonly reasons: string[];
}

/**
 * Queues an automatic mail to the requester with its message, in the caller's transaction: marked as a machine's, without
 * an envelope sender, so that no machine answers it (RFC 3834).
 */
export async function sendAutomaticMail(
  ctx: Context,
  ticket: Ticket,
  settings: { readonly supportEmail: string | null; readonly signedReplyAddress: boolean },
  mail: AutomaticMail,
): Promise<Message> {
  const from = settings.supportEmail!;
  const to = ticket.requesterEmail!;
  const { id, messageId } = makeOutgoingId(ctx, ticket, from);
  const { kind, subject, text } = mail;
  const mark = kind === 'CONFIRMATION' ? 'auto-replied' : 'auto-generated';
  const bytes = await composeMail({
    from: { address: from, name: null },
    to: [to],
    subject,
    text,
    date: ctx.clock.now(),
    messageId,
    ...(await threadHeaders(ctx, ticket.id)),
    headers: { ...automaticHeaders(mark, from), ...replyToHeader(ctx, ticket, settings) },
  });
  const { dedupeKey } = mail;
  await queueMail(ctx, { id, kind, dedupeKey, messageId, subject, from, recipients: [to], bytes, nullSender: true });
  const message = Object.assign(new Message(), emptyMessage(ctx, ticket.id), {
    kind,
    subject,
    fromAddress: from,
    to: [to],
    text,
    newText: text,
    outgoingMailId: id,
    reasons: mail.reasons,
  });
  await ctx.db.insert(Message, message);
  await rememberMessageId(ctx, messageId, message);
  return message;
}
