import { domainOf, normalizeAddress } from './addresses.ts';

/** One confirmation that was queued. */
export interface SentConfirmation {
  /** The address it went to, in its normal spelling. */
  sender: string;
  /** The domain of that address, in ASCII form. */
  domain: string;
  at: Date;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How many confirmations leave at most. These limits end every loop, whatever the headers say. */
export const CONFIRMATION_LIMITS = { perSenderHour: 3, perSenderDay: 10, perDomainHour: 50, perHour: 500 } as const;

/** Whether one more confirmation may leave, and if not, why. */
export type BudgetAnswer =
  | { allowed: true; reason: null; isAlarm: false }
  | {
      allowed: false;
      reason: string;
      /** The limit of all senders together was met: something is wrong, and an administrator should know. */
      isAlarm: boolean;
    };

/**
 * Whether one more confirmation to this sender stays within the limits. `history` holds the confirmations of the last
 * 24 hours at least, in any order; older ones do not count, later ones than `now` (a clock that jumped) do.
 */
export function mayConfirmWithin(history: readonly SentConfirmation[], sender: string, now: Date): BudgetAnswer {
  const address = normalizeAddress(sender);
  const domain = domainOf(sender);
  if (address === null) return refuse('the sender has no address that can be answered');
  const since = (ms: number) => history.filter(({ at }) => at.getTime() > now.getTime() - ms);
  const lastHour = since(HOUR_MS);
  const { perSenderHour, perSenderDay, perDomainHour, perHour } = CONFIRMATION_LIMITS;
  if (lastHour.length >= perHour)
    return refuse(`${perHour} confirmations left within an hour, to all senders together`, true);
  if (countOf(lastHour, (sent) => sent.domain === domain) >= perDomainHour) {
    return refuse(`${perDomainHour} confirmations left to this domain within an hour`);
  }
  if (countOf(lastHour, (sent) => sent.sender === address) >= perSenderHour) {
    return refuse(`${perSenderHour} confirmations left to this sender within an hour`);
  }
  if (countOf(since(DAY_MS), (sent) => sent.sender === address) >= perSenderDay) {
    return refuse(`${perSenderDay} confirmations left to this sender within a day`);
  }
  return { allowed: true, reason: null, isAlarm: false };
}

function countOf(history: readonly SentConfirmation[], matches: (sent: SentConfirmation) => boolean): number {
  return history.filter(matches).length;
}

function refuse(reason: string, isAlarm = false): BudgetAnswer {
  return { allowed: false, reason, isAlarm };
}
