import { In } from 'typeorm';
import { OutgoingMail } from '../outbound/outgoing-mail.entity.ts';
import type { Context } from '../platform/context.ts';
import { snippetOf } from './add-message.ts';
import { Attachment } from './attachment.entity.ts';
import { Message } from './message.entity.ts';
import { MessageRef } from './message-ref.entity.ts';
import { senderOf, takesPart } from './participants.ts';
import { holdsSecrets } from './pgp-state.ts';
import type { Ticket } from './ticket.entity.ts';
import { moveTicket } from './ticket-status.ts';

const AT_ONCE = 500;

/**
 * Puts messages of one ticket into another with their attachments, in the caller's transaction. Both tickets are counted
 * anew in memory; the caller saves them. Their Message-IDs come along, so that later answers find them there; those of a
 * merged ticket stay and lead on through it. A letter whose sender takes no part in its new ticket is one of a new sender
 * there: it is not quoted to the people of that ticket.
 */
export async function relocateMessages(
  ctx: Context,
  ids: readonly string[],
  from: Ticket,
  to: Ticket,
  { isMerge }: { isMerge: boolean },
): Promise<void> {
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const some = In(ids.slice(at, at + AT_ONCE));
    await ctx.db.update(Message, { id: some, ticketId: from.id }, { ticketId: to.id });
    await ctx.db.update(Attachment, { messageId: some }, { ticketId: to.id });
    if (!isMerge) await ctx.db.update(MessageRef, { messageId: some }, { ticketId: to.id });
    await markNewSenders(ctx, ids.slice(at, at + AT_ONCE), to);
  }
  await recount(ctx, from);
  await recount(ctx, to);
}

async function markNewSenders(ctx: Context, ids: readonly string[], ticket: Ticket): Promise<void> {
  const letters = await ctx.db.find(Message, {
    where: { id: In([...ids]), kind: 'INBOUND' },
    select: { id: true, fromAddress: true, newSender: true },
  });
  const known = new Map<string | null, boolean>();
  for (const letter of letters) {
    const sender = senderOf(letter);
    if (!known.has(sender)) known.set(sender, await takesPart(ctx, ticket, sender));
    const newSender = !known.get(sender);
    if (newSender !== letter.newSender) await ctx.db.update(Message, { id: letter.id }, { newSender });
  }
}

/** Everything of a ticket that follows from its messages, but its state. */
async function recount(ctx: Context, ticket: Ticket): Promise<void> {
  const messages = await ctx.db.find(Message, {
    where: { ticketId: ticket.id },
    select: { id: true, kind: true, createdAt: true, pgp: true },
    order: { createdAt: 'ASC', id: 'ASC' },
  });
  const newest = (...kinds: Message['kind'][]) => messages.findLast(({ kind }) => kinds.includes(kind));
  const shown = newest('INBOUND', 'REPLY');
  const words =
    shown && (await ctx.db.findOne(Message, { where: { id: shown.id }, select: { id: true, newText: true } }));
  ticket.messageCount = messages.length;
  ticket.attachmentCount = await ctx.db.countBy(Attachment, { ticketId: ticket.id });
  ticket.snippet = words ? snippetOf(words.newText) : '';
  ticket.encrypted = messages.some(({ pgp }) => holdsSecrets(pgp));
  ticket.lastReplyId = newest('REPLY')?.id ?? null;
  ticket.lastInboundAt = newest('INBOUND')?.createdAt ?? ticket.createdAt;
  ticket.lastActivityAt = shown?.createdAt ?? ticket.lastActivityAt;
}

/**
 * Puts a ticket back to answered when the letter that had opened it again is gone and our answer is the last word once
 * more; an answer that did not arrive leaves it open.
 */
export async function restAfterLeaving(ctx: Context, ticket: Ticket): Promise<void> {
  if (ticket.status !== 'OPEN' || ticket.lastReplyId === null) return;
  const reply = await ctx.db.findOneByOrFail(Message, { id: ticket.lastReplyId });
  if (reply.createdAt < ticket.lastInboundAt) return;
  const mail = reply.outgoingMailId && (await ctx.db.findOneBy(OutgoingMail, { id: reply.outgoingMailId }));
  if (mail && (mail.state === 'FAILED' || mail.state === 'BOUNCED')) return;
  moveTicket(ticket, 'reply', reply.createdAt);
}
