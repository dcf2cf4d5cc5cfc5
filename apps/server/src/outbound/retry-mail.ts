import type { Context } from '../platform/context.ts';
import { AppError, notFound } from '../platform/errors.ts';
import { emit } from '../platform/events.ts';
import { deliverySettled } from './outbound.events.ts';
import { OutgoingMail } from './outgoing-mail.entity.ts';

/**
 * Sends a failed or unknown mail again, with the same Message-ID, in the caller's transaction.
 * @throws AppError CONFLICT when it is on its way or was taken
 */
export async function retryMail(ctx: Context, outgoingMailId: string): Promise<OutgoingMail> {
  const mail = await failedOrUnknown(ctx, outgoingMailId, ['FAILED', 'UNKNOWN', 'BOUNCED']);
  Object.assign(mail, {
    state: 'QUEUED',
    phase: 'CONNECT',
    attempts: 0,
    createdAt: ctx.clock.now(),
    nextAttemptAt: ctx.clock.now(),
    detail: null,
  });
  const { id, ...columns } = mail;
  await ctx.db.update(OutgoingMail, { id }, columns);
  ctx.transaction!.wakes.add('mail');
  return mail;
}

/** Takes an agent's word that an unknown mail arrived, in the caller's transaction. @throws AppError CONFLICT */
export async function markMailDelivered(ctx: Context, outgoingMailId: string): Promise<OutgoingMail> {
  const mail = await failedOrUnknown(ctx, outgoingMailId, ['UNKNOWN']);
  Object.assign(mail, { state: 'SENT', sentAt: ctx.clock.now(), detail: 'Marked as sent by an agent.' });
  await ctx.db.update(OutgoingMail, { id: mail.id }, { state: mail.state, sentAt: mail.sentAt, detail: mail.detail });
  await emit(ctx, deliverySettled({ outgoingMailId: mail.id, kind: mail.kind, state: 'SENT' }));
  return mail;
}

async function failedOrUnknown(ctx: Context, id: string, states: OutgoingMail['state'][]): Promise<OutgoingMail> {
  const mail = await ctx.db.findOneBy(OutgoingMail, { id });
  if (!mail) throw notFound('mail');
  if (!states.includes(mail.state))
    throw new AppError('CONFLICT', 'This mail is on its way or was sent already. Nothing was changed.');
  return mail;
}
