import { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { type SmtpAccount, type SmtpDoor, SmtpFailure, type SmtpReceipt } from './smtp.ts';

/** Times in milliseconds; a test makes them short. */
export interface SmtpLimits {
  readonly connectMs: number;
  /** For each reply before the body. */
  readonly replyMs: number;
  /** RFC 5321, section 4.5.3.2.6: after the final dot a client waits ten minutes. */
  readonly finalReplyMs: number;
  /** A body that is under way when the product stops may go on for so long. */
  readonly graceMs: number;
}

const LIMITS: SmtpLimits = { connectMs: 10_000, replyMs: 30_000, finalReplyMs: 600_000, graceMs: 25_000 };
const QUIT_MS = 2_000;
const MAX_WORDS = 300;
/** RFC 4954, section 6: these say that the sign-in is at fault, not the mail. */
const SIGN_IN_CODES = new Set([530, 534, 535, 538]);
/** Steps at which a refusal is about this mail; before them it is about the connection or the account. */
const MAIL_STEPS = /^(MAIL FROM|RCPT TO|DATA|API)$/;

interface Progress {
  bodyBegun: boolean;
}

/** Sends over real connections, one for each mail; TLS 1.2 or newer, verified. `ca`: trusted in place of the system's authorities. */
export function makeSmtpDoor(options: { ca?: string; limits?: Partial<SmtpLimits> } = {}): SmtpDoor {
  const open = new Set<SMTPConnection>();
  const limits = { ...LIMITS, ...options.limits };
  return {
    async send(account, envelope, content, hooks) {
      const connection = new SMTPConnection(connectionOptions(account, limits, options.ca));
      open.add(connection);
      const progress: Progress = { bodyBegun: false };
      try {
        const receipt = await deliver(
          connection,
          account,
          envelope,
          normalizeLineEnds(content),
          hooks,
          progress,
          limits,
        );
        leave(connection);
        return receipt;
      } catch (error) {
        connection.close();
        throw asFailure(error, account, progress.bodyBegun);
      } finally {
        open.delete(connection);
      }
    },
    async close() {
      for (const connection of open) connection.close();
    },
  };
}

function connectionOptions(account: SmtpAccount, limits: SmtpLimits, ca: string | undefined) {
  return {
    host: account.host,
    port: account.port,
    secure: account.security === 'TLS',
    requireTLS: account.security === 'STARTTLS',
    ignoreTLS: account.security === 'NONE',
    connectionTimeout: limits.connectMs,
    greetingTimeout: limits.replyMs,
    socketTimeout: limits.finalReplyMs,
    tls: { minVersion: 'TLSv1.2' as const, ...(ca ? { ca } : {}) },
  };
}

/** Says QUIT, which no outcome depends on. */
function leave(connection: SMTPConnection): void {
  connection.on('error', () => undefined);
  const timer = setTimeout(() => connection.close(), QUIT_MS);
  timer.unref();
  connection.once('end', () => clearTimeout(timer));
  connection.quit();
}

async function deliver(
  connection: SMTPConnection,
  account: SmtpAccount,
  envelope: { from: string; to: readonly string[] },
  content: Buffer,
  hooks: { beforeBody(): Promise<void>; signal?: AbortSignal },
  progress: Progress,
  limits: SmtpLimits,
): Promise<SmtpReceipt> {
  const broken = new Promise<never>((_resolve, reject) => {
    connection.on('error', reject);
    connection.once('end', () => reject(new Error('The mail server closed the connection')));
  });
  broken.catch(() => undefined);
  const within = <T>(ms: number, work: Promise<T>): Promise<T> => {
    const { promise, timer } = deadline(ms);
    return Promise.race([work, broken, promise]).finally(() => clearTimeout(timer));
  };
  const stopListening = closeOnAbort(connection, hooks.signal, progress, limits.graceMs);
  try {
    await within(
      limits.connectMs + limits.replyMs,
      call<void>((done) => connection.connect(done as (error?: Error) => void)),
    );
    if (account.user !== null) {
      const auth = { user: account.user, pass: account.password ?? '' };
      await within(
        limits.replyMs,
        call<unknown>((done) => connection.login(auth, done)),
      );
    }
    const work = handOver(connection, envelope, content, hooks, progress, limits);
    return await within(limits.finalReplyMs + limits.replyMs * 3, work);
  } finally {
    stopListening();
  }
}

/** A stop ends the connection at once, but lets a body that is under way come to its end for a while: cut, it would be unknown. */
function closeOnAbort(
  connection: SMTPConnection,
  signal: AbortSignal | undefined,
  progress: Progress,
  graceMs: number,
): () => void {
  if (!signal) return () => undefined;
  let timer: NodeJS.Timeout | undefined;
  const onAbort = () => {
    if (progress.bodyBegun) timer = setTimeout(() => connection.close(), graceMs);
    else connection.close();
  };
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort, { once: true });
  return () => {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  };
}

