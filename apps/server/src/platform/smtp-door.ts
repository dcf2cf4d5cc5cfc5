import { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { type SmtpAccount, type SmtpDoor, SmtpFailure, type SmtpReceipt } from './smtp.ts';

const CONNECT_MS = 10_000;
/** For each step before the body. */
const REPLY_MS = 60_000;
/** RFC 5321, section 4.5.3.2.6: after the final dot a client waits ten minutes. */
const FINAL_REPLY_MS = 600_000;
const MAX_WORDS = 300;

/** Sends over real connections, one for each mail; TLS 1.2 or newer, verified. `ca`: certificates to trust as well. */
export function makeSmtpDoor(options: { ca?: string } = {}): SmtpDoor {
  const open = new Set<SMTPConnection>();
  return {
    async send(account, envelope, content, hooks) {
      const connection = new SMTPConnection(connectionOptions(account, options.ca));
      open.add(connection);
      const progress = { bodyBegun: false };
      try {
        return await deliver(connection, account, envelope, normalizeLineEnds(content), hooks, progress);
      } catch (error) {
        throw asFailure(error, account, progress.bodyBegun);
      } finally {
        open.delete(connection);
        connection.close();
      }
    },
    async close() {
      for (const connection of open) connection.close();
    },
  };
}

function connectionOptions(account: SmtpAccount, ca: string | undefined) {
  return {
    host: account.host,
    port: account.port,
    secure: account.security === 'TLS',
    requireTLS: account.security === 'STARTTLS',
    ignoreTLS: account.security === 'NONE',
    connectionTimeout: CONNECT_MS,
    greetingTimeout: REPLY_MS,
    socketTimeout: FINAL_REPLY_MS,
    tls: { minVersion: 'TLSv1.2' as const, ...(ca ? { ca } : {}) },
  };
}

async function deliver(
  connection: SMTPConnection,
  account: SmtpAccount,
  envelope: { from: string; to: readonly string[] },
  content: Buffer,
  hooks: { beforeBody(): Promise<void>; signal?: AbortSignal },
  progress: { bodyBegun: boolean },
): Promise<SmtpReceipt> {
  const broken = new Promise<never>((_resolve, reject) => {
    connection.once('error', reject);
    connection.once('end', () => reject(new Error('The mail server closed the connection')));
  });
  broken.catch(() => undefined);
  const onAbort = () => connection.close();
  hooks.signal?.addEventListener('abort', onAbort, { once: true });
  const within = <T>(ms: number, work: Promise<T>): Promise<T> => {
    const { promise, timer } = deadline(ms);
    return Promise.race([work, broken, promise]).finally(() => clearTimeout(timer));
  };
  try {
    await within(CONNECT_MS + REPLY_MS, new Promise<void>((resolve) => connection.connect(() => resolve())));
    if (account.user !== null) {
      const auth = { user: account.user, pass: account.password ?? '' };
      await within(REPLY_MS, call<unknown>((done) => connection.login(auth, done)));
    }
    return await within(FINAL_REPLY_MS, handOver(connection, envelope, content, hooks, progress));
  } finally {
    hooks.signal?.removeEventListener('abort', onAbort);
  }
}

/** The body is a stream that is first read when the server has taken the recipients and said 354. */
async function handOver(
  connection: SMTPConnection,
  envelope: { from: string; to: readonly string[] },
  content: Buffer,
  hooks: { beforeBody(): Promise<void> },
  progress: { bodyBegun: boolean },
): Promise<SmtpReceipt> {
  const tooSlow = deadline(REPLY_MS * 3);
  async function* body() {
    await hooks.beforeBody();
    clearTimeout(tooSlow.timer);
    progress.bodyBegun = true;
    yield content;
  }
  const sent = call<{ response?: string; rejectedErrors?: { recipient?: string; response?: string; message: string }[] }>((done) =>
    connection.send({ from: envelope.from, to: [...envelope.to], size: content.length }, Readable.from(body()), done as never),
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
  const { response, responseCode, code, message } = error as { response?: string; responseCode?: number; code?: string; message?: string };
  const serverText = response ? clean(response) : null;
  const status = responseCode ?? Number(/^\d{3}/.exec(response ?? '')?.[0] ?? Number.NaN);
  // A refusal that the server spoke out is certain, even after the body: it has not taken the mail.
  const spoken = Number.isFinite(status) && status >= 400;
  const permanent = (spoken && status >= 500 && code !== 'EAUTH') || code === 'EMESSAGE';
  return new SmtpFailure(sentence(account, code, serverText, message), { permanent, bodyBegun: bodyBegun && !spoken, serverText, cause: error });
}

function sentence(account: SmtpAccount, code: string | undefined, serverText: string | null, message: string | undefined): string {
  if (code === 'EAUTH') return `The mail server ${account.host} refused the sign-in${serverText ? ` (${serverText})` : ''}. Check user and password for sending.`;
  if (code === 'ETLS') return `A secure connection to ${account.host} could not be made (${clean(message ?? '')}). Check port and security.`;
  if (serverText) return `The mail server refused the message (${serverText}).`;
  if (code === 'EMESSAGE') return clean(message ?? 'The message is too large for the mail server.');
  return `The mail server ${account.host}:${account.port} could not be reached or did not answer (${clean(message ?? 'no reason given')}).`;
}

/** A server's words on one line, cut, without control signs. */
function clean(words: string): string {
  return words.replace(/[\s\p{Cc}]+/gu, ' ').trim().slice(0, MAX_WORDS);
}
