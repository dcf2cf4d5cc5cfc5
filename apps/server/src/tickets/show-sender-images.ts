import { normalizeAddress } from '@support-center/mail';
import { requireAgent } from '../accounts/account.policy.ts';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { AppError, notFound } from '../platform/errors.ts';
import { Message } from './message.entity.ts';
import { mayLoadImages } from './pgp-state.ts';
import { SenderImages } from './sender-images.entity.ts';
import { requireMayRead } from './ticket.policy.ts';

/** The sender of a letter as remembered for its images; null: it has none, or it came encrypted, and then its images never load. */
export function imageSenderOf(message: Message): string | null {
  if (message.kind !== 'INBOUND' || !mayLoadImages(message.pgp) || message.fromAddress === null) return null;
  return normalizeAddress(message.fromAddress);
}

/** Remembers for the viewer alone whether remote images of this letter's sender load by themselves. @throws AppError NOT_FOUND, FORBIDDEN, CONFLICT */
export async function showSenderImages(
  ctx: Context,
  { messageId, always }: { messageId: string; always: boolean },
): Promise<Message> {
  const agentId = requireAgent(ctx.actor);
  requireMayRead(ctx.actor);
  return transact(ctx, async (ctx) => {
    const message = await ctx.db.findOneBy(Message, { id: messageId });
    if (!message) throw notFound('message');
    const address = imageSenderOf(message);
    if (address === null)
      throw new AppError(
        'CONFLICT',
        'Remote images of this message cannot be shown always: it has no sender or came encrypted.',
      );
    if (always) await ctx.db.upsert(SenderImages, { agentId, address, since: ctx.clock.now() }, ['agentId', 'address']);
    else await ctx.db.delete(SenderImages, { agentId, address });
    return message;
  });
}
