import type { DeliveryState, OutgoingKind, OutgoingRowFragment, SendingFieldsFragment } from '../gql/graphql.ts';
import { formatCount, formatTime, plural } from '../ui/format.ts';

/** Where a mail stands, in words. */
export const stateWords: Record<DeliveryState, string> = {
  QUEUED: 'Waiting',
  SENDING: 'Being sent',
  SENT: 'Sent',
  FAILED: 'Failed',
  UNKNOWN: 'Unknown',
  BOUNCED: 'Came back',
  HELD: 'Kept back',
  DISCARDED: 'Given up',
};

/** The badge that goes with it. */
export const stateLooks: Record<DeliveryState, string> = {
  QUEUED: '',
  SENDING: 'badge--blue',
  SENT: 'badge--good',
  FAILED: 'badge--bad',
  UNKNOWN: 'badge--note',
  BOUNCED: 'badge--bad',
  HELD: 'badge--note',
  DISCARDED: '',
};

/** What a mail is. */
export const kindWords: Record<OutgoingKind, string> = {
  REPLY: 'Reply',
  CONFIRMATION: 'Confirmation',
  NOTICE: 'Notice',
  CAMPAIGN: 'Mass mail',
};

const kindPlurals: Record<OutgoingKind, string> = {
  REPLY: 'replies',
  CONFIRMATION: 'confirmations',
  NOTICE: 'notices',
  CAMPAIGN: 'mass mails',
};

/** "2 replies, 300 mass mails"; one alone keeps its singular. */
export function waitingWords(waiting: SendingFieldsFragment['waiting']): string {
  return waiting.map(({ kind, count }) => plural(count, kindWords[kind].toLowerCase(), kindPlurals[kind])).join(', ');
}

/** "12 of 60", or "12" where nothing limits. */
export function rateWords({ sentLastMinute, mailsPerMinute }: SendingFieldsFragment): string {
  const now = formatCount(sentLastMinute);
  return mailsPerMinute === null ? now : `${now} of ${formatCount(mailsPerMinute)}`;
}

/** What stands under the state of a mail: when it goes, how often it was tried. Null: nothing more is to be said. */
export function nextWords(
  mail: Pick<OutgoingRowFragment, 'state' | 'nextAttemptAt' | 'attempts' | 'detail'>,
  now: number,
): string | null {
  const tries =
    mail.attempts > 0 ? `Tried ${mail.attempts === 1 ? 'once' : `${formatCount(mail.attempts)} times`}. ` : '';
  if (mail.state === 'HELD') return 'Its mailing is paused.';
  if (mail.state === 'UNKNOWN') return 'It is not sent again by itself.';
  if (mail.state === 'FAILED') return tries.trim() || null;
  if (mail.state !== 'QUEUED') return null;
  const isDue = Date.parse(mail.nextAttemptAt) <= now;
  if (isDue) return `${tries}Its turn comes next.`;
  return `${tries}${mail.detail === null ? 'Goes out' : 'Next try'} at ${formatTime(mail.nextAttemptAt)}.`;
}

/** How the way out stands, in one word for a badge. */
export type Standing = 'WORKING' | 'WAITING' | 'NOT_SET_UP';

/** Not set up where something must be given first; waiting while the mail server takes nothing. */
export function standingOf({ missing, trouble }: Pick<SendingFieldsFragment, 'missing' | 'trouble'>): Standing {
  if (missing) return 'NOT_SET_UP';
  return trouble === null ? 'WORKING' : 'WAITING';
}
