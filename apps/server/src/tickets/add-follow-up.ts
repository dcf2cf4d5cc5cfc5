import { normalizeAddress } from '@support-center/mail';
import type { Context } from '../platform/context.ts';
import { addLetter, snippetOf } from './add-message.ts';
import type { Letter } from './letter.ts';
import { lockTicket, saveTicket } from './lock-ticket.ts';
import type { Message } from './message.entity.ts';
import { holdsSecrets } from './pgp-state.ts';
import { Requester } from './requester.entity.ts';
import type { Ticket } from './ticket.entity.ts';
import { moveTicket } from './ticket-status.ts';

/**
 * Appends a letter to a ticket, in the caller's transaction. A requester's follow-up opens the ticket again and stops
 * any auto-close; a silent one (automatic mail) leaves it as it is. One from a new sender is new and unread and keeps the
 * ticket from closing by itself, but changes its state only where it was closed: nobody would see it there.
 */
export async function addFollowUp(
  ctx: Context,
  { ticketId, letter, newSender, silent }: { ticketId: string; letter: Letter; newSender: boolean; silent: boolean },
): Promise<{ ticket: Ticket; message: Message }> {
  const ticket = await lockTicket(ctx, ticketId);
  const message = await addLetter(ctx, ticket, letter, { newSender });
  ticket.messageCount += 1;
  ticket.attachmentCount += letter.attachments.length;
  if (holdsSecrets(letter.pgp)) ticket.encrypted = true;
  if (!silent) {
    ticket.lastActivityAt = letter.receivedAt;
    ticket.lastInboundAt = letter.receivedAt;
    ticket.snippet = snippetOf(letter.newText);
    if (!newSender || ticket.status === 'CLOSED') moveTicket(ticket, 'follow-up', ctx.clock.now());
    if (!newSender && letter.from?.name) await noteName(ctx, letter.from.address, letter.from.name);
  }
  return { ticket: await saveTicket(ctx, ticket), message };
}

/** The newest name that stood beside an address is the one shown. */
async function noteName(ctx: Context, address: string, name: string): Promise<void> {
  const email = normalizeAddress(address);
  if (email !== null) await ctx.db.update(Requester, { email }, { name: name.slice(0, 200) });
}
