import { normalizeAddress } from '@support-center/mail';
import type { Context } from '../platform/context.ts';
import { Attachment } from './attachment.entity.ts';
import type { Letter } from './letter.ts';
import { Message } from './message.entity.ts';
import { rememberMessageId } from './message-refs.ts';
import { noteOfferedKeys } from './requester-keys.ts';
import type { Ticket } from './ticket.entity.ts';

const MAX_SUBJECT = 1000;
const MAX_ADDRESS = 320;
const SNIPPET = 160;

/** The first words of a text on one line. */
export function snippetOf(text: string): string {
  const line = text
    .slice(0, SNIPPET * 4)
    .replace(/\s+/gu, ' ')
    .trim();
  return line.length > SNIPPET ? `${[...line].slice(0, SNIPPET - 1).join('')}…` : line;
}

/** Everything of a message that has a default. */
export function emptyMessage(ctx: Context, ticketId: string): Omit<Message, 'kind' | 'text' | 'newText'> {
  const createdAt = ctx.clock.now();
  return {
    id: ctx.random.id(createdAt),
    ticketId,
    createdAt,
    sentAt: null,
    subject: null,
    fromAddress: null,
    fromName: null,
    to: [],
    cc: [],
    bcc: null,
    html: null,
    htmlVersion: 0,
    blockedImages: 0,
    authorId: null,
    inboundMailId: null,
    outgoingMailId: null,
    headers: [],
    reasons: [],
    warnings: null,
    newSender: false,
    pgp: null,
    pgpFailedAt: null,
  };
}

/** Writes a letter into a ticket: message, attachments, its Message-ID. In the caller's transaction. */
export async function addLetter(
  ctx: Context,
  ticket: Ticket,
  letter: Letter,
  {
    kind = 'INBOUND',
    newSender = false,
    authorId = null,
  }: Partial<Pick<Message, 'kind' | 'newSender' | 'authorId'>> = {},
): Promise<Message> {
  const message = Object.assign(new Message(), emptyMessage(ctx, ticket.id), {
    kind,
    authorId,
    createdAt: letter.receivedAt,
    sentAt: letter.sentAt,
    subject: letter.subject?.slice(0, MAX_SUBJECT) ?? null,
    fromAddress: letter.from?.address.slice(0, MAX_ADDRESS) ?? null,
    fromName: letter.from?.name?.slice(0, MAX_ADDRESS) ?? null,
    to: [...letter.to],
    cc: [...letter.cc],
    text: letter.text,
    newText: letter.newText,
    html: letter.html,
    htmlVersion: letter.htmlVersion,
    blockedImages: letter.blockedImages,
    inboundMailId: letter.inboundMailId,
    headers: [...letter.headers],
    reasons: [...letter.reasons],
    warnings: letter.warnings.length > 0 ? [...letter.warnings] : null,
    newSender,
    pgp: letter.pgp,
    pgpFailedAt: letter.pgp?.canRetry ? ctx.clock.now() : null,
  } satisfies Partial<Message>);
  await ctx.db.insert(Message, message);
  await addAttachments(ctx, message, letter.attachments);
  const sender = letter.from ? normalizeAddress(letter.from.address) : null;
  await noteOfferedKeys(ctx, sender, letter.offeredKeys);
  if (letter.messageIdHeader) await rememberMessageId(ctx, letter.messageIdHeader, message);
  return message;
}

/** Writes the rows of a message's attachments, whose bytes are stored. In the caller's transaction. */
export async function addAttachments(
  ctx: Context,
  message: { id: string; ticketId: string },
  attachments: Letter['attachments'],
): Promise<void> {
  for (const [position, attachment] of attachments.entries()) {
    await ctx.db.insert(Attachment, {
      ...attachment,
      id: ctx.random.id(ctx.clock.now()),
      messageId: message.id,
      ticketId: message.ticketId,
      name: attachment.name.slice(0, 255),
      mimeType: attachment.mimeType.slice(0, 127),
      contentId: attachment.contentId?.slice(0, 255) ?? null,
      position,
    });
  }
}
