import type { SigningKey } from '@support-center/mail';
import type { Context } from '../platform/context.ts';

/** The key that signs our Message-IDs and later tells them from imitations. */
export function messageIdKey(ctx: Pick<Context, 'secrets'>): SigningKey {
  return { id: 'a', secret: ctx.secrets.deriveKey('message-id') };
}
