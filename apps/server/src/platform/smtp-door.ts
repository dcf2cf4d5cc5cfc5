import { type SmtpAccount, type SmtpDoor, SmtpFailure } from './smtp.ts';
import { clean, type Progress, type SmtpLimits, SmtpSession } from './smtp-session.ts';

const LIMITS: SmtpLimits = {
  connectMs: 10_000,
  replyMs: 30_000,
  finalReplyMs: 600_000,
  graceMs: 25_000,
  idleMs: 5_000,
};
/** Many servers end a connection after a hundred mails or so; it is better left in good order. */
const MAILS_PER_CONNECTION = 100;
/** RFC 4954, section 6: these say that the sign-in is at fault, not the mail. */
const SIGN_IN_CODES = new Set([530, 534, 535, 538]);
/** RFC 5321, section 4.2.1: the server closes the connection, whatever was asked. */
const CLOSING = 421;
/** Steps at which a refusal is about this mail; before them it is about the connection or the account. */
const MAIL_STEPS = /^(MAIL FROM|RCPT TO|DATA|API)$/;

interface Idle {
  readonly session: SmtpSession;
  readonly timer: NodeJS.Timeout;
}

/**
 * Sends over real connections; TLS 1.2 or newer, verified. A connection carries many mails, one after another, and is
 * left when none comes for a while. `ca`: trusted in place of the system's authorities.
 */
export function makeSmtpDoor(options: { ca?: string; limits?: Partial<SmtpLimits> } = {}): SmtpDoor {
  const limits = { ...LIMITS, ...options.limits };
  const open = new Set<SmtpSession>();
  const idle = new Map<string, Idle[]>();

  async function freshSession(account: SmtpAccount, signal?: AbortSignal): Promise<SmtpSession> {
    const session = new SmtpSession(account, limits, options.ca);
    open.add(session);
    try {
      await session.open(account, signal);
      return session;
    } catch (error) {
      drop(session);
      throw error;
    }
  }

  /** A connection that waits and still answers; null: there is none. */
  async function waitingSession(account: SmtpAccount): Promise<SmtpSession | null> {
    const waiting = idle.get(keyOf(account));
    for (let next = waiting?.pop(); next; next = waiting?.pop()) {
      clearTimeout(next.timer);
      if (await next.session.reset()) return next.session;
      drop(next.session);
    }
    return null;
  }

  function keep(account: SmtpAccount, session: SmtpSession): void {
    if (session.isGone || limits.idleMs === 0 || session.mails >= MAILS_PER_CONNECTION) {
      leave(session);
      return;
    }
    const waiting = idle.get(keyOf(account)) ?? [];
    idle.set(keyOf(account), waiting);
    const timer = setTimeout(() => {
      waiting.splice(
        waiting.findIndex((entry) => entry.session === session),
        1,
      );
      leave(session);
    }, limits.idleMs);
    timer.unref();
    waiting.push({ session, timer });
  }

  function leave(session: SmtpSession): void {
    open.delete(session);
    session.leave();
  }

  function drop(session: SmtpSession): void {
    open.delete(session);
    session.close();
  }

  return {
    async send(account, envelope, content, hooks) {
      const bytes = normalizeLineEnds(content);
      for (let mayBeStale = true; ; mayBeStale = false) {
        const progress: Progress = { bodyBegun: false, asked: false };
        const waiting = mayBeStale ? await waitingSession(account) : null;
        let session = waiting;
        try {
          session ??= await freshSession(account, hooks.signal);
          const receipt = await session.send(envelope, bytes, hooks, progress);
          keep(account, session);
          return receipt;
        } catch (error) {
          const failure = asFailure(error, account, progress.bodyBegun);
          if (session && failure.scope === 'MAIL' && failure.serverText) keep(account, session);
          else if (session) drop(session);
          const wasStale = waiting !== null && failure.scope === 'CONNECTION' && !progress.asked;
          if (!wasStale || hooks.signal?.aborted) throw failure;
        }
      }
    },
    async close() {
      for (const { timer } of [...idle.values()].flat()) clearTimeout(timer);
      for (const session of open) session.close();
      open.clear();
      idle.clear();
    },
  };
}

/** Connections of one account are alike. */
function keyOf({ host, port, security, user, password }: SmtpAccount): string {
  return JSON.stringify([host, port, security, user, password]);
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
  const isUnknown = bodyBegun && !spoken;
  const ofTheMail = tooLarge || isUnknown || (spoken && aboutTheMail && status !== CLOSING);
  return new SmtpFailure(said, {
    permanent,
    bodyBegun: isUnknown,
    serverText,
    scope: ofTheMail ? 'MAIL' : 'CONNECTION',
    cause: error,
  });
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
