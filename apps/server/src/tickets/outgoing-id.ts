import { domainOf, signMessageId } from '@support-center/mail';
import type { Context } from '../platform/context.ts';
import { messageIdKey } from './message-id-key.ts';
import type { Ticket } from './ticket.entity.ts';

/** A new outgoing mail of a ticket: its row id and its signed Message-ID, which names ticket and row. */
export function makeOutgoingId(
  ctx: Context,
  ticket: Pick<Ticket, 'number' | 'mailboxId'>,
  supportEmail: string,
): { id: string; messageId: string } {
  const id = ctx.random.id(ctx.clock.now());
  const token = { ticket: ticket.number, entry: id.replaceAll('-', ''), mailbox: ticket.mailboxId };
  return { id, messageId: signMessageId(token, messageIdKey(ctx), domainOf(supportEmail) ?? 'localhost') };
}
