import { type AutoMailVerdict, messageIdKey } from '@support-center/mail';
import { noteBounce } from '../outbound/note-bounce.ts';
import type { Context } from '../platform/context.ts';
import type { OwnIds } from './own-ids.ts';

/**
 * Lets a delivery report take effect, in the caller's transaction. It counts only when the returned Message-ID is one
 * that we signed: otherwise anyone could switch off a customer's mail.
 */
export async function settleBounce(ctx: Context, { class: kind, bounce }: AutoMailVerdict, own: OwnIds): Promise<void> {
  if (kind !== 'BOUNCE' && kind !== 'BOUNCE_DELAY') return;
  if (!bounce?.originalMessageId || !own.isOurs(bounce.originalMessageId)) return;
  await noteBounce(ctx, {
    messageId: `<${messageIdKey(bounce.originalMessageId)}>`,
    recipients: bounce.recipients,
    failed: kind === 'BOUNCE',
  });
}
