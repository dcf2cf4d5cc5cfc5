import { type BudgetAnswer, domainOf, mayConfirmWithin } from '@support-center/mail';
import { MoreThan } from 'typeorm';
import type { Context } from '../platform/context.ts';
import { OutgoingMail } from './outgoing-mail.entity.ts';

const HOUR_MS = 3_600_000;
/** More rows than the limits know how to count are not read. */
const ENOUGH = 600;

/** Whether one more confirmation may go to this address now; the rows of sent ones are the memory. */
export async function withinConfirmationBudget(ctx: Context, address: string): Promise<BudgetAnswer> {
  const now = ctx.clock.now();
  const since = (hours: number) => MoreThan(new Date(now.getTime() - hours * HOUR_MS));
  const confirmations = { kind: 'CONFIRMATION' as const };
  const select = { toAddress: true, toDomain: true, createdAt: true, id: true } as const;
  const [toSender, inHour] = [
    await ctx.db.find(OutgoingMail, {
      where: { ...confirmations, toAddress: address, createdAt: since(24) },
      select,
      take: ENOUGH,
    }),
    await ctx.db.find(OutgoingMail, { where: { ...confirmations, createdAt: since(1) }, select, take: ENOUGH }),
  ];
  const history = new Map(
    [...toSender, ...inHour].map((mail) => [
      mail.id,
      { sender: mail.toAddress, domain: domainOf(mail.toAddress) ?? mail.toDomain, at: mail.createdAt },
    ]),
  );
  return mayConfirmWithin([...history.values()], address, now);
}
