import { readWholeBlob } from '../platform/blobs.ts';
import type { Context } from '../platform/context.ts';
import { rowLock, transact } from '../platform/database.ts';
import { emit } from '../platform/events.ts';
import { defineJob, enqueue } from '../platform/jobs.ts';
import { type SmtpAccount, SmtpFailure, type SmtpReceipt } from '../platform/smtp.ts';
import { readMailboxSecret, readSettings } from '../settings/read-settings.ts';
import { deliverySettled } from './outbound.events.ts';
import { OutgoingMail } from './outgoing-mail.entity.ts';

const MINUTE_MS = 60_000;
const RETRY_MINUTES = [1, 5, 15, 60];
/** RFC 5321, section 4.5.4.1: a client gives up after four to five days. */
const GIVE_UP_MS = 5 * 24 * 60 * MINUTE_MS;
/** So many tries come before a mail is given up, however old it is: it may have waited for the settings most of its time. */
const MIN_TRIES = RETRY_MINUTES.length + 1;
/** While sending is not set up, mail waits and looks again so often; a save of the settings wakes it. */
const NOT_SET_UP_MS = 5 * MINUTE_MS;
const NOT_SET_UP = 'Sending is not set up: give a mail server for sending in Settings. The mail is kept and waits.';

/**
 * Hands one mail to the mail server. Safe to run twice: only a mail in state QUEUED, or SENDING with phase CONNECT (a
 * run that died before the body), is sent; one that died with the body under way becomes UNKNOWN and is not sent again.
 */
export const sendMail = defineJob<{ outgoingMailId: string }>({
  name: 'send-mail',
  async run(ctx, { outgoingMailId }, { signal }) {
    const account = await smtpAccount(ctx);
    const mail = await claim(ctx, outgoingMailId, account !== null);
    if (!mail) return;
    if (!account) return { againInMs: NOT_SET_UP_MS };
    try {
      const envelope = { from: mail.nullSender ? '' : mail.fromAddress, to: mail.recipients };
      const bytes = await readWholeBlob(ctx, mail.blobId);
      const beforeBody = () => beginBody(ctx, mail);
      settleSent(mail, await ctx.smtp.send(account, envelope, bytes, { beforeBody, signal }), ctx.clock.now());
    } catch (error) {
      if (!(error instanceof SmtpFailure)) throw error;
      if (error.permanent && !error.bodyBegun && mail.nullSender) return withoutNullSender(ctx, mail);
      const retryInMs = settleFailure(mail, error, ctx.clock.now());
      if (retryInMs !== null) return wait(ctx, mail, error.message, retryInMs);
      ctx.log.warn({ outgoingMailId, kind: mail.kind, state: mail.state }, 'a mail could not be sent');
    }
    await settle(ctx, mail);
  },
});

/**
 * Takes a mail that may be sent now, or lets it wait where sending is not set up; null when it was settled already or
 * must not be sent again by itself. The number of the try is the fence: a run that another one has overtaken writes nothing.
 */
async function claim(ctx: Context, id: string, isSetUp: boolean): Promise<OutgoingMail | null> {
  return transact(ctx, async (ctx) => {
    const lock = rowLock(ctx);
    const mail = await ctx.db.findOne(OutgoingMail, { where: { id }, ...(lock ? { lock } : {}) });
    if (!mail || (mail.state !== 'QUEUED' && mail.state !== 'SENDING')) return null;
    if (mail.phase === 'DATA') {
      mail.state = 'UNKNOWN';
      mail.detail = 'The product stopped while the mail was handed over: it may have been delivered or not.';
      await write(ctx, mail);
      return null;
    }
    if (!isSetUp) {
      const isNews = mail.detail !== NOT_SET_UP;
      const nextAttemptAt = new Date(ctx.clock.now().getTime() + NOT_SET_UP_MS);
      await ctx.db.update(OutgoingMail, { id }, { state: 'QUEUED', detail: NOT_SET_UP, nextAttemptAt });
      if (isNews) await emit(ctx, deliverySettled({ outgoingMailId: id, kind: mail.kind, state: 'QUEUED' }));
      return mail;
    }
    mail.state = 'SENDING';
    mail.attempts += 1;
    await ctx.db.update(OutgoingMail, { id }, { state: mail.state, attempts: mail.attempts });
    return mail;
  });
}

/** Commits that the body is about to begin. @throws when another run has taken the mail over: then no byte of it goes out */
async function beginBody(ctx: Context, mail: OutgoingMail): Promise<void> {
  await transact(ctx, async (ctx) => {
    const { affected } = await ctx.db.update(OutgoingMail, stillMine(mail), { phase: 'DATA' });
    if (affected === 0) throw new Error('another run has taken this mail over');
  });
}

