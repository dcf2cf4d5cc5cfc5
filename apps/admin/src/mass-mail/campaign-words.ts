import type { CampaignCountsFieldsFragment, CampaignState, RecipientState } from '../gql/graphql.ts';

/** What a mailing's state is called. */
export const stateWords: Record<CampaignState, string> = {
  DRAFT: 'Draft',
  SCHEDULED: 'Scheduled',
  RUNNING: 'Sending',
  PAUSED: 'Paused',
  STOPPED: 'Stopped',
  DONE: 'Done',
};

/** The badge that goes with it. */
export const stateLooks: Record<CampaignState, string> = {
  DRAFT: '',
  SCHEDULED: 'badge--blue',
  RUNNING: 'badge--blue',
  PAUSED: 'badge--note',
  STOPPED: 'badge--note',
  DONE: 'badge--good',
};

/** What became of the mail to one addressee. */
export const recipientWords: Record<RecipientState, string> = {
  WAITING: 'Waiting',
  QUEUED: 'Waiting',
  SENDING: 'Being sent',
  SENT: 'Sent',
  FAILED: 'Failed',
  UNKNOWN: 'Unknown: it may have arrived or not',
  BOUNCED: 'Came back',
  SKIPPED: 'Not sent',
};

/** The share of addressees of whom it is settled what became of the mail, 0 to 1. */
export function doneShare({ recipients, waiting, sending }: CampaignCountsFieldsFragment): number {
  return recipients === 0 ? 0 : (recipients - waiting - sending) / recipients;
}

/** How long until then, in words: "about 4 min". */
export function timeLeft(untilIso: string, now: number): string {
  const seconds = Math.max(0, Math.round((Date.parse(untilIso) - now) / 1000));
  if (seconds < 60) return `about ${Math.max(1, seconds)} s`;
  if (seconds < 3600) return `about ${Math.round(seconds / 60)} min`;
  return `about ${Math.round(seconds / 360) / 10} h`;
}
