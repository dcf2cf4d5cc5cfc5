import { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { SmtpAccount, SmtpReceipt } from './smtp.ts';

/** Times in milliseconds; a test makes them short. */
export interface SmtpLimits {
  readonly connectMs: number;
  /** For each reply before the body. */
  readonly replyMs: number;
  /** RFC 5321, section 4.5.3.2.6: after the final dot a client waits ten minutes. */
  readonly finalReplyMs: number;
  /** A body that is under way when the product stops may go on for so long. */
  readonly graceMs: number;
  /** A connection waits so long for the next mail before it is left. */
  readonly idleMs: number;
}

/** How far a mail has come: once the body has begun, silence means that nobody knows. */
export interface Progress {
  bodyBegun: boolean;
  /** `beforeBody` was called; it is called once for each mail. */
  asked: boolean;
}

export interface Envelope {
  readonly from: string;
  readonly to: readonly string[];
}

export interface SendHooks {
  beforeBody(): Promise<void>;
  readonly signal?: AbortSignal;
}

/** A connection that was used so lately is taken to be alive; if it is not, the mail goes over another. */
const FRESH_MS = 1_000;
const QUIT_MS = 2_000;
const MAX_WORDS = 300;

/** One connection to a mail server, signed in; it carries one mail after another. */
export class SmtpSession {
  /** Mails that were begun on it. */
  mails = 0;
  /** Since when it is known to be ready for a mail; null: the last one ended otherwise than by being taken. */
  private readySince: number | null = null;
  private readonly connection: SMTPConnection;
  private readonly limits: SmtpLimits;
  private readonly broken: Promise<never>;
  private gone = false;

  constructor(account: SmtpAccount, limits: SmtpLimits, ca: string | undefined) {
    this.limits = limits;
    this.connection = new SMTPConnection({
      host: account.host,
      port: account.port,
      secure: account.security === 'TLS',
      requireTLS: account.security === 'STARTTLS',
      ignoreTLS: account.security === 'NONE',
      connectionTimeout: limits.connectMs,
      greetingTimeout: limits.replyMs,
      socketTimeout: limits.finalReplyMs,
      tls: { minVersion: 'TLSv1.2' as const, ...(ca ? { ca } : {}) },
    });
    this.broken = new Promise<never>((_resolve, reject) => {
      this.connection.on('error', (error: Error) => {
        this.gone = true;
        reject(error);
      });
      this.connection.once('end', () => {
        this.gone = true;
        reject(new Error('The mail server closed the connection'));
      });
    });
    this.broken.catch(() => undefined);
  }

  get isGone(): boolean {
    return this.gone;
  }

  /** Connects and signs in. */
  async open(account: SmtpAccount, signal?: AbortSignal): Promise<void> {
    const { connectMs, replyMs } = this.limits;
    const stopListening = onAbort(signal, () => this.close());
    try {
      await this.within(
        connectMs + replyMs,
        call<void>((done) => this.connection.connect(done as (error?: Error) => void)),
      );
      if (account.user === null) return;
      const auth = { user: account.user, pass: account.password ?? '' };
      await this.within(
        replyMs,
        call<unknown>((done) => this.connection.login(auth, done)),
      );
    } finally {
      stopListening();
    }
  }

  /**
   * Makes it ready for the next mail; false: the server is no longer there. Just after a mail was taken it is ready
   * already (RFC 5321, section 4.1.1.4); otherwise RSET makes it so, and also tells whether anybody is there.
   */
  async reset(): Promise<boolean> {
    if (this.gone) return false;
    if (this.readySince !== null && performance.now() - this.readySince < FRESH_MS) return true;
    try {
      await this.within(
        this.limits.replyMs,
        call<unknown>((done) => this.connection.reset(done as never)),
      );
      return true;
    } catch {
      return false;
    }
  }

  /** Hands one mail over. A stop ends the connection at once, but lets a body that is under way come to its end for a while: cut, it would be unknown. */
  async send(envelope: Envelope, content: Buffer, hooks: SendHooks, progress: Progress): Promise<SmtpReceipt> {
    this.mails += 1;
    this.readySince = null;
    let grace: NodeJS.Timeout | undefined;
    const stopListening = onAbort(hooks.signal, () => {
      if (progress.bodyBegun) grace = setTimeout(() => this.close(), this.limits.graceMs);
      else this.close();
    });
    try {
      const { finalReplyMs, replyMs } = this.limits;
      const receipt = await this.within(finalReplyMs + replyMs * 3, this.handOver(envelope, content, hooks, progress));
      this.readySince = performance.now();
      return receipt;
    } finally {
      clearTimeout(grace);
      stopListening();
    }
  }

  /** Says QUIT, which no outcome depends on. */
  leave(): void {
    if (this.gone) return;
    const timer = setTimeout(() => this.connection.close(), QUIT_MS);
    timer.unref();
    this.connection.once('end', () => clearTimeout(timer));
    this.connection.quit();
  }

  close(): void {
    this.gone = true;
    this.connection.close();
  }

  /** The body is a stream that is first read when the server has taken the recipients and said 354. */
  private async handOver(
    envelope: Envelope,
    content: Buffer,
    hooks: SendHooks,
    progress: Progress,
  ): Promise<SmtpReceipt> {
    const tooSlow = deadline(this.limits.replyMs * 3);
    let bodyEndedAt = 0;
    const body = lateBody(content, {
      async begins() {
        progress.asked = true;
        await hooks.beforeBody();
        hooks.signal?.throwIfAborted();
        clearTimeout(tooSlow.timer);
        progress.bodyBegun = true;
      },
      ends() {
        bodyEndedAt = performance.now();
      },
    });
    const sent = call<SendInfo>((done) =>
      this.connection.send({ from: envelope.from, to: [...envelope.to], size: content.length }, body, done as never),
    );
    try {
      const info = await Promise.race([sent, tooSlow.promise]);
      const refused = (info.rejectedErrors ?? []).map((error) => ({
        address: error.recipient ?? '',
        response: clean(error.response ?? error.message),
      }));
      return { response: clean(info.response ?? ''), refused, gapMs: performance.now() - bodyEndedAt };
    } finally {
      clearTimeout(tooSlow.timer);
    }
  }

  private within<T>(ms: number, work: Promise<T>): Promise<T> {
    const { promise, timer } = deadline(ms);
    return Promise.race([work, this.broken, promise]).finally(() => clearTimeout(timer));
  }
}

/** A stream of one piece; `begins` is waited for when it is first read. */
function lateBody(content: Buffer, moments: { begins(): Promise<void>; ends(): void }): Readable {
  let hasBegun = false;
  return new Readable({
    read() {
      if (hasBegun) {
        moments.ends();
        this.push(null);
        return;
      }
      hasBegun = true;
      moments.begins().then(
        () => this.push(content),
        (error: Error) => this.destroy(error),
      );
    },
  });
}

interface SendInfo {
  response?: string;
  rejectedErrors?: { recipient?: string; response?: string; message: string }[];
}

/** Calls `stop` when the signal aborts; the answer ends the listening. */
function onAbort(signal: AbortSignal | undefined, stop: () => void): () => void {
  if (!signal) return () => undefined;
  if (signal.aborted) stop();
  else signal.addEventListener('abort', stop, { once: true });
  return () => signal.removeEventListener('abort', stop);
}

function call<T>(start: (done: (error: Error | null | undefined, value?: T) => void) => void): Promise<T> {
  return new Promise((resolve, reject) => start((error, value) => (error ? reject(error) : resolve(value as T))));
}

function deadline(ms: number): { promise: Promise<never>; timer: NodeJS.Timeout } {
  let timer!: NodeJS.Timeout;
  const promise = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`The mail server did not answer within ${ms / 1000} s`)), ms);
  });
  promise.catch(() => undefined);
  return { promise, timer };
}

/** A server's words on one line, cut, without control signs. */
export function clean(words: string): string {
  return words
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, MAX_WORDS);
}
