import type { Context } from '../platform/context.ts';
import { InboundMail } from './inbound-mail.entity.ts';

const WEEK_MS = 7 * 24 * 3_600_000;

/**
 * How many letters of the last seven days opened a ticket and got no confirmation because a rule stopped it: automatic
 * mail, an unknown sender, or the budget. Those that the setting itself keeps back are not counted.
 */
export async function countStoppedConfirmations(ctx: Context): Promise<number> {
  return ctx.db
    .createQueryBuilder(InboundMail, 'm')
    .where('m.receivedAt > :since', { since: new Date(ctx.clock.now().getTime() - WEEK_MS) })
    .andWhere("m.fate = 'TICKETED'")
    .andWhere("m.reason LIKE '%no confirmation: %'")
    .andWhere("m.reason NOT LIKE '%no confirmation: Don''t send confirmation emails%'")
    .getCount();
}
