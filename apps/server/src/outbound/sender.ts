import { readSmallBlobs, readWholeBlob } from '../platform/blobs.ts';
import { type Context, type Services, systemContext } from '../platform/context.ts';
import { holdLease } from '../platform/leases.ts';
import { type SmtpAccount, SmtpFailure } from '../platform/smtp.ts';
import { type DkimKey, readDkimKey } from '../settings/dkim-key.ts';
import { readMailboxSecret, readSettings } from '../settings/read-settings.ts';
import { claimMails, recoverMails, releaseMails, stillClaimed } from './claim-mails.ts';
import { judgeFailure, judgeReceipt } from './judge-try.ts';
import { dataGap } from './outbound-metrics.ts';
import type { OutgoingMail } from './outgoing-mail.entity.ts';
import { readSendingState } from './sending-state.ts';
import { endTrouble, meetTrouble, waitForSetUp } from './sending-trouble.ts';
import { type MailEnd, MailLedger, MailTakenAwayError } from './settle-mails.ts';
import { signMail } from './sign-mail.ts';

const POLL_MS = 500;
const LEASE_MS = 30_000;
/** So many mails for each connection are claimed ahead, and more when so few are left. */
const AHEAD = 8;
const LOW = 2;
const GONE = { permanent: true, bodyBegun: false } as const;
const WRITE_AGAIN_MS = 30_000;

/** The loop that takes due mails and hands them to the mail server over several connections. */
export interface Sender {
  /** Something was queued. Losing a wake only costs a poll interval. */
  wake(): void;
  /** Sends what is due now, and returns when all of it has ended. */
  drain(): Promise<void>;
  /** Takes no more mails; lets bodies that are under way come to their end, and gives the others back. */
  stop(): Promise<void>;
}

/** Starts sending. Of several processes one sends at a time, so that rate and connections hold for all of them. */
export function startSender(services: Services): Sender {
  const run = new SenderRun(services);
  const looping = run.loop();
  return {
    wake: () => run.wake(),
    drain: () => run.drain(),
    async stop() {
      run.abort();
      await looping;
    },
  };
}

/** Sends what is due now, once; for trials and tests. */
export async function sendDue(services: Services): Promise<void> {
  await new SenderRun(services).drain();
}

/** A mail in hand; `written` is null where its bytes are many and are read when its turn comes. */
interface Claimed {
  readonly mail: OutgoingMail;
  readonly written: Buffer | null;
}

class SenderRun {
  private readonly ctx: Context;
  /** Who this run is: the owner of the lease, and the fence of its claims. */
  private readonly claim: string;
  private readonly ledger: MailLedger;
  private readonly halt = new AbortController();
  private readonly urgent: Claimed[] = [];
  private readonly bulk: Claimed[] = [];
  private readonly inFlight = new Set<Promise<void>>();
  private readonly settling = new Set<Promise<void>>();
  private bulkInFlight = 0;
  /** The last claim of mass mail got all that it asked for. */
  private mayBeMore = false;
  private connections = 1;
  private account: SmtpAccount | null = null;
  private dkim: DkimKey | null = null;
  private isLeader = false;
  private failures = 0;
  private woken = false;
  private sleeper: (() => void) | null = null;

  constructor(services: Services) {
    this.ctx = systemContext(services);
    this.claim = services.random.id(services.clock.now());
    this.ledger = new MailLedger(this.ctx);
  }

  wake(): void {
    this.woken = true;
    this.sleeper?.();
  }

  abort(): void {
    this.halt.abort();
    this.sleeper?.();
  }

  async loop(): Promise<void> {
    while (!this.halt.signal.aborted) {
      this.woken = false;
      try {
        if (await this.leads()) await this.refill();
      } catch (err) {
        this.ctx.log.error({ err }, 'taking mails failed; trying again');
      }
      if (!this.woken && !this.halt.signal.aborted) await this.sleep();
    }
    await this.allEnded();
    await this.giveBack().catch((err: unknown) => this.ctx.log.error({ err }, 'mails could not be given back'));
  }

  async drain(): Promise<void> {
    await this.lead();
    do {
      await this.refill();
      await this.allEnded();
    } while (this.woken && !this.halt.signal.aborted);
    await this.giveBack();
  }

