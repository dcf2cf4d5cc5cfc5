import { In, LessThanOrEqual } from 'typeorm';
import type { Context } from '../platform/context.ts';
import { rowLock, transact } from '../platform/database.ts';
import { emit } from '../platform/events.ts';
import { deliverySettled } from './outbound.events.ts';
import { type OutgoingKind, OutgoingMail } from './outgoing-mail.entity.ts';
import { takeSlots } from './send-rate.ts';
import { lockSendingState, writeSendingState } from './sending-state.ts';

/** What goes before mass mail. */
export const URGENT_KINDS: readonly OutgoingKind[] = ['REPLY', 'CONFIRMATION', 'NOTICE'];

/** How many of each lane are wanted. */
export interface Wanted {
  readonly urgent: number;
  readonly bulk: number;
}

/**
 * Takes due mails for one run of the sender, in one transaction, within the rate per minute. `claim` is the fence: who
 * no longer holds it can neither begin a body nor write an end that is not certain.
 */
export async function claimMails(
  ctx: Context,
  claim: string,
  wanted: Wanted,
  perMinute: number | null,
): Promise<OutgoingMail[]> {
  if (!(await isAnythingDue(ctx, wanted))) return [];
  return transact(ctx, async (ctx) => {
    const state = await lockSendingState(ctx);
    const nowMs = ctx.clock.now().getTime();
    const taken: OutgoingMail[] = [];
    for (const isBulk of [false, true]) {
      const ask = isBulk ? wanted.bulk : wanted.urgent;
      const slots = takeSlots(state.nextFreeMs, nowMs, { perMinute, wanted: ask, isBulk });
      const mails = await takeDue(ctx, isBulk, slots.granted, claim);
      const used = takeSlots(state.nextFreeMs, nowMs, { perMinute, wanted: mails.length, isBulk });
      state.nextFreeMs = used.nextFreeMs;
      taken.push(...mails);
    }
    if (taken.length > 0 && perMinute !== null) await writeSendingState(ctx, { nextFreeMs: state.nextFreeMs });
    return taken;
  });
}

/** A look without a lock, so that a quiet outbox costs no transaction. */
async function isAnythingDue(ctx: Context, wanted: Wanted): Promise<boolean> {
  if (wanted.urgent > 0 && (await ctx.db.existsBy(OutgoingMail, due(ctx, false)))) return true;
  return wanted.bulk > 0 && (await ctx.db.existsBy(OutgoingMail, due(ctx, true)));
}

function due(ctx: Context, isBulk: boolean) {
  return {
    state: 'QUEUED' as const,
    kind: isBulk ? ('CAMPAIGN' as const) : In([...URGENT_KINDS]),
    nextAttemptAt: LessThanOrEqual(ctx.clock.now()),
  };
}

async function takeDue(ctx: Context, isBulk: boolean, limit: number, claim: string): Promise<OutgoingMail[]> {
  if (limit === 0) return [];
  const lock = rowLock(ctx);
  const mails = await ctx.db.find(OutgoingMail, {
    where: due(ctx, isBulk),
    order: { nextAttemptAt: 'ASC', id: 'ASC' },
    take: limit,
    ...(lock ? { lock } : {}),
  });
  if (mails.length === 0) return [];
  await ctx.db.update(
    OutgoingMail,
    { id: In(mails.map(({ id }) => id)), state: 'QUEUED' },
    { state: 'SENDING', phase: 'CONNECT', claim, attempts: () => 'attempts + 1' },
  );
  for (const mail of mails)
    Object.assign(mail, { state: 'SENDING', phase: 'CONNECT', claim, attempts: mail.attempts + 1 });
  return mails;
}

/** Those of these mails that are still this run's to begin: others were taken away meanwhile, as their mailing was paused. */
export async function stillClaimed(ctx: Context, mails: readonly OutgoingMail[]): Promise<Set<string>> {
  if (mails.length === 0) return new Set();
  const where = {
    id: In(mails.map(({ id }) => id)),
    claim: mails[0]!.claim!,
    state: 'SENDING' as const,
    phase: 'CONNECT' as const,
  };
  return new Set((await ctx.db.find(OutgoingMail, { where, select: { id: true } })).map(({ id }) => id));
}

/** Gives mails back that were claimed and not begun: as if they had never been taken. */
export async function releaseMails(ctx: Context, mails: readonly OutgoingMail[]): Promise<void> {
  if (mails.length === 0) return;
  const claim = mails[0]!.claim!;
  await transact(ctx, (ctx) =>
    ctx.db.update(
      OutgoingMail,
      { id: In(mails.map(({ id }) => id)), claim, state: 'SENDING', phase: 'CONNECT' },
      { state: 'QUEUED', claim: null, attempts: () => 'attempts - 1' },
    ),
  );
}

/**
 * What a run of the sender left that died or lost its turn: not begun, it waits again; with the body under way nobody
 * knows, so it is UNKNOWN and not sent again by itself.
 */
export async function recoverMails(ctx: Context, claim: string): Promise<void> {
  const left = (await ctx.db.findBy(OutgoingMail, { state: 'SENDING' })).filter((mail) => mail.claim !== claim);
  if (left.length === 0) return;
  await transact(ctx, async (ctx) => {
    for (const { id, kind, campaignId } of left) {
      await ctx.db.update(
        OutgoingMail,
        { id, state: 'SENDING', phase: 'CONNECT' },
        { state: 'QUEUED', claim: null, nextAttemptAt: ctx.clock.now() },
      );
      const lost = await ctx.db.update(
        OutgoingMail,
        { id, state: 'SENDING', phase: 'DATA' },
        {
          state: 'UNKNOWN',
          detail: 'The product stopped while the mail was handed over: it may have been delivered or not.',
        },
      );
      if (!lost.affected) continue;
      ctx.log.warn({ outgoingMailId: id, kind, state: 'UNKNOWN' }, 'a mail was left half sent');
      if (!campaignId) await emit(ctx, deliverySettled({ outgoingMailId: id, kind, state: 'UNKNOWN' }));
    }
  });
}
