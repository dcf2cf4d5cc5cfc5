import { normalizeAddress } from '@support-center/mail';
import type { Context } from '../platform/context.ts';
import { addLetter, snippetOf } from './add-message.ts';
import type { Letter } from './letter.ts';
import { lockTicket, saveTicket } from './lock-ticket.ts';
import type { Ticket } from './ticket.entity.ts';
import { moveTicket } from './ticket-status.ts';

/**
 * Appends what an agent wrote from their own mail program, in the caller's transaction. Sent to the requester too, it is
 * the desk's answer; sent to the desk alone, it is a note that only agents see. Nothing is mailed on.
 */
export async function addStaffLetter(
  ctx: Context,
  { ticketId, letter, agentId }: { ticketId: string; letter: Letter; agentId: string },
): Promise<Ticket> {
  const ticket = await lockTicket(ctx, ticketId);
  const recipients = [...letter.to, ...letter.cc].map(normalizeAddress);
  const isReply = ticket.requesterEmail !== null && recipients.includes(ticket.requesterEmail);
  const message = await addLetter(ctx, ticket, letter, { kind: isReply ? 'REPLY' : 'NOTE', authorId: agentId });
  ticket.messageCount += 1;
  ticket.attachmentCount += letter.attachments.length;
  if (isReply) {
    moveTicket(ticket, 'reply', ctx.clock.now());
    ticket.lastReplyId = message.id;
    ticket.lastActivityAt = letter.receivedAt;
    ticket.snippet = snippetOf(letter.newText);
  }
  return saveTicket(ctx, ticket);
}
