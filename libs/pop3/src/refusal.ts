import { Pop3Error, type Pop3ErrorCode } from './errors.ts';
import type { Reply } from './response.ts';

const BY_RESPONSE_CODE: Readonly<Record<string, readonly [Pop3ErrorCode, string]>> = {
  'IN-USE': [
    'IN_USE',
    'Another program has this mailbox open. Wait for the next try; if this stays, stop that program.',
  ],
  'LOGIN-DELAY': ['LOGIN_DELAY', 'The server wants a longer pause between two sign-ins. Collect less often.'],
  'SYS/TEMP': ['SYS_TEMP', 'The mail server has a passing fault. Wait for the next try.'],
  'SYS/PERM': ['SYS_PERM', 'The mail server has a lasting fault with this mailbox. Ask whoever runs it.'],
};

/** Servers without response codes say in words that the maildrop is locked (RFC 1939, section 4). */
const LOCKED = /(maildrop|mailbox|mail drop)\b.{0,40}\b(locked|in use|busy)\b|\block\b.{0,20}\b(maildrop|mailbox)\b/i;

/**
 * The error for an -ERR. A response code decides what it means (RFC 2449, section 8; RFC 3206); without one it is
 * `otherwise`, except for a locked maildrop while signing in.
 */
export function refusal(reply: Reply, otherwise: Pop3ErrorCode, message: string): Pop3Error {
  const { responseCode, text } = reply;
  const isLocked = otherwise === 'AUTH' && responseCode === null && LOCKED.test(text);
  const known = BY_RESPONSE_CODE[isLocked ? 'IN-USE' : (responseCode ?? '')];
  const [code, words] = known ?? [responseCode === 'AUTH' ? 'AUTH' : otherwise, message];
  return new Pop3Error(code, words, { responseCode: responseCode ?? undefined, serverText: text });
}

/** The error for a command that the server refused while it goes on with others. */
export function refusedCommand(reply: Reply, command: string): Pop3Error {
  return refusal(reply, 'REFUSED', `The server refused ${command}. The message stays on the server.`);
}
