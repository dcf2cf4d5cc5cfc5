import { requireScope } from '../accounts/account.policy.ts';
import { readWholeBlob } from '../platform/blobs.ts';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { notFound } from '../platform/errors.ts';
import { readSettings } from '../settings/read-settings.ts';
import { fileMail } from './file-mail.ts';
import { InboundMail } from './inbound-mail.entity.ts';
import { readLetter } from './read-letter.ts';

/**
 * Makes a ticket of a blocked or held letter after all; one that has its ticket is left as it is.
 * @throws AppError NOT_FOUND, FORBIDDEN
 */
export async function releaseInboundMail(ctx: Context, inboundMailId: string): Promise<InboundMail> {
  requireScope(ctx.actor, 'tickets:write');
  const before = await ctx.db.findOneBy(InboundMail, { id: inboundMailId });
  if (!before) throw notFound('letter');
  if (before.fate !== 'BLOCKED' && before.fate !== 'HELD') return before;
  const understood = await readLetter(ctx, before.id, await readWholeBlob(ctx, before.rawBlobId));
  return transact(ctx, async (ctx) => {
    const inbound = await ctx.db.findOneByOrFail(InboundMail, { id: inboundMailId });
    if (inbound.fate === 'BLOCKED' || inbound.fate === 'HELD')
      await fileMail(ctx, inbound, understood, await readSettings(ctx), true);
    return ctx.db.findOneByOrFail(InboundMail, { id: inboundMailId });
  });
}
