import type { CampaignCounts } from './campaign-figures.ts';

/** When a mailing will be done at this rate of mails a minute, which is over 0. */
export function estimatedEnd(
  { waiting, sending }: Pick<CampaignCounts, 'waiting' | 'sending'>,
  perMinute: number,
  now: Date,
): Date {
  return new Date(now.getTime() + ((waiting + sending) / perMinute) * 60_000);
}
