import type { Context } from '../platform/context.ts';
import { type OutgoingKind, OutgoingMail } from './outgoing-mail.entity.ts';

/** How many mails of each kind wait; kinds of which none waits are left out. */
export async function countWaitingByKind(ctx: Context): Promise<{ kind: OutgoingKind; count: number }[]> {
  const rows = await ctx.db
    .createQueryBuilder(OutgoingMail, 'm')
    .select(['m.kind AS kind', 'COUNT(*) AS count'])
    .where("m.state = 'QUEUED'")
    .groupBy('m.kind')
    .orderBy('m.kind')
    .getRawMany<{ kind: OutgoingKind; count: string | number }>();
  return rows.map(({ kind, count }) => ({ kind, count: Number(count) }));
}

/** When the mail server last took a mail that has not come back; null: never. */
export async function lastSentAt(ctx: Context): Promise<Date | null> {
  const mail = await ctx.db.findOne(OutgoingMail, {
    where: { state: 'SENT' },
    select: { id: true, sentAt: true },
    order: { sentAt: 'DESC' },
  });
  return mail?.sentAt ?? null;
}
