import { readWholeBlob } from '../platform/blobs.ts';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
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
/** While sending is not set up, mail waits and looks again so often; a save of the settings wakes it. */
const NOT_SET_UP_MS = 5 * MINUTE_MS;

/**
 * Hands one mail to the mail server. Safe to run twice: only a mail in state QUEUED, or SENDING with phase CONNECT (a
 * run that died before the body), is sent; one that died with the body under way becomes UNKNOWN and is not sent again.
 */
export const sendMail = defineJob<{ outgoingMailId: string }>({
  name: 'send-mail',
  async run(ctx, { outgoingMailId }, { signal }) {
    const mail = await claim(ctx, outgoingMailId);
    if (!mail) return;
    const account = await smtpAccount(ctx);
    if (!account) return wait(ctx, mail, 'Sending is not set up: give a mail server for sending in Settings. The mail is kept and waits.', NOT_SET_UP_MS);
    try {
      const envelope = { from: mail.nullSender ? '' : mail.fromAddress, to: mail.recipients };
      const bytes = await readWholeBlob(ctx, mail.blobId);
      const beforeBody = () => setPhase(ctx, mail.id, 'DATA');
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

/** Takes a mail that may be sent now; null when it was settled already or must not be sent again by itself. */
async function claim(ctx: Context, id: string): Promise<OutgoingMail | null> {
  return transact(ctx, async (ctx) => {
    const mail = await ctx.db.findOneBy(OutgoingMail, { id });
    if (!mail || (mail.state !== 'QUEUED' && mail.state !== 'SENDING')) return null;
    if (mail.phase === 'DATA') {
      mail.state = 'UNKNOWN';
      mail.detail = 'The product stopped while the mail was handed over: it may have been delivered or not.';
      await write(ctx, mail);
      return null;
    }
    mail.state = 'SENDING';
    mail.attempts += 1;
    await ctx.db.update(OutgoingMail, { id }, { state: mail.state, attempts: mail.attempts });
    return mail;
  });
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
  if (failure.permanent || now.getTime() - mail.createdAt.getTime() > GIVE_UP_MS) {
    mail.state = 'FAILED';
    mail.detail = failure.message;
    return null;
  }
  return (RETRY_MINUTES[mail.attempts - 1] ?? 60) * MINUTE_MS;
}

async function wait(ctx: Context, mail: OutgoingMail, detail: string, inMs: number): Promise<{ againInMs: number }> {
  await transact(ctx, async (ctx) => {
    const nextAttemptAt = new Date(ctx.clock.now().getTime() + inMs);
    await ctx.db.update(OutgoingMail, { id: mail.id }, { state: 'QUEUED', phase: 'CONNECT', detail, nextAttemptAt });
    await emit(ctx, deliverySettled({ outgoingMailId: mail.id, kind: mail.kind, state: 'QUEUED' }));
  });
  return { againInMs: inMs };
}

/** Some servers for sending take no empty envelope sender: then the Support Email stands there, and it is tried once more. */
async function withoutNullSender(ctx: Context, mail: OutgoingMail): Promise<{ againInMs: number }> {
  await transact(ctx, (ctx) => ctx.db.update(OutgoingMail, { id: mail.id }, { nullSender: false, state: 'QUEUED', phase: 'CONNECT' }));
  return { againInMs: 0 };
}

async function setPhase(ctx: Context, id: string, phase: OutgoingMail['phase']): Promise<void> {
  await transact(ctx, (ctx) => ctx.db.update(OutgoingMail, { id }, { phase }));
}

async function settle(ctx: Context, mail: OutgoingMail): Promise<void> {
  await transact(ctx, (ctx) => write(ctx, mail));
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
      const waiting = await ctx.db.find(OutgoingMail, { where: { state: 'QUEUED' }, select: { id: true, nextAttemptAt: true }, take: 1000 });
      for (const { id } of waiting) await enqueue(ctx, sendMail, { key: id, payload: { outgoingMailId: id } });
    });
  },
});
