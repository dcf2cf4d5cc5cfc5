import { OutgoingMail } from '../outbound/outgoing-mail.entity.ts';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { defineJob } from '../platform/jobs.ts';
import { readSettings } from '../settings/read-settings.ts';
import { isLastWordOurs, NEVER } from './closes-at.ts';
import { lockTicket, saveTicket } from './lock-ticket.ts';
import { Message } from './message.entity.ts';
import { sendCloseNotice } from './send-close-notice.ts';
import { Ticket } from './ticket.entity.ts';
import { moveTicket } from './ticket-status.ts';

const BATCH = 200;
const DAY_MS = 86_400_000;

/** Closes answered tickets whose time has come. Safe to run twice: a closed ticket is not found again. */
export const closeAnswered = defineJob<null>({
  name: 'close-answered',
  everyMs: 60_000,
  async run(ctx, _payload, { signal }) {
    while (!signal.aborted && (await closeDue(ctx)) === BATCH);
  },
});

/**
 * Closes up to 200 tickets that were answered long enough ago and whose answer the mail server has taken; an answer
 * that an agent mailed past the desk counts as taken; one that failed, waits or may be lost closes nothing, nor does one with a newer letter below it. Returns how many it looked at.
 */
export async function closeDue(ctx: Context): Promise<number> {
  const { closeAnsweredAfterDays } = await readSettings(ctx);
  if (closeAnsweredAfterDays === NEVER) return 0;
  const answeredBefore = new Date(ctx.clock.now().getTime() - (closeAnsweredAfterDays ?? 0) * DAY_MS);
  const due = await ctx.db
    .createQueryBuilder(Ticket, 't')
    .innerJoin(Message, 'm', 'm.id = t.lastReplyId')
    .leftJoin(OutgoingMail, 'o', 'o.id = m.outgoingMailId')
    .where(
      't.status = :status AND t.answeredAt <= :answeredBefore AND t.lastInboundAt <= t.answeredAt AND (m.outgoingMailId IS NULL OR o.state = :sent)',
      { status: 'ANSWERED', answeredBefore, sent: 'SENT' },
    )
    .orderBy('t.answeredAt')
    .limit(BATCH)
    .getMany();
  for (const { id, answeredAt } of due) {
    await transact(ctx, async (ctx) => {
      const ticket = await lockTicket(ctx, id);
      if (!isLastWordOurs(ticket) || ticket.answeredAt?.getTime() !== answeredAt?.getTime()) return;
      moveTicket(ticket, 'close', ctx.clock.now());
      await sendCloseNotice(ctx, ticket);
      await saveTicket(ctx, ticket);
    });
  }
  return due.length;
}
