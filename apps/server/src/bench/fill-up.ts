import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { Ticket, type TicketStatus } from '../tickets/ticket.entity.ts';

const INSERTED_AT_ONCE = 200;
const STATUSES: readonly TicketStatus[] = ['OPEN', 'ANSWERED', 'ON_HOLD', 'CLOSED'];

/** Copies of the tickets there are, spread over sections and time, until there are `count`. */
export async function fillUp(ctx: Context, count: number): Promise<void> {
  const templates = await ctx.db.find(Ticket, { order: { number: 'ASC' } });
  for (let from = templates.length; from < count; from += INSERTED_AT_ONCE) {
    const rows = Array.from({ length: Math.min(INSERTED_AT_ONCE, count - from) }, (_, i) => {
      const n = from + i;
      const lastActivityAt = new Date(Date.now() - n * 60_000);
      return {
        ...templates[n % templates.length]!,
        id: ctx.random.id(new Date()),
        number: 100_000 + n,
        status: STATUSES[n % 4]!,
        lastActivityAt,
      };
    });
    await transact(ctx, (ctx) => ctx.db.insert(Ticket, rows));
  }
}
