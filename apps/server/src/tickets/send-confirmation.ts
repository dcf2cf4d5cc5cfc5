import { tagSubject } from '@support-center/mail';
import { automaticHeaders, composeMail } from '../outbound/compose.ts';
import { queueMail } from '../outbound/queue-mail.ts';
import type { Context } from '../platform/context.ts';
import { emptyMessage } from './add-message.ts';
import { Message } from './message.entity.ts';
import { rememberMessageId } from './message-refs.ts';
import { makeOutgoingId } from './outgoing-id.ts';
import { holdsSecrets } from './pgp-state.ts';
import { replyToHeader } from './signed-reply-address.ts';
import { threadHeaders } from './thread-headers.ts';
import { Ticket } from './ticket.entity.ts';

/** How the confirmation is laid out; the subject is all that it repeats of the letter. */
function confirmationText(number: number, subject: string | null): string {
  return [
    'Hello,',
    '',
    `thank you for your message. It has arrived and has the number #${number}.`,
    ...(subject ? [`Subject: ${subject}`] : []),
    '',
    'We will answer as soon as we can. If you want to add something, answer this mail and leave the subject as it is.',
    '',
    'This mail was written automatically.',
  ].join('\n');
}

/**
 * Queues the confirmation of a new ticket, in the caller's transaction. It quotes nothing but the subject, and nothing
 * at all of a letter that was encrypted.
 */
export async function sendConfirmation(
  ctx: Context,
  {
    ticket,
    message,
    settings,
  }: { ticket: Ticket; message: Message; settings: { supportEmail: string | null; signedReplyAddress: boolean } },
): Promise<Message> {
  const from = settings.supportEmail!;
  const to = ticket.requesterEmail!;
  const isSecret = holdsSecrets(message.pgp);
  const subject = isSecret ? 'Your message' : ticket.subject;
  const text = confirmationText(ticket.number, isSecret ? null : ticket.subject);
  const { id, messageId } = makeOutgoingId(ctx, ticket, from);
  const tagged = tagSubject(`Re: ${subject}`, ticket.number);
  const bytes = await composeMail({
    from: { address: from, name: null },
    to: [to],
    subject: tagged,
    text,
    date: ctx.clock.now(),
    messageId,
    ...(await threadHeaders(ctx, ticket.id)),
    headers: { ...automaticHeaders('auto-replied', from), ...replyToHeader(ctx, ticket, settings) },
  });
  await queueMail(ctx, {
    id,
    kind: 'CONFIRMATION',
    dedupeKey: `confirm:${message.inboundMailId}`,
    messageId,
    subject: tagged,
    from,
    recipients: [to],
    bytes,
    nullSender: true,
  });
  const confirmation = Object.assign(new Message(), emptyMessage(ctx, ticket.id), {
    kind: 'CONFIRMATION' as const,
    subject: tagged,
    fromAddress: from,
    to: [to],
    text,
    newText: text,
    outgoingMailId: id,
    reasons: ['confirmation of a new ticket'],
  });
  await ctx.db.insert(Message, confirmation);
  await ctx.db.increment(Ticket, { id: ticket.id }, 'messageCount', 1);
  await rememberMessageId(ctx, messageId, confirmation);
  return confirmation;
}
