import type { SmtpFailure, SmtpReceipt } from '../platform/smtp.ts';
import type { OutgoingMail } from './outgoing-mail.entity.ts';
import type { MailEnd } from './settle-mails.ts';

const MINUTE_MS = 60_000;
const RETRY_MINUTES = [1, 5, 15, 60];
/** RFC 5321, section 4.5.4.1: a client gives up after four to five days. */
const GIVE_UP_MS = 5 * 24 * 60 * MINUTE_MS;
/** So many tries come before a mail is given up, however old it is: it may have waited for the settings most of its time. */
const MIN_TRIES = RETRY_MINUTES.length + 1;

type Tried = Pick<OutgoingMail, 'attempts' | 'createdAt' | 'toAddress' | 'openRecipients' | 'nullSender'>;

/** What a mail is after the server took it, perhaps not for everybody. Who was put off is tried again alone. Pure. */
export function judgeReceipt(mail: Tried, receipt: SmtpReceipt, now: Date): MailEnd {
  const { refused } = receipt;
  if (refused.length === 0) return { state: 'SENT', sentAt: now, detail: receipt.response, openRecipients: null };
  const detail = `Not taken for ${refused.map(({ address, response }) => `${address}: ${response}`).join('; ')}`;
  const openRecipients = refused.map(({ address }) => address);
  const isPutOff = refused.some(({ response }) => response.startsWith('4'));
  if (isPutOff && !isTooOld(mail, now)) return { ...waiting(mail, now), detail, openRecipients };
  if (openRecipients.includes(mail.toAddress)) return { state: 'FAILED', detail, openRecipients };
  return { state: 'SENT', sentAt: now, detail, openRecipients };
}

/** What a mail is after a try that failed. Pure. */
export function judgeFailure(mail: Tried, failure: SmtpFailure, now: Date): MailEnd {
  if (failure.bodyBegun)
    return { state: 'UNKNOWN', detail: `${failure.message} The mail may have been delivered or not.` };
  // Some servers for sending take no empty envelope sender: then the Support Email stands there, and it is tried once more.
  if (failure.permanent && mail.nullSender)
    return { state: 'QUEUED', phase: 'CONNECT', nullSender: false, nextAttemptAt: now };
  if (!failure.permanent && !isTooOld(mail, now)) return { ...waiting(mail, now), detail: failure.message };
  const tookIt = mail.openRecipients !== null && !mail.openRecipients.includes(mail.toAddress);
  if (!tookIt) return { state: 'FAILED', detail: failure.message };
  const detail = `Not taken for ${mail.openRecipients!.join(', ')}: ${failure.message}`;
  return { state: 'SENT', sentAt: now, detail };
}

function waiting(mail: Tried, now: Date) {
  const minutes = RETRY_MINUTES[mail.attempts - 1] ?? 60;
  return {
    state: 'QUEUED' as const,
    phase: 'CONNECT' as const,
    nextAttemptAt: new Date(now.getTime() + minutes * MINUTE_MS),
  };
}

function isTooOld(mail: Tried, now: Date): boolean {
  return now.getTime() - mail.createdAt.getTime() > GIVE_UP_MS && mail.attempts >= MIN_TRIES;
}
