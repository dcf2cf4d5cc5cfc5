import type { Context } from '../platform/context.ts';
import { Message } from './message.entity.ts';
import type { Ticket } from './ticket.entity.ts';

/** Stands for a subject that may not be seen on the way. */
const STAND_IN = 'Your message';

/** The subject for a mail in the clear: one that came out of an encrypted letter is not told. */
export async function publicSubject(
  ctx: Context,
  ticket: Pick<Ticket, 'id' | 'subject' | 'encrypted'>,
): Promise<string> {
  if (!ticket.encrypted) return ticket.subject;
  const letters = await ctx.db.find(Message, {
    where: { ticketId: ticket.id, kind: 'INBOUND' },
    select: { id: true, pgp: true },
  });
  return letters.some(({ pgp }) => pgp?.subjectIsSecret) ? STAND_IN : ticket.subject;
}