/** The row of the mail as this run took it, its body not begun. */
function stillMine({ id, attempts }: OutgoingMail) {
  return { id, attempts, state: 'SENDING', phase: 'CONNECT' } as const;
}

async function smtpAccount(ctx: Context): Promise<SmtpAccount | null> {
  const settings = await readSettings(ctx);
  if (!settings.smtpHost) return null;
  return {
    host: settings.smtpHost,
    port: settings.smtpPort,
    security: settings.smtpSecurity,
    user: settings.smtpUser,
    password: settings.smtpUser ? await readMailboxSecret(ctx, 'SMTP') : null,
  };
}

function settleSent(mail: OutgoingMail, receipt: SmtpReceipt, now: Date): void {
  mail.state = 'SENT';
  mail.sentAt = now;
  const refused = receipt.refused.map(({ address, response }) => `${address}: ${response}`);
  mail.detail = refused.length > 0 ? `Not taken for ${refused.join('; ')}` : receipt.response;
}

/** Says what a failure makes of the mail; milliseconds to the next try, or null when it is settled. */
function settleFailure(mail: OutgoingMail, failure: SmtpFailure, now: Date): number | null {
  if (failure.bodyBegun) {
    mail.state = 'UNKNOWN';
    mail.detail = `${failure.message} The mail may have been delivered or not.`;
    return null;
  }
  const isOld = now.getTime() - mail.createdAt.getTime() > GIVE_UP_MS;
  if (failure.permanent || (isOld && mail.attempts >= MIN_TRIES)) {
    mail.state = 'FAILED';
    mail.detail = failure.message;
    return null;
  }
  return (RETRY_MINUTES[mail.attempts - 1] ?? 60) * MINUTE_MS;
}

async function wait(ctx: Context, mail: OutgoingMail, detail: string, inMs: number): Promise<{ againInMs: number }> {
  await transact(ctx, async (ctx) => {
    const nextAttemptAt = new Date(ctx.clock.now().getTime() + inMs);
    const { affected } = await ctx.db.update(OutgoingMail, ofThisTry(mail), {
      state: 'QUEUED',
      phase: 'CONNECT',
      detail,
      nextAttemptAt,
    });
    if (affected !== 0) await emit(ctx, deliverySettled({ outgoingMailId: mail.id, kind: mail.kind, state: 'QUEUED' }));
  });
  return { againInMs: inMs };
}

/** Some servers for sending take no empty envelope sender: then the Support Email stands there, and it is tried once more. */
async function withoutNullSender(ctx: Context, mail: OutgoingMail): Promise<{ againInMs: number }> {
  await transact(ctx, (ctx) =>
    ctx.db.update(OutgoingMail, ofThisTry(mail), { nullSender: false, state: 'QUEUED', phase: 'CONNECT' }),
  );
  return { againInMs: 0 };
}

/** The row of the mail as this run took it. A server may refuse it after its body, so the phase does not count here. */
function ofThisTry({ id, attempts }: OutgoingMail) {
  return { id, attempts, state: 'SENDING' } as const;
}

/** Writes the end of this try. That the server took the mail is true whoever holds it now; anything else only the holder may say. */
async function settle(ctx: Context, mail: OutgoingMail): Promise<void> {
  await transact(ctx, async (ctx) => {
    if (mail.state !== 'SENT' && !(await ctx.db.existsBy(OutgoingMail, ofThisTry(mail)))) return;
    await write(ctx, mail);
  });
}

async function write(ctx: Context, mail: OutgoingMail): Promise<void> {
  await ctx.db.update(OutgoingMail, { id: mail.id }, { state: mail.state, sentAt: mail.sentAt, detail: mail.detail });
  await emit(ctx, deliverySettled({ outgoingMailId: mail.id, kind: mail.kind, state: mail.state }));
}

/** Sends what waits for the settings as soon as they are saved. Safe to run twice: a mail is claimed once. */
export const wakeWaitingMail = defineJob<object>({
  name: 'wake-waiting-mail',
  async run(ctx) {
    await transact(ctx, async (ctx) => {
      const waiting = await ctx.db.find(OutgoingMail, {
        where: { state: 'QUEUED' },
        select: { id: true, nextAttemptAt: true },
        take: 1000,
      });
      for (const { id } of waiting) await enqueue(ctx, sendMail, { key: id, payload: { outgoingMailId: id } });
    });
  },
});
