import { LessThan } from 'typeorm';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { emit } from '../platform/events.ts';
import { collectionChanged } from './intake.events.ts';
import { MailboxEvent, type MailboxEventKind } from './mailbox-event.entity.ts';
import { type CollectionState, MailboxStatus } from './mailbox-status.entity.ts';

const KEEP_LOG_MS = 7 * 86_400_000;

/** How collecting goes; the defaults where nothing is known yet. */
export async function readStatus(ctx: Context, mailboxId: string): Promise<MailboxStatus> {
  return (await ctx.db.findOneBy(MailboxStatus, { mailboxId })) ?? Object.assign(new MailboxStatus(), { mailboxId });
}

/** A session begins: it is shown as running. */
export async function beginSession(ctx: Context, mailboxId: string): Promise<void> {
  await write(ctx, mailboxId, async (ctx, status) => {
    status.collectingSince = ctx.clock.now();
  });
}

/** A session ended well. */
export async function recordSuccess(
  ctx: Context,
  mailboxId: string,
  result: { leftOnServer: number; nextInMs: number },
): Promise<void> {
  await write(ctx, mailboxId, async (ctx, status) => {
    const now = ctx.clock.now();
    if (status.failures > 0) await addLine(ctx, mailboxId, 'SIGNED_IN', 'Collecting works again.');
    move(status, 'WORKING', null, now);
    status.failures = 0;
    status.lastSuccessAt = now;
    status.leftOnServer = result.leftOnServer;
    status.nextAttemptAt = new Date(now.getTime() + result.nextInMs);
  });
}

/** A session failed; nothing was lost. The reason is a sentence for an administrator. */
export async function recordFailure(
  ctx: Context,
  mailboxId: string,
  failure: { reason: string; nextInMs: number; pipeliningBroken: boolean },
): Promise<void> {
  await write(ctx, mailboxId, async (ctx, status) => {
    const now = ctx.clock.now();
    await addLine(ctx, mailboxId, 'FAILED', failure.reason);
    move(status, 'FAILING', failure.reason, now);
    status.failures += 1;
    status.nextAttemptAt = new Date(now.getTime() + failure.nextInMs);
    if (failure.pipeliningBroken) status.pipeliningBroken = true;
  });
}

/** Nothing is tried: a setting is missing, or collecting is paused. */
export async function recordIdle(
  ctx: Context,
  mailboxId: string,
  state: 'NOT_CONFIGURED' | 'PAUSED',
  reason: string,
): Promise<void> {
  const before = await readStatus(ctx, mailboxId);
  if (before.state === state && before.reason === reason && before.collectingSince === null) return;
  await write(ctx, mailboxId, async (ctx, status) => {
    move(status, state, reason, ctx.clock.now());
    status.nextAttemptAt = null;
  });
}

/** Pauses collecting or lets it go on. */
export async function setPaused(ctx: Context, mailboxId: string, paused: boolean): Promise<void> {
  await write(ctx, mailboxId, async (ctx, status) => {
    status.paused = paused;
    if (paused) move(status, 'PAUSED', 'Paused by an administrator. Mail waits on the server.', ctx.clock.now());
    else move(status, 'WORKING', null, ctx.clock.now());
  });
}

/** Adds a line to the log of collecting. */
export async function logMailbox(
  ctx: Context,
  mailboxId: string,
  kind: MailboxEventKind,
  message: string,
): Promise<void> {
  await transact(ctx, (ctx) => addLine(ctx, mailboxId, kind, message));
}

/** Forgets old lines. */
export async function sweepMailboxLog(ctx: Context): Promise<void> {
  await transact(ctx, (ctx) =>
    ctx.db.delete(MailboxEvent, { at: LessThan(new Date(ctx.clock.now().getTime() - KEEP_LOG_MS)) }),
  );
}

function move(status: MailboxStatus, state: CollectionState, reason: string | null, now: Date): void {
  if (status.state !== state || status.since === null) status.since = now;
  status.state = state;
  status.reason = reason;
  status.collectingSince = null;
}

async function write(
  ctx: Context,
  mailboxId: string,
  change: (ctx: Context, status: MailboxStatus) => Promise<void>,
): Promise<void> {
  await transact(ctx, async (ctx) => {
    const status = await readStatus(ctx, mailboxId);
    await change(ctx, status);
    await ctx.db.save(MailboxStatus, status);
    await emit(ctx, collectionChanged({ mailboxId }));
  });
}

async function addLine(ctx: Context, mailboxId: string, kind: MailboxEventKind, message: string): Promise<void> {
  const at = ctx.clock.now();
  await ctx.db.insert(MailboxEvent, { id: ctx.random.id(at), mailboxId, at, kind, message });
}
