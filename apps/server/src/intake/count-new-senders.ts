import type { Context } from '../platform/context.ts';
import { Message } from '../tickets/message.entity.ts';
import type { DecisionInput } from './decide-mail.ts';
import type { Thread } from './find-thread.ts';
import { InboundMail } from './inbound-mail.entity.ts';

const HOUR_MS = 3_600_000;

/** How many letters joined as those of new senders in the last hour. Asks only where a new sender could join. */
export async function countNewSenderLetters(
  ctx: Context,
  sender: string | null,
  { candidates }: Thread,
  now: Date,
): Promise<DecisionInput['newSenderLetters']> {
  const ticketIds = candidates.filter((candidate) => !candidate.isParticipant).map(({ ticketId }) => ticketId);
  if (ticketIds.length === 0) return { bySender: 0, byTicket: new Map() };
  const since = new Date(now.getTime() - HOUR_MS);
  const rows = await ctx.db
    .createQueryBuilder(Message, 'm')
    .select('m.ticketId', 'ticketId')
    .addSelect('COUNT(*)', 'count')
    .where('m.ticketId IN (:...ticketIds) AND m.createdAt > :since AND m.newSender = :yes', {
      ticketIds,
      since,
      yes: true,
    })
    .groupBy('m.ticketId')
    .getRawMany<{ ticketId: string; count: number | string }>();
  const bySender =
    sender === null
      ? 0
      : await ctx.db
          .createQueryBuilder(InboundMail, 'i')
          .innerJoin(Message, 'm', 'm.inboundMailId = i.id')
          .where('i.fromAddress = :sender AND i.receivedAt > :since AND m.newSender = :yes', {
            sender,
            since,
            yes: true,
          })
          .getCount();
  return { bySender, byTicket: new Map(rows.map(({ ticketId, count }) => [ticketId, Number(count)])) };
}
