import type { Context } from '../platform/context.ts';
import { rowLock } from '../platform/database.ts';
import { AppError, notFound } from '../platform/errors.ts';
import { emit } from '../platform/events.ts';
import { deliverySettled } from './outbound.events.ts';
import { OutgoingMail } from './outgoing-mail.entity.ts';

type Standing = Pick<OutgoingMail, 'state' | 'kind' | 'detail' | 'forgottenAt'>;

/**
 * Whether a mail may be sent again by hand. Of unknown fate only a reply: a confirmation or mass mail is rather missed
 * than doubled. One that waits after a failure may go now; one that waits to be taken back may not.
 */
export function mayRetry({ state, kind, detail, forgottenAt }: Standing): boolean {
  if (forgottenAt) return false;
  if (state === 'UNKNOWN') return kind === 'REPLY';
  return state === 'FAILED' || state === 'BOUNCED' || (state === 'QUEUED' && detail !== null);
}

/** Whether a person may say that the mail arrived. */
export function mayMarkSent({ state }: Standing): boolean {
  return state === 'UNKNOWN';
}

/** Whether the mail was certainly not sent, and can be given up. */
export function mayDiscard({ state }: Standing): boolean {
  return state === 'QUEUED' || state === 'HELD' || state === 'FAILED';
}

/**
 * Sends a mail again, with the same Message-ID, in the caller's transaction; whom it reached already is left out.
 * @throws AppError CONFLICT when it is on its way or was taken
 */
export async function retryMail(ctx: Context, outgoingMailId: string): Promise<OutgoingMail> {
  const mail = await lockMail(ctx, outgoingMailId, mayRetry);
  Object.assign(mail, {
    state: 'QUEUED',
    phase: 'CONNECT',
    insteadOfRetry: null,
    attempts: 0,
    createdAt: ctx.clock.now(),
    nextAttemptAt: ctx.clock.now(),
    sentAt: null,
    detail: null,
  });
  const { id, ...columns } = mail;
  await ctx.db.update(OutgoingMail, { id }, columns);
  ctx.transaction!.wakes.add('mail');
  return mail;
}

/** Takes an agent's word that an unknown mail arrived, in the caller's transaction. @throws AppError CONFLICT */
export async function markMailDelivered(ctx: Context, outgoingMailId: string): Promise<OutgoingMail> {
  const mail = await lockMail(ctx, outgoingMailId, mayMarkSent);
  return settleByHand(ctx, mail, { state: 'SENT', sentAt: ctx.clock.now(), detail: 'Marked as sent by an agent.' });
}

/** Gives up a mail that was not sent, in the caller's transaction; it never will be. @throws AppError CONFLICT */
export async function discardMail(ctx: Context, outgoingMailId: string): Promise<OutgoingMail> {
  const mail = await lockMail(ctx, outgoingMailId, mayDiscard);
  const detail = `Given up by an administrator.${mail.detail ? ` Before: ${mail.detail}` : ''}`.slice(0, 1000);
  return settleByHand(ctx, mail, { state: 'DISCARDED', detail });
}

async function settleByHand(ctx: Context, mail: OutgoingMail, end: Partial<OutgoingMail>): Promise<OutgoingMail> {
  Object.assign(mail, end);
  await ctx.db.update(OutgoingMail, { id: mail.id }, end);
  await emit(ctx, deliverySettled({ outgoingMailId: mail.id, kind: mail.kind, state: mail.state }));
  return mail;
}

async function lockMail(ctx: Context, id: string, may: (mail: Standing) => boolean): Promise<OutgoingMail> {
  const lock = rowLock(ctx);
  const mail = await ctx.db.findOne(OutgoingMail, { where: { id }, ...(lock ? { lock } : {}) });
  if (!mail) throw notFound('mail');
  if (mail.forgottenAt && !may(mail))
    throw new AppError(
      'CONFLICT',
      'The words of this mail were removed, with its ticket or mailing or by age. It cannot be sent again.',
    );
  if (!may(mail)) throw new AppError('CONFLICT', 'This mail is on its way or was sent already. Nothing was changed.');
  return mail;
}
