import { normalizeSubject } from '@support-center/mail';
import type { Context } from '../platform/context.ts';
import { addAttachments, snippetOf } from './add-message.ts';
import { Attachment } from './attachment.entity.ts';
import type { Letter } from './letter.ts';
import { lockTicket, saveTicket } from './lock-ticket.ts';
import { Message } from './message.entity.ts';
import { ticketSubject } from './open-ticket.ts';
import { holdsSecrets } from './pgp-state.ts';
import { noteOfferedKeys } from './requester-keys.ts';
import type { Ticket } from './ticket.entity.ts';

/**
 * Puts a letter that was read anew, as after a key was added, in the place of its message: words, subject, attachments
 * and what OpenPGP says. Its place, its sender and the ticket's state stay. In the caller's transaction.
 */
export async function replaceLetter(ctx: Context, message: Message, letter: Letter): Promise<Message> {
  const ticket = await lockTicket(ctx, message.ticketId);
  const subjectBefore = message.subject;
  const attachmentsBefore = await ctx.db.countBy(Attachment, { messageId: message.id });
  await ctx.db.delete(Attachment, { messageId: message.id });
  await addAttachments(ctx, message, letter.attachments);
  Object.assign(message, {
    subject: letter.subject?.slice(0, 1000) ?? null,
    text: letter.text,
    newText: letter.newText,
    html: letter.html,
    htmlVersion: letter.htmlVersion,
    blockedImages: letter.blockedImages,
    reasons: [...letter.reasons],
    pgp: letter.pgp,
    pgpFailedAt: letter.pgp?.canRetry ? ctx.clock.now() : null,
  } satisfies Partial<Message>);
  await ctx.db.save(Message, message);
  await noteOfferedKeys(ctx, message.fromAddress, letter.offeredKeys);
  ticket.attachmentCount += letter.attachments.length - attachmentsBefore;
  ticket.encrypted ||= holdsSecrets(letter.pgp);
  if (await isNewest(ctx, message)) ticket.snippet = snippetOf(letter.newText);
  if (message.subject !== subjectBefore && (await isFirst(ctx, message))) renameTicket(ticket, subjectBefore, letter);
  await saveTicket(ctx, ticket);
  return message;
}

/** Only a name that the letter itself gave is replaced; an agent's words stay. */
function renameTicket(ticket: Ticket, before: string | null, { subject }: Letter): void {
  if (ticket.subject !== ticketSubject(before) || !subject) return;
  ticket.subject = ticketSubject(subject);
  ticket.subjectKey = normalizeSubject(subject).key;
}

async function isNewest(ctx: Context, { id, ticketId }: Message): Promise<boolean> {
  const order = { createdAt: 'DESC', id: 'DESC' } as const;
  return (await ctx.db.findOne(Message, { where: { ticketId, kind: 'INBOUND' }, order }))?.id === id;
}

async function isFirst(ctx: Context, { id, ticketId }: Message): Promise<boolean> {
  const order = { createdAt: 'ASC', id: 'ASC' } as const;
  return (await ctx.db.findOne(Message, { where: { ticketId, kind: 'INBOUND' }, order }))?.id === id;
}
