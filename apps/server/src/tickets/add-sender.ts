import { isStrictAddress } from '@support-center/mail';
import { In } from 'typeorm';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { AppError, notFound } from '../platform/errors.ts';
import { lockTicket, saveTicket } from './lock-ticket.ts';
import { Message } from './message.entity.ts';
import { Participant } from './participant.entity.ts';
import { senderOf, takesPart } from './participants.ts';
import { requireMayWork } from './ticket.policy.ts';
import type { TicketEvent } from './ticket-event.entity.ts';
import { recordEvent, standingEvent, standingOf } from './ticket-history.ts';

const MAX_ADDRESS = 190;

/**
 * Lets the sender of a letter take part in its ticket: their letters count as everybody's from now on, and replies may go
 * there. Asked for twice it is done once.
 * @throws AppError NOT_FOUND, FORBIDDEN, CONFLICT when there is no address that could be written to
 */
export async function addSender(ctx: Context, { messageId }: { messageId: string }): Promise<TicketEvent> {
  requireMayWork(ctx.actor);
  return transact(ctx, async (ctx) => {
    const message = await ctx.db.findOneBy(Message, { id: messageId });
    if (!message) throw notFound('message');
    const ticket = await lockTicket(ctx, message.ticketId);
    const address = senderOf(message);
    if (message.kind !== 'INBOUND' || address === null || !isStrictAddress(address) || address.length > MAX_ADDRESS)
      throw new AppError('CONFLICT', 'This message has no sender whom a reply could reach.');
    if (await takesPart(ctx, ticket, address)) {
      const done = await standingEvent(ctx, 'ADD_SENDER', messageId);
      if (done) return done;
      throw new AppError('CONFLICT', 'The sender takes part in this ticket already.');
    }
    await ctx.db.insert(Participant, { ticketId: ticket.id, address, addedAt: ctx.clock.now() });
    const strange = await ctx.db.find(Message, {
      where: { ticketId: ticket.id, kind: 'INBOUND', newSender: true },
      select: { id: true, fromAddress: true },
    });
    const messageIds = strange.filter((letter) => senderOf(letter) === address).map(({ id }) => id);
    if (messageIds.length > 0) await ctx.db.update(Message, { id: In(messageIds) }, { newSender: false });
    const before = {
      messageIds,
      ticket: standingOf(ticket),
      ticketAfter: ticket.status,
      other: null,
      otherAfter: null,
    };
    await saveTicket(ctx, ticket);
    return recordEvent(ctx, {
      ticketId: ticket.id,
      otherTicketId: null,
      kind: 'ADD_SENDER',
      messageId,
      address,
      before,
    });
  });
}
