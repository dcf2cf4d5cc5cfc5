import { In } from 'typeorm';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { emit } from '../platform/events.ts';
import { updateRows } from '../platform/plain-rows.ts';
import { deliverySettled } from './outbound.events.ts';
import { OutgoingMail } from './outgoing-mail.entity.ts';

/** What one try made of a mail. */
export type MailEnd = Partial<
  Pick<OutgoingMail, 'state' | 'phase' | 'detail' | 'sentAt' | 'nextAttemptAt' | 'openRecipients' | 'nullSender'>
> &
  Pick<OutgoingMail, 'state'>;

/** Somebody took the mail away before its body began: another run, or who paused, stopped or unsubscribed from its mailing. */
export class MailTakenAwayError extends Error {}

/** So long a commit waits for the wishes of other connections: less than a commit takes, and it saves most of them. */
const LINGER_MS = 2;

interface Wish {
  readonly mail: OutgoingMail;
  /** Null: its body is about to begin. */
  readonly end: MailEnd | null;
  done(): void;
  failed(error: unknown): void;
}

/**
 * Writes phases and ends of many mails in one transaction: what is asked for while one is being committed goes into the
 * next, so that each commit, which waits for the disk, serves every connection.
 */
export class MailLedger {
  private readonly ctx: Context;
  private waiting: Wish[] = [];
  private writing = false;

  constructor(ctx: Context) {
    this.ctx = ctx;
  }

  /** Resolves when it is durable that the body may begin. @throws MailTakenAwayError when it is no longer this run's: then no byte of it goes out */
  async beginBody(mail: OutgoingMail): Promise<void> {
    return this.write(mail, null);
  }

  /** Resolves when the end of this try is durable. That the server took the mail is true whoever holds it now; anything else only the holder may say. */
  async settle(mail: OutgoingMail, end: MailEnd): Promise<void> {
    return this.write(mail, end);
  }

  private write(mail: OutgoingMail, end: MailEnd | null): Promise<void> {
    return new Promise((done, failed) => {
      this.waiting.push({ mail, end, done, failed });
      if (!this.writing) void this.drain();
    });
  }

  private async drain(): Promise<void> {
    this.writing = true;
    await new Promise((resolve) => setTimeout(resolve, LINGER_MS));
    while (this.waiting.length > 0) {
      const wishes = this.waiting.splice(0);
      try {
        const lost = await transact(this.ctx, (ctx) => writeAll(ctx, wishes));
        for (const wish of wishes) {
          if (lost.has(wish)) wish.failed(new MailTakenAwayError('The mail was taken away before its body began'));
          else wish.done();
        }
      } catch (error) {
        for (const wish of wishes) wish.failed(error);
      }
    }
    this.writing = false;
  }
}

/** The wishes to begin that came too late: their mail is no longer this run's. */
async function writeAll(ctx: Context, wishes: readonly Wish[]): Promise<Set<Wish>> {
  const begins = wishes.filter(({ end }) => end === null);
  const ids = begins.map(({ mail }) => mail.id);
  const lost = new Set<Wish>();
  if (begins.length > 0) {
    const { claim } = begins[0]!.mail;
    const mine = { id: ids, claim: claim!, state: 'SENDING' as const };
    const changed = await updateRows(ctx, OutgoingMail, { ...mine, phase: 'CONNECT' }, { phase: 'DATA' });
    if (changed !== ids.length) {
      const where = { ...mine, id: In(ids), phase: 'DATA' as const };
      const begun = await ctx.db.find(OutgoingMail, { where, select: { id: true } });
      const held = new Set(begun.map(({ id }) => id));
      for (const wish of begins) if (!held.has(wish.mail.id)) lost.add(wish);
    }
  }
  await writeEnds(ctx, wishes);
  return lost;
}

async function writeEnds(ctx: Context, wishes: readonly Wish[]): Promise<void> {
  for (const { mail, end } of wishes) {
    if (end === null) continue;
    const { id, claim, kind, campaignId } = mail;
    const which = end.state === 'SENT' ? { id } : { id, claim: claim!, state: 'SENDING' as const };
    const changed = await updateRows(ctx, OutgoingMail, which, { ...end, claim: null });
    if (changed > 0 && campaignId && end.state === 'QUEUED') await keepFromRetry(ctx, id);
    if (changed > 0 && !campaignId) await emit(ctx, deliverySettled({ outgoingMailId: id, kind, state: end.state }));
  }
}

/** Of a mailing that was paused or stopped meanwhile nothing is tried again by itself. */
async function keepFromRetry(ctx: Context, id: string): Promise<void> {
  for (const state of ['HELD', 'DISCARDED'] as const)
    await updateRows(
      ctx,
      OutgoingMail,
      { id, state: 'QUEUED', insteadOfRetry: state },
      { state, insteadOfRetry: null },
    );
}
