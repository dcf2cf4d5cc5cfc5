import { In, LessThan } from 'typeorm';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { type DeliveryState, OutgoingMail } from './outgoing-mail.entity.ts';

const DAY_MS = 24 * 3_600_000;
/** How many days the bytes of a mail are kept after it was sent or given up. */
export const KEEP_DAYS = { massMail: 30, others: 90 } as const;

/** What is never sent again. Others can be, by hand, so their bytes stay. */
const OVER: readonly DeliveryState[] = ['SENT', 'DISCARDED'];

/**
 * Lets go the bytes of mails that have long been sent or given up and that are among these blobs; of each the row
 * remains, with whom it went to and what became of it. Returns how many.
 */
export async function letGoOldMails(ctx: Context, blobIds: readonly string[]): Promise<number> {
  const old = await ctx.db.find(OutgoingMail, {
    where: { blobId: In([...blobIds]), state: In([...OVER]), createdAt: LessThan(daysAgo(ctx, KEEP_DAYS.massMail)) },
    select: { id: true, kind: true, createdAt: true, sentAt: true },
  });
  const ids = old.filter((mail) => isLongOver(ctx, mail)).map(({ id }) => id);
  if (ids.length === 0) return 0;
  const forgotten = { blobId: '', forgottenAt: ctx.clock.now() };
  const { affected } = await transact(ctx, (ctx) =>
    ctx.db.update(OutgoingMail, { id: In(ids), state: In([...OVER]) }, forgotten),
  );
  return affected ?? 0;
}

function isLongOver(ctx: Context, { kind, createdAt, sentAt }: OutgoingMail): boolean {
  const days = kind === 'CAMPAIGN' ? KEEP_DAYS.massMail : KEEP_DAYS.others;
  return (sentAt ?? createdAt) < daysAgo(ctx, days);
}

function daysAgo(ctx: Context, days: number): Date {
  return new Date(ctx.clock.now().getTime() - days * DAY_MS);
}
