import { tagSubject } from '@support-center/mail';
import { Agent } from '../accounts/agent.entity.ts';
import { composeMail, type MailFile } from '../outbound/compose.ts';
import { queueMail } from '../outbound/queue-mail.ts';
import { readWholeBlob } from '../platform/blobs.ts';
import type { Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import { readSettings, type SupportSettings } from '../settings/read-settings.ts';
import { emptyMessage } from './add-message.ts';
import { Attachment } from './attachment.entity.ts';
import { frameReply } from './frame-reply.ts';
import { mailDocumentFor, withContentIds } from './mail-html.ts';
import type { Recipients } from './mail-recipients.ts';
import { Message } from './message.entity.ts';
import { rememberMessageId } from './message-refs.ts';
import { makeOutgoingId } from './outgoing-id.ts';
import type { ReplyBody } from './reply-body.ts';
import { type Sealing, sealMail } from './seal-mail.ts';
import { replyToHeader } from './signed-reply-address.ts';
import type { Ticket } from './ticket.entity.ts';
import { Upload } from './upload.entity.ts';
import { requireTotal } from './uploads.ts';

/** A mail that an agent or a program writes in a ticket. */
export interface TicketMail {
  readonly kind: 'REPLY' | 'FORWARD';
  readonly subject: string;
  readonly recipients: Recipients;
  /** The writer's own words, as the ticket shows them. */
  readonly own: ReplyBody;
  /** The whole of what is sent, made of the writer's words in the desk's frame. */
  readonly sent: (framed: ReplyBody) => Promise<ReplyBody>;
  readonly uploads: readonly Upload[];
  /** Files of another message that go along. */
  readonly originals?: readonly Attachment[];
  readonly thread: { readonly inReplyTo: string | null; readonly references: readonly string[] };
  /** Whom it is encrypted for; null or left out: it goes in the clear. */
  readonly sealing?: Sealing | null;
  readonly delayMs?: number;
}

/** The settings, where mail can be sent at all. @throws AppError UNAVAILABLE without a Support Email */
export async function requireSupportEmail(ctx: Context): Promise<SupportSettings & { readonly supportEmail: string }> {
  const settings = await readSettings(ctx);
  const { supportEmail } = settings;
  if (supportEmail) return { ...settings, supportEmail };
  const message = 'Without a Support Email nothing can be sent. Your text was kept; give a Support Email in Settings.';
  throw new AppError('UNAVAILABLE', message);
}

/** Writes message, attachments and mail in the caller's transaction. It comes from the Support Email. @throws AppError INVALID_INPUT, UNAVAILABLE */
export async function sendTicketMail(ctx: Context, ticket: Ticket, mail: TicketMail): Promise<Message> {
  const settings = await requireSupportEmail(ctx);
  const { supportEmail } = settings;
  const { to, cc, bcc } = mail.recipients;
  requireTotal([...mail.uploads, ...(mail.originals ?? [])]);
  const author = ctx.actor.kind === 'agent' ? await ctx.db.findOneBy(Agent, { id: ctx.actor.agentId }) : null;
  const { id, messageId } = makeOutgoingId(ctx, ticket, supportEmail);
  const framed = await frameReply(ctx, ticket, mail.own, { author, supportEmail });
  const sent = await mail.sent(framed.body);
  const { html, files } = await bodyAndFiles(ctx, mail, sent);
  const composed = await composeMail({
    from: { address: supportEmail, name: framed.fromName },
    to,
    cc,
    subject: mail.subject,
    text: sent.text,
    html,
    date: ctx.clock.now(),
    messageId,
    ...mail.thread,
    headers: replyToHeader(ctx, ticket, settings),
    attachments: files,
  });
  const outerSubject = mail.sealing ? tagSubject('...', ticket.number) : mail.subject;
  const sealed = mail.sealing ? await sealMail(ctx, composed, mail.sealing, outerSubject) : null;
  await queueMail(ctx, {
    id,
    kind: 'REPLY',
    dedupeKey: `${mail.kind.toLowerCase()}:${id}`,
    messageId,
    subject: outerSubject,
    from: supportEmail,
    recipients: [...to, ...cc, ...bcc],
    bytes: sealed?.bytes ?? composed,
    delayMs: mail.delayMs ?? 0,
  });
  const message = Object.assign(new Message(), emptyMessage(ctx, ticket.id), {
    kind: mail.kind,
    subject: mail.subject,
    fromAddress: supportEmail,
    fromName: framed.fromName,
    to: [...to],
    cc: [...cc],
    bcc: [...bcc],
    text: mail.own.text,
    newText: mail.own.text,
    html: mail.own.html,
    authorId: author?.id ?? null,
    outgoingMailId: id,
    pgp: sealed?.pgp ?? null,
  });
  await ctx.db.insert(Message, message);
  await keepFiles(ctx, message, mail, sent);
  await rememberMessageId(ctx, messageId, message);
  return message;
}

/** Inline images are named by content id; what no words show is a file beside them. */
async function bodyAndFiles(
  ctx: Context,
  mail: TicketMail,
  sent: ReplyBody,
): Promise<{ html: string | null; files: MailFile[] }> {
  const originals = mail.originals ?? [];
  const ids = new Set(mail.uploads.map(({ id }) => id));
  const { html, shown } = withContentIds(sent.html ?? '', (place, name) => {
    if (place === name && ids.has(name)) return contentIdOf(name);
    return originals.find(({ contentId }) => contentId !== null && contentId === name)?.contentId ?? null;
  });
  const files: MailFile[] = [];
  const all = [
    ...mail.uploads.map((upload) => ({ ...upload, contentId: contentIdOf(upload.id) })),
    ...originals.map((original) => ({ ...original })),
  ];
  for (const { name, mimeType, blobId, contentId } of all) {
    const content = await readWholeBlob(ctx, blobId);
    files.push({ name, mimeType, content, ...(contentId !== null && shown.has(contentId) ? { contentId } : {}) });
  }
  return { html: sent.html === null ? null : mailDocumentFor(html), files };
}

function contentIdOf(uploadId: string): string {
  return `${uploadId}@attached`;
}

/** Uploads become attachments of the message under their own ids; copies of originals get new ones. */
async function keepFiles(ctx: Context, message: Message, mail: TicketMail, sent: ReplyBody): Promise<void> {
  const rows = [
    ...mail.uploads.map((upload) => ({
      ...upload,
      contentId: contentIdOf(upload.id),
      inline: sent.html?.includes(`/a/inline/${upload.id}/`) ?? false,
    })),
    ...(mail.originals ?? []).map((original) => ({ ...original, id: ctx.random.id(ctx.clock.now()) })),
  ];
  for (const [position, { id, name, mimeType, sizeBytes, blobId, contentId, inline }] of rows.entries()) {
    const { id: messageId, ticketId } = message;
    await ctx.db.insert(Attachment, {
      id,
      messageId,
      ticketId,
      name,
      mimeType,
      sizeBytes,
      blobId,
      contentId,
      inline,
      position,
    });
  }
  for (const { id } of mail.uploads) await ctx.db.delete(Upload, { id });
}