  /** On the embedded database there is one process; elsewhere a lease says whose turn it is. */
  private async leads(): Promise<boolean> {
    const { dialect } = this.ctx.database;
    if (dialect === 'sqlite' || (await holdLease(this.ctx, 'outbound', this.claim, LEASE_MS))) await this.lead();
    else if (this.isLeader) {
      this.isLeader = false;
      await this.giveBack();
    }
    return this.isLeader;
  }

  private async lead(): Promise<void> {
    if (this.isLeader) return;
    await recoverMails(this.ctx, this.claim);
    this.isLeader = true;
  }

  /** Claims more where few are left, and starts what may start. */
  private async refill(): Promise<void> {
    this.woken = false;
    await this.forgetTakenAway();
    const settings = await readSettings(this.ctx);
    this.account = await smtpAccount(this.ctx, settings);
    if (!this.account) return waitForSetUp(this.ctx);
    this.dkim = await readDkimKey(this.ctx, settings);
    const { trouble, nextTryAt } = await readSendingState(this.ctx);
    if (trouble !== null && nextTryAt !== null && nextTryAt > this.ctx.clock.now()) return;
    // After trouble with the connection one mail goes ahead to see.
    this.connections = this.failures > 0 ? 1 : settings.smtpConnections;
    const ahead = this.failures > 0 ? 1 : this.connections * AHEAD;
    const wanted = {
      urgent: ahead - this.urgent.length,
      bulk: this.bulk.length <= this.connections * LOW ? ahead - this.bulk.length : 0,
    };
    const mails = await claimMails(this.ctx, this.claim, wanted, settings.mailsPerMinute);
    this.mayBeMore = mails.filter(({ kind }) => kind === 'CAMPAIGN').length === wanted.bulk;
    const small = await readSmallBlobs(
      this.ctx,
      mails.map(({ blobId }) => blobId),
    );
    for (const mail of mails)
      (mail.kind === 'CAMPAIGN' ? this.bulk : this.urgent).push({ mail, written: small.get(mail.blobId) ?? null });
    this.pump();
  }

  /** A mailing that was paused takes its mails back from here; the fence would keep them, but not before a connection had been spent on each. */
  private async forgetTakenAway(): Promise<void> {
    if (this.bulk.length === 0) return;
    const mine = await stillClaimed(
      this.ctx,
      this.bulk.map(({ mail }) => mail),
    );
    for (const claimed of this.bulk.splice(0)) if (mine.has(claimed.mail.id)) this.bulk.push(claimed);
  }

  /** Starts waiting mails on free connections; mass mail leaves one of them free, so that nothing else ever waits behind it. */
  private pump(): void {
    while (!this.halt.signal.aborted && this.inFlight.size < this.connections) {
      const mayBulk = this.bulkInFlight < Math.max(1, this.connections - 1);
      const claimed = this.urgent.shift() ?? (mayBulk ? this.bulk.shift() : undefined);
      if (!claimed) return;
      const { mail } = claimed;
      const isBulk = mail.kind === 'CAMPAIGN';
      if (isBulk) this.bulkInFlight += 1;
      const sending = this.handOver(claimed, this.account!).then((end) => {
        if (end) this.settleSoon(mail, end);
        this.inFlight.delete(sending);
        if (isBulk) this.bulkInFlight -= 1;
        this.pump();
        if (this.mayBeMore && this.bulk.length <= this.connections * LOW) this.wake();
      });
      this.inFlight.add(sending);
    }
  }

