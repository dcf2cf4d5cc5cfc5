import { replySubject } from '@support-center/mail';
import { templateText } from '../outbound/mail-templates.ts';
import { renderText } from '../outbound/render-template.ts';
import type { Context } from '../platform/context.ts';
import type { Message } from './message.entity.ts';
import { holdsSecrets } from './pgp-state.ts';
import { sendAutomaticMail } from './send-automatic-mail.ts';
import { Ticket } from './ticket.entity.ts';

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
  const isSecret = holdsSecrets(message.pgp);
  const subject = isSecret ? 'Your message' : ticket.subject;
  const values = new Map([
    ['number', String(ticket.number)],
    ['subject', isSecret ? '' : ticket.subject],
    ['supportEmail', settings.supportEmail ?? ''],
  ]);
  const confirmation = await sendAutomaticMail(ctx, ticket, settings, {
    kind: 'CONFIRMATION',
    dedupeKey: `confirm:${message.inboundMailId}`,
    subject: replySubject(subject, ticket.number),
    text: renderText(await templateText(ctx, 'CONFIRMATION'), values),
    reasons: ['confirmation of a new ticket'],
  });
  await ctx.db.increment(Ticket, { id: ticket.id }, 'messageCount', 1);
  return confirmation;
}