/** The body is a stream that is first read when the server has taken the recipients and said 354. */
async function handOver(
  connection: SMTPConnection,
  envelope: { from: string; to: readonly string[] },
  content: Buffer,
  hooks: { beforeBody(): Promise<void>; signal?: AbortSignal },
  progress: Progress,
  limits: SmtpLimits,
): Promise<SmtpReceipt> {
  const tooSlow = deadline(limits.replyMs * 3);
  async function* body() {
    await hooks.beforeBody();
    hooks.signal?.throwIfAborted();
    clearTimeout(tooSlow.timer);
    progress.bodyBegun = true;
    yield content;
  }
  const sent = call<{
    response?: string;
    rejectedErrors?: { recipient?: string; response?: string; message: string }[];
  }>((done) =>
    connection.send(
      { from: envelope.from, to: [...envelope.to], size: content.length },
      Readable.from(body()),
      done as never,
    ),
  );
  try {
    const info = await Promise.race([sent, tooSlow.promise]);
    const refused = (info.rejectedErrors ?? []).map((error) => ({
      address: error.recipient ?? '',
      response: clean(error.response ?? error.message),
    }));
    return { response: clean(info.response ?? ''), refused };
  } finally {
    clearTimeout(tooSlow.timer);
  }
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

/** Bare CR and bare LF become CRLF: no line end of ours may mean something else to another server (SMTP smuggling). */
export function normalizeLineEnds(content: Buffer): Buffer {
  return Buffer.from(content.toString('latin1').replace(/\r\n|\r|\n/g, '\r\n'), 'latin1');
}

function asFailure(error: unknown, account: SmtpAccount, bodyBegun: boolean): SmtpFailure {
  const { response, responseCode, code, command, message } = error as {
    response?: string;
    responseCode?: number;
    code?: string;
    command?: string;
    message?: string;
  };
  const words = (raw: string | undefined) => clean(withoutPassword(raw ?? '', account));
  const serverText = response ? words(response) : null;
  const status = responseCode ?? Number(/^\d{3}/.exec(response ?? '')?.[0] ?? Number.NaN);
  // A refusal that the server spoke out is certain, even after the body: it has not taken the mail.
  const spoken = Number.isFinite(status) && status >= 400;
  const aboutTheMail = MAIL_STEPS.test(command ?? '') && !SIGN_IN_CODES.has(status);
  const tooLarge = code === 'EMESSAGE' && !spoken;
  const permanent = (spoken && status >= 500 && aboutTheMail) || tooLarge;
  const said = sentence(account, { code, aboutTheMail, serverText, message: words(message) });
  return new SmtpFailure(said, { permanent, bodyBegun: bodyBegun && !spoken, serverText, cause: error });
}

function sentence(
  account: SmtpAccount,
  {
    code,
    aboutTheMail,
    serverText,
    message,
  }: { code: string | undefined; aboutTheMail: boolean; serverText: string | null; message: string },
): string {
  if (code === 'EAUTH')
    return `The mail server ${account.host} refused the sign-in${serverText ? ` (${serverText})` : ''}. Check user and password for sending.`;
  if (code === 'ETLS')
    return `A secure connection to ${account.host} could not be made (${message}). Check port and security.`;
  if (serverText && aboutTheMail) return `The mail server refused the message (${serverText}).`;
  if (serverText) return `The mail server ${account.host} will not take mail from here now (${serverText}).`;
  if (code === 'EMESSAGE') return message || 'The message is too large for the mail server.';
  return `The mail server ${account.host}:${account.port} could not be reached or did not answer (${message || 'no reason given'}).`;
}

/** A server may repeat what it was told; the password, plain or as it goes over the line, is taken out of its words. */
function withoutPassword(words: string, { user, password }: SmtpAccount): string {
  if (!password) return words;
  const forms = [password, base64(password), base64(`\u0000${user ?? ''}\u0000${password}`)];
  return forms.reduce((text, form) => text.replaceAll(form, '…'), words);
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

/** A server's words on one line, cut, without control signs. */
function clean(words: string): string {
  return words
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, MAX_WORDS);
}