  /** One try, and what it makes of the mail; null: it was taken away meanwhile, and whoever did it has said what it is. Never rejects. */
  private async handOver({ mail, written }: Claimed, account: SmtpAccount): Promise<MailEnd | null> {
    const { ctx } = this;
    let isTakenAway = false;
    try {
      const envelope = { from: mail.nullSender ? '' : mail.fromAddress, to: mail.openRecipients ?? mail.recipients };
      const plain = written ?? (await readWholeBlob(ctx, mail.blobId));
      if (plain.length === 0) {
        // Who takes a mail away lets its bytes go, too; then nothing has failed.
        if (!(await stillClaimed(ctx, [mail])).has(mail.id)) return null;
        throw new SmtpFailure('The words of this mail are no longer kept.', GONE);
      }
      const bytes = this.dkim ? await signMail(plain, this.dkim) : plain;
      const receipt = await ctx.smtp.send(account, envelope, bytes, {
        beforeBody: () =>
          this.ledger.beginBody(mail).catch((error: unknown) => {
            isTakenAway = error instanceof MailTakenAwayError;
            throw error;
          }),
        signal: this.halt.signal,
      });
      dataGap.observe(receipt.gapMs / 1000);
      this.connectionWorks();
      return judgeReceipt(mail, receipt, ctx.clock.now());
    } catch (error) {
      if (isTakenAway) return null;
      const now = ctx.clock.now();
      if (this.halt.signal.aborted && !(error instanceof SmtpFailure && error.bodyBegun))
        return { state: 'QUEUED', phase: 'CONNECT', nextAttemptAt: now };
      if (!(error instanceof SmtpFailure)) {
        ctx.log.error({ err: error, outgoingMailId: mail.id }, 'a mail could not be handed over because of a bug');
        return judgeFailure(mail, new SmtpFailure('An internal error', { permanent: false, bodyBegun: false }), now);
      }
      if (error.scope === 'CONNECTION') this.connectionFails(error);
      else if (error.serverText !== null) this.connectionWorks();
      const end = judgeFailure(mail, error, now);
      ctx.log.warn({ outgoingMailId: mail.id, kind: mail.kind, state: end.state }, 'a mail could not be sent');
      return end;
    }
  }

  /** The connection does not wait for the disk: its next mail begins in the same commit as this one ends. */
  private settleSoon(mail: OutgoingMail, end: MailEnd): void {
    const settling = this.settle(mail, end).finally(() => this.settling.delete(settling));
    this.settling.add(settling);
  }

  private async allEnded(): Promise<void> {
    while (this.inFlight.size + this.settling.size > 0) {
      await Promise.allSettled(this.inFlight);
      await Promise.allSettled(this.settling);
    }
  }

  /** Writes the end down, and does not give up: only this process knows it. */
  private async settle(mail: OutgoingMail, end: MailEnd): Promise<void> {
    for (let waitMs = 200; ; waitMs = Math.min(waitMs * 2, WRITE_AGAIN_MS)) {
      try {
        await this.ledger.settle(mail, end);
        return;
      } catch (err) {
        this.ctx.log.error({ err, outgoingMailId: mail.id }, 'the end of a mail could not be written; trying again');
        if (this.halt.signal.aborted) return;
        await new Promise((resolve) => setTimeout(resolve, waitMs));
      }
    }
  }

  private connectionWorks(): void {
    if (this.failures === 0) return;
    this.failures = 0;
    this.remember(endTrouble(this.ctx).then(() => this.wake()));
  }

  /** The next mail would fare no better: all that is not begun waits for a while, and loses nothing by it. */
  private connectionFails(failure: SmtpFailure): void {
    this.failures += 1;
    this.remember(meetTrouble(this.ctx, failure.message, this.failures));
    this.remember(this.giveBack());
  }

  private remember(writing: Promise<void>): void {
    const settling = writing
      .catch((err: unknown) => this.ctx.log.error({ err }, 'how sending stands could not be written down'))
      .finally(() => this.settling.delete(settling));
    this.settling.add(settling);
  }

  private async giveBack(): Promise<void> {
    const left = [...this.urgent.splice(0), ...this.bulk.splice(0)];
    await releaseMails(
      this.ctx,
      left.map(({ mail }) => mail),
    );
  }

  private sleep(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, POLL_MS);
      this.sleeper = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

async function smtpAccount(
  ctx: Context,
  settings: Awaited<ReturnType<typeof readSettings>>,
): Promise<SmtpAccount | null> {
  if (!settings.smtpHost) return null;
  return {
    host: settings.smtpHost,
    port: settings.smtpPort,
    security: settings.smtpSecurity,
    user: settings.smtpUser,
    password: settings.smtpUser ? await readMailboxSecret(ctx, 'SMTP') : null,
  };
}
