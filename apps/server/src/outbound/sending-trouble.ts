import { In, IsNull, LessThanOrEqual, Not } from 'typeorm';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { emit } from '../platform/events.ts';
import { defineJob } from '../platform/jobs.ts';
import { URGENT_KINDS } from './claim-mails.ts';
import { deliverySettled } from './outbound.events.ts';
import { OutgoingMail } from './outgoing-mail.entity.ts';
import { writeSendingState } from './sending-state.ts';

/** While sending is not set up, mail looks again so often; a save of the settings wakes it. */
const NOT_SET_UP_MS = 5 * 60_000;
/** What mail says while no mail server for sending is given. */
export const NOT_SET_UP =
  'Sending is not set up: give a mail server for sending in Settings. The mail is kept and waits.';
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 60_000;

/** The mail server cannot be reached or takes nothing: nobody tries for 5, 10, 20 … seconds, at most a minute. */
export async function meetTrouble(ctx: Context, trouble: string, failures: number): Promise<void> {
  const now = ctx.clock.now();
  const pauseMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1));
  const nextTryAt = new Date(now.getTime() + pauseMs);
  const part = { trouble, nextTryAt, ...(failures === 1 ? { troubleSince: now } : {}) };
  await transact(ctx, (ctx) => writeSendingState(ctx, part));
}

/** The mail server answers again. */
export async function endTrouble(ctx: Context): Promise<void> {
  await transact(ctx, (ctx) => writeSendingState(ctx, { trouble: null, troubleSince: null, nextTryAt: null }));
}

/** Says on every due mail, once, that sending is not set up. Mass mail waits in silence: its page says it. */
export async function waitForSetUp(ctx: Context): Promise<void> {
  const now = ctx.clock.now();
  const due = await ctx.db.find(OutgoingMail, {
    where: { state: 'QUEUED', kind: In([...URGENT_KINDS]), nextAttemptAt: LessThanOrEqual(now) },
    select: { id: true, kind: true, detail: true },
    take: 200,
  });
  if (due.length === 0) return;
  const nextAttemptAt = new Date(now.getTime() + NOT_SET_UP_MS);
  await transact(ctx, async (ctx) => {
    const ids = due.map(({ id }) => id);
    await ctx.db.update(OutgoingMail, { id: In(ids), state: 'QUEUED' }, { detail: NOT_SET_UP, nextAttemptAt });
    for (const { id, kind, detail } of due) {
      if (detail !== NOT_SET_UP) await emit(ctx, deliverySettled({ outgoingMailId: id, kind, state: 'QUEUED' }));
    }
  });
}

/** Lets everything that waits after a failure go now, in the caller's transaction. */
export async function wakeWaiting(ctx: Context): Promise<void> {
  await ctx.db.update(OutgoingMail, { state: 'QUEUED', detail: Not(IsNull()) }, { nextAttemptAt: ctx.clock.now() });
  await writeSendingState(ctx, { nextTryAt: null });
  ctx.transaction!.wakes.add('mail');
}

/** Tries what waits after a failure as soon as the settings are saved. Safe to run twice: a mail is claimed once. */
export const wakeWaitingMail = defineJob<object>({
  name: 'wake-waiting-mail',
  async run(ctx) {
    await transact(ctx, wakeWaiting);
  },
});
