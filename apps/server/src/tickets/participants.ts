import { normalizeAddress } from '@support-center/mail';
import type { Context } from '../platform/context.ts';
import type { Message } from './message.entity.ts';
import { Participant } from './participant.entity.ts';
import type { Ticket } from './ticket.entity.ts';

/** Whether a normalised address is the requester's or takes part in the ticket; an unknown sender takes part in its own. */
export async function takesPart(
  ctx: Context,
  ticket: Pick<Ticket, 'id' | 'requesterEmail'>,
  address: string | null,
): Promise<boolean> {
  if (address === ticket.requesterEmail) return true;
  return address !== null && ctx.db.existsBy(Participant, { ticketId: ticket.id, address });
}

/** The normalised address that a letter came from; null: it cannot be read. */
export function senderOf({ fromAddress }: Pick<Message, 'fromAddress'>): string | null {
  return fromAddress === null ? null : normalizeAddress(fromAddress);
}
