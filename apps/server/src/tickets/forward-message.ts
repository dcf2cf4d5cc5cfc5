import { tagSubject } from '@support-center/mail';
import { escapeHtml } from '../outbound/escape-html.ts';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { AppError, invalidInput, notFound } from '../platform/errors.ts';
import { Attachment } from './attachment.entity.ts';
import { Draft } from './draft.entity.ts';
import { rememberWish, repeatedWish } from './idempotent.ts';
import { lockTicket, saveTicket } from './lock-ticket.ts';
import { readRecipients } from './mail-recipients.ts';
import { Message } from './message.entity.ts';
import { holdsSecrets } from './pgp-state.ts';
import { type ReplyBody, replyBody } from './reply-body.ts';
import type { MailExtras } from './reply-to-ticket.ts';
import { requireSupportEmail, sendTicketMail } from './send-ticket-mail.ts';
import { requireMayWork } from './ticket.policy.ts';
import { rememberBefore } from './undo-send.ts';
import { findUploads } from './uploads.ts';

/** A message that goes on to somebody else. */
export interface Forward extends MailExtras {
  readonly messageId: string;
  readonly to: readonly string[];
  /** Words above the forwarded message; none are needed. */
  readonly text?: string | null;
  readonly html?: string | null;
  /** The files of the message go along; true by default. */
  readonly withAttachments?: boolean | null;
  /** Those of its files that do not go along. */
  readonly leftOutIds?: readonly string[] | null;
  readonly idempotencyKey?: string | null;
}

/**
 * Sends a message of a ticket on to others, with its files. The ticket stays as it stands, and nobody becomes a
 * participant. An agent's waits in the outbox as a reply does. @throws AppError NOT_FOUND, FORBIDDEN, INVALID_INPUT, CONFLICT for a letter that came encrypted
 */
export async function forwardMessage(ctx: Context, forward: Forward): Promise<Message> {
  requireMayWork(ctx.actor);
  const words = forward.text?.trim() || forward.html?.trim() ? replyBody(forward) : { text: '', html: null };
  return transact(ctx, async (ctx) => {
    const original = await ctx.db.findOneBy(Message, { id: forward.messageId });
    if (!original || original.kind === 'NOTE') throw notFound('message');
    const ticket = await lockTicket(ctx, original.ticketId);
    const wish = wishOf(forward);
    const repeated = await repeatedWish(ctx, forward.idempotencyKey, wish);
    if (repeated) return repeated;
    if (holdsSecrets(original.pgp))
      throw new AppError(
        'CONFLICT',
        'This message came encrypted. Forwarded, its words would travel open, so nothing was sent.',
      );
    const { supportEmail, undoSeconds } = await requireSupportEmail(ctx);
    const delayMs = ctx.actor.kind === 'agent' ? undoSeconds * 1000 : 0;
    const recipients = readRecipients(forward, supportEmail);
    if (recipients.to.length === 0)
      throw invalidInput([{ path: 'to', message: 'Enter an address to forward to, other than our own.' }]);
    const leftOutIds = [...(forward.leftOutIds ?? [])];
    const files = await ctx.db.find(Attachment, { where: { messageId: original.id }, order: { position: 'ASC' } });
    const originals = forward.withAttachments === false ? [] : files.filter(({ id }) => !leftOutIds.includes(id));
    const message = await sendTicketMail(ctx, ticket, {
      kind: 'FORWARD',
      subject: tagSubject(`Fwd: ${original.subject ?? ticket.subject}`, ticket.number),
      recipients,
      own: words,
      sent: async (framed) => withOriginal(words.text === '' ? words : framed, original),
      uploads: await findUploads(ctx, forward.attachmentIds ?? []),
      originals,
      thread: { inReplyTo: null, references: [] },
      delayMs,
    });
    if (delayMs > 0) {
      const attachmentIds = [...(forward.attachmentIds ?? [])];
      const kept = originals.map(({ id }) => id);
      const left = files.map(({ id }) => id).filter((id) => !kept.includes(id));
      const forwarded = { messageId: original.id, attachmentIds, leftOutIds: left };
      await rememberBefore(ctx, ticket, message, { delayMs, forwarded });
    }
    if (message.authorId)
      await ctx.db.delete(Draft, { ticketId: ticket.id, agentId: message.authorId, forwardOfId: original.id });
    ticket.messageCount += 1;
    await saveTicket(ctx, ticket);
    await rememberWish(ctx, forward.idempotencyKey, wish, message);
    return message;
  });
}

/** The words, and below them the message with its head. */
function withOriginal(words: ReplyBody, original: Message): ReplyBody {
  const from = original.fromName
    ? `${original.fromName} <${original.fromAddress}>`
    : (original.fromAddress ?? 'unknown');
  const head = [
    ['From', from],
    ['Date', `${(original.sentAt ?? original.createdAt).toISOString().slice(0, 16).replace('T', ' ')} UTC`],
    ['Subject', original.subject ?? ''],
    ['To', original.to.join(', ')],
    ...(original.cc.length > 0 ? [['Cc', original.cc.join(', ')]] : []),
  ];
  const line = '---------- Forwarded message ----------';
  const text = [words.text, line, ...head.map(([name, value]) => `${name}: ${value}`), '', original.text]
    .join('\n')
    .trimStart();
  const asHtml = ({ text, html }: { text: string; html: string | null }) =>
    html ?? (text === '' ? '' : `<p>${text.split('\n').map(escapeHtml).join('<br>')}</p>`);
  if (words.html === null && original.html === null) return { text, html: null };
  const headHtml = head.map(([name, value]) => `<b>${name}:</b> ${escapeHtml(value!)}`).join('<br>');
  return { text, html: `${asHtml(words)}<p>${line}<br>${headHtml}</p>${asHtml(original)}` };
}

function wishOf({ messageId, to, cc, bcc, text, html, withAttachments, attachmentIds, leftOutIds }: Forward): unknown {
  const files = [withAttachments ?? true, attachmentIds ?? [], ...(leftOutIds?.length ? [leftOutIds] : [])];
  return [messageId, to, cc ?? [], bcc ?? [], text ?? null, html ?? null, ...files];
}
