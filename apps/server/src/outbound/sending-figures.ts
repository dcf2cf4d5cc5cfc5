import { In, MoreThan } from 'typeorm';
import type { Context } from '../platform/context.ts';
import { readSettings } from '../settings/read-settings.ts';
import { sendingProblems } from '../settings/settings-problems.ts';
import { type DeliveryState, OutgoingMail } from './outgoing-mail.entity.ts';
import { readSendingState } from './sending-state.ts';

const MINUTE_MS = 60_000;
const COUNTED: readonly DeliveryState[] = ['QUEUED', 'SENDING', 'HELD', 'FAILED', 'UNKNOWN', 'BOUNCED'];

/** How the way out stands. */
export interface SendingFigures {
  readonly queued: number;
  readonly sending: number;
  readonly held: number;
  readonly failed: number;
  readonly unknown: number;
  readonly bounced: number;
  readonly oldestQueuedAt: Date | null;
  readonly sentLastMinute: number;
  readonly sentLastHour: number;
  readonly mailsPerMinute: number | null;
  readonly connections: number;
  /** Why nothing goes out now; null: it goes. */
  readonly trouble: string | null;
  readonly nextTryAt: Date | null;
}

/** The figures of now. */
export async function sendingFigures(ctx: Context): Promise<SendingFigures> {
  const settings = await readSettings(ctx);
  const state = await readSendingState(ctx);
  const counts = await countByState(ctx);
  const oldest = await ctx.db.findOne(OutgoingMail, {
    where: { state: In(['QUEUED', 'SENDING']) },
    select: { id: true, createdAt: true },
    order: { createdAt: 'ASC' },
  });
  const now = ctx.clock.now().getTime();
  const sentSince = (ms: number) =>
    ctx.db.countBy(OutgoingMail, { state: 'SENT', sentAt: MoreThan(new Date(now - ms)) });
  const missing = sendingProblems(settings)[0]?.message ?? null;
  return {
    queued: counts.QUEUED ?? 0,
    sending: counts.SENDING ?? 0,
    held: counts.HELD ?? 0,
    failed: counts.FAILED ?? 0,
    unknown: counts.UNKNOWN ?? 0,
    bounced: counts.BOUNCED ?? 0,
    oldestQueuedAt: oldest?.createdAt ?? null,
    sentLastMinute: await sentSince(MINUTE_MS),
    sentLastHour: await sentSince(60 * MINUTE_MS),
    mailsPerMinute: settings.mailsPerMinute,
    connections: settings.smtpConnections,
    trouble: missing ?? state.trouble,
    nextTryAt: missing === null && state.trouble !== null ? state.nextTryAt : null,
  };
}

async function countByState(ctx: Context): Promise<Partial<Record<DeliveryState, number>>> {
  const rows = await ctx.db
    .createQueryBuilder(OutgoingMail, 'm')
    .select(['m.state AS state', 'COUNT(*) AS count'])
    .where('m.state IN (:...states)', { states: COUNTED })
    .groupBy('m.state')
    .getRawMany<{ state: DeliveryState; count: string | number }>();
  return Object.fromEntries(rows.map(({ state, count }) => [state, Number(count)]));
}
