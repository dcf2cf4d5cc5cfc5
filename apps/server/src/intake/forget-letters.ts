import { In } from 'typeorm';
import type { Context } from '../platform/context.ts';
import { InboundMail } from './inbound-mail.entity.ts';

const AT_ONCE = 500;

/**
 * Takes the words of letters away, in the caller's transaction. Their rows in the ledger remain with what tells them
 * apart (hash, name on the server, Message-ID) and what became of them, so that none is collected again. Returns the
 * blobs of their sources.
 */
export async function forgetLetters(ctx: Context, ids: readonly string[], because: string): Promise<string[]> {
  const blobIds: string[] = [];
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const some = { id: In(ids.slice(at, at + AT_ONCE)) };
    const letters = await ctx.db.find(InboundMail, { where: some, select: { id: true, rawBlobId: true } });
    blobIds.push(...letters.map(({ rawBlobId }) => rawBlobId));
    await ctx.db.update(InboundMail, some, {
      fromAddress: null,
      subject: null,
      bodyHash: null,
      rawBlobId: '',
      reason: because,
      forgottenAt: ctx.clock.now(),
    });
  }
  return blobIds;
}
