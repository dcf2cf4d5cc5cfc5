/** Why a POP3 session could not go on, for programs; the message says the same for people. */
export type Pop3ErrorCode =
  | 'RESOLVE'
  | 'CONNECT'
  | 'TIMEOUT'
  | 'TLS_CERTIFICATE'
  | 'TLS'
  | 'STLS_MISSING'
  | 'STLS_INJECTION'
  | 'GREETING'
  | 'AUTH'
  | 'IN_USE'
  | 'LOGIN_DELAY'
  | 'SYS_TEMP'
  | 'SYS_PERM'
  | 'REFUSED'
  | 'PROTOCOL'
  | 'TOO_LARGE'
  | 'CLOSED'
  | 'PIPELINING_BROKEN'
  | 'QUIT_REFUSED'
  | 'ABORTED'
  | 'TOO_SLOW';

/** What is known beside code and message. */
export interface Pop3ErrorDetails {
  responseCode?: string | undefined;
  serverText?: string | undefined;
  cause?: unknown;
}

/**
 * The one error of this library. `message` is a sentence for an administrator: what happened and what to do.
 * `serverText` is what the server said, cleaned by `cleanServerText`; it never holds the password.
 */
export class Pop3Error extends Error {
  readonly code: Pop3ErrorCode;
  /** The response code of RFC 2449 and RFC 3206 without brackets, upper case: `IN-USE`, `SYS/TEMP` ... */
  readonly responseCode?: string;
  /** At most 200 characters without control characters. Written by a stranger: show it as text only. */
  readonly serverText?: string;

  constructor(code: Pop3ErrorCode, message: string, details: Pop3ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'Pop3Error';
    this.code = code;
    if (details.responseCode) this.responseCode = details.responseCode;
    if (details.serverText) this.serverText = details.serverText;
  }
}

const SERVER_TEXT_LENGTH = 200;
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/g;

/**
 * Makes words of a server fit to be shown and logged: control and direction characters become a space, each secret
 * becomes `***`, and what is longer than 200 characters is cut.
 */
export function cleanServerText(text: string, secrets: readonly string[] = []): string {
  let clean = text;
  for (const secret of secrets) if (secret !== '') clean = clean.replaceAll(secret, '***');
  clean = clean.replace(UNPRINTABLE, ' ').trim();
  return [...clean].slice(0, SERVER_TEXT_LENGTH).join('');
}
