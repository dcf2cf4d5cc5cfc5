import type { Context } from '../platform/context.ts';
import { OutgoingMail } from './outgoing-mail.entity.ts';

/** So many of the newest failed mails are looked at; an outage of any size shows its cause in them. */
const MOST = 5000;
const MAX_CAUSE = 300;
const MAX_DETAIL = 2000;
const NO_WORDS = 'The mail server gave no reason.';

/** Failed mails that failed for the same reason. */
export interface FailureCause {
  readonly cause: string;
  readonly count: number;
  /** Those of them that belong to mailings. */
  readonly ofMailings: number;
}

/**
 * The reason without what differs from mail to mail, such as addresses and the server's queue numbers, so that mails
 * that failed alike have the same one. Pure.
 */
export function causeOf(detail: string | null): string {
  const words = (detail ?? '').slice(0, MAX_DETAIL).split(/([\s<>()":;,]+)/);
  const cause = words
    .map((word) => (word.includes('@') ? '…' : word.split('.').map(withoutNumber).join('.')))
    .join('')
    .replaceAll('<…>', '…')
    .replace(/…(?:, …)+/g, '…')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, MAX_CAUSE);
  return cause === '' ? NO_WORDS : cause;
}

/** A word of letters and digits, or a long number, names this one mail. */
function withoutNumber(word: string): string {
  const isMixed = word.length >= 8 && /\d/.test(word) && /[a-z]/i.test(word);
  return isMixed || /^\d{6,}$/.test(word) ? '…' : word;
}

/** Why mails failed, the commonest reason first. */
export async function listFailureCauses(ctx: Context): Promise<FailureCause[]> {
  const causes = new Map<string, FailureCause>();
  for (const { detail, kind } of await newestFailed(ctx)) {
    const cause = causeOf(detail);
    const { count, ofMailings } = causes.get(cause) ?? { count: 0, ofMailings: 0 };
    causes.set(cause, { cause, count: count + 1, ofMailings: ofMailings + (kind === 'CAMPAIGN' ? 1 : 0) });
  }
  return [...causes.values()].sort((a, b) => b.count - a.count || a.cause.localeCompare(b.cause));
}

/** The ids of the failed mails with this cause, oldest first; those of mailings are left to the page of their mailing. */
export async function failedWithCause(ctx: Context, cause: string): Promise<string[]> {
  return (await newestFailed(ctx))
    .filter(({ detail, kind }) => kind !== 'CAMPAIGN' && causeOf(detail) === cause)
    .map(({ id }) => id)
    .reverse();
}

function newestFailed(ctx: Context): Promise<Pick<OutgoingMail, 'id' | 'detail' | 'kind'>[]> {
  return ctx.db.find(OutgoingMail, {
    where: { state: 'FAILED' },
    select: { id: true, detail: true, kind: true },
    order: { createdAt: 'DESC', id: 'DESC' },
    take: MOST,
  });
}
