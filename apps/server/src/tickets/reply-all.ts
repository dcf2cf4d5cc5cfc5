import { normalizeAddress } from '@support-center/mail';
import type { Context } from '../platform/context.ts';
import { readSettings } from '../settings/read-settings.ts';
import { Message } from './message.entity.ts';
import { Participant } from './participant.entity.ts';
import type { Ticket } from './ticket.entity.ts';

/** Whom "reply all" fills in. */
export interface ReplyAll {
  readonly to: string[];
  readonly cc: string[];
}

/**
 * The requester, and in Cc who takes part: participants, and who stood in To or Cc of the requester's newest letter. Our
 * own addresses are left out, and so is whoever only a new sender named: no ticket goes there until an agent adds him.
 */
export async function replyAllOf(ctx: Context, ticket: Ticket): Promise<ReplyAll> {
  if (!ticket.requesterEmail) return { to: [], cc: [] };
  const { supportEmail, defaultEmailFrom } = await readSettings(ctx);
  const newest = await ctx.db.findOne(Message, {
    where: { ticketId: ticket.id, kind: 'INBOUND', newSender: false },
    order: { createdAt: 'DESC', id: 'DESC' },
  });
  const participants = await ctx.db.findBy(Participant, { ticketId: ticket.id });
  const mayName = newest !== null && normalizeAddress(newest.fromAddress ?? '') === ticket.requesterEmail;
  const named = mayName ? [...newest.to, ...newest.cc] : [];
  const left = new Set([ticket.requesterEmail, supportEmail, defaultEmailFrom]);
  const cc = [...participants.map(({ address }) => address), ...named].flatMap((written) => {
    const address = normalizeAddress(written);
    if (address === null || left.has(address)) return [];
    left.add(address);
    return [address];
  });
  return { to: [ticket.requesterEmail], cc };
}
