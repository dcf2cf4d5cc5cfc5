import { Gauge, Histogram, type Registry } from 'prom-client';
import type { Context } from '../platform/context.ts';
import { OutgoingMail } from './outgoing-mail.entity.ts';

/** From the last byte of a mail to the server's word; dying in it, nobody knows whether the mail arrived. */
export const dataGap = new Histogram({
  name: 'outbox_data_gap_seconds',
  help: "From the last byte of a mail to the server's word",
  buckets: [0.005, 0.02, 0.1, 0.5, 2, 10, 60, 600],
  registers: [],
});

/** How the way out stands. */
interface OutboundFigures {
  /** Mails that wait or are being sent. */
  readonly pending: number;
  /** Age of the oldest of them; 0 when none waits. */
  readonly oldestSeconds: number;
  /** Mails of which nobody knows whether they arrived. */
  readonly unknown: number;
  /** Mails that were refused for good. */
  readonly failed: number;
  /** Mails of paused mailings. */
  readonly held: number;
}

/** Counts the mails that are not settled. */
async function countOutgoing(ctx: Context): Promise<OutboundFigures> {
  const oldest = await ctx.db.findOne(OutgoingMail, {
    where: [{ state: 'QUEUED' }, { state: 'SENDING' }],
    select: { id: true, createdAt: true },
    order: { createdAt: 'ASC' },
  });
  return {
    pending: await ctx.db.countBy(OutgoingMail, [{ state: 'QUEUED' }, { state: 'SENDING' }]),
    oldestSeconds: oldest ? Math.max(0, (ctx.clock.now().getTime() - oldest.createdAt.getTime()) / 1000) : 0,
    unknown: await ctx.db.countBy(OutgoingMail, { state: 'UNKNOWN' }),
    failed: await ctx.db.countBy(OutgoingMail, { state: 'FAILED' }),
    held: await ctx.db.countBy(OutgoingMail, { state: 'HELD' }),
  };
}

/** Adds the figures to the metrics; they are counted when somebody asks. A second call replaces the first. */
export function watchOutgoing(ctx: Context, register: Registry): void {
  register.removeSingleMetric('outbox_data_gap_seconds');
  register.registerMetric(dataGap);
  const gauge = (name: string, help: string, pick: (figures: OutboundFigures) => number) => {
    register.removeSingleMetric(name);
    new Gauge({
      name,
      help,
      registers: [register],
      async collect() {
        this.set(pick(await countOutgoing(ctx)));
      },
    });
  };
  gauge('outbox_pending', 'Outgoing mails that wait or are being sent', ({ pending }) => pending);
  gauge('outbox_oldest_seconds', 'Age of the oldest waiting mail', ({ oldestSeconds }) => oldestSeconds);
  gauge('outbox_unknown', 'Outgoing mails of which nobody knows whether they arrived', ({ unknown }) => unknown);
  gauge('outbox_failed', 'Outgoing mails that were refused for good', ({ failed }) => failed);
  gauge('outbox_held', 'Outgoing mails of paused mailings', ({ held }) => held);
}
