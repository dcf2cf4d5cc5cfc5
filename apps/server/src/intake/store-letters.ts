import { keepBlob, type ReceivedBlob } from '../platform/blobs.ts';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { enqueue } from '../platform/jobs.ts';
import { InboundMail } from './inbound-mail.entity.ts';
import { MailboxKey } from './mailbox-key.entity.ts';
import { processMail } from './process-mail.job.ts';

/** A letter that has come in and is about to be stored. */
export interface FetchedLetter {
  /** Its name on the server. */
  readonly sourceKey: string;
  readonly blob: ReceivedBlob;
  readonly listedBytes: number | null;
  /** Only its headers are here. */
  readonly leftOnServer: boolean;
}

/**
 * Writes letters, their names and the wish to process them in one durable transaction; after it they may be removed
 * from the server. A letter with the same bytes is stored once and gets a second name.
 */
export async function storeLetters(ctx: Context, mailboxId: string, letters: readonly FetchedLetter[]): Promise<void> {
  await transact(ctx, async (ctx) => {
    let fresh = 0;
    for (const letter of letters) {
      const known = await ctx.db.findOne(InboundMail, {
        where: { mailboxId, sha256: letter.blob.sha256 },
        select: { id: true },
      });
      const id = known?.id ?? (await insertLetter(ctx, mailboxId, letter));
      if (!known) fresh++;
      await nameLetter(ctx, mailboxId, letter, id);
    }
    if (fresh > 0) await enqueue(ctx, processMail, { key: mailboxId, payload: null });
  });
}

async function insertLetter(ctx: Context, mailboxId: string, letter: FetchedLetter): Promise<string> {
  const receivedAt = ctx.clock.now();
  const id = ctx.random.id(receivedAt);
  await ctx.db.insert(InboundMail, {
    id,
    mailboxId,
    receivedAt,
    sha256: letter.blob.sha256,
    sizeBytes: letter.leftOnServer ? (letter.listedBytes ?? letter.blob.sizeBytes) : letter.blob.sizeBytes,
    rawBlobId: await keepBlob(ctx, letter.blob),
    fate: 'COLLECTED',
    reason: null,
    ticketId: null,
    fromAddress: null,
    subject: null,
    messageId: null,
    removedFromServerAt: null,
    attempts: 0,
    leftOnServer: letter.leftOnServer,
    bodyHash: null,
    forgottenAt: null,
  });
  return id;
}

/** A name that came back with the bytes it had before belongs to a server that keeps what it is told to remove. */
async function nameLetter(
  ctx: Context,
  mailboxId: string,
  letter: FetchedLetter,
  inboundMailId: string,
): Promise<void> {
  const name = { mailboxId, sourceKey: letter.sourceKey };
  const before = await ctx.db.findOneBy(MailboxKey, name);
  const keptByServer = before !== null && before.inboundMailId === inboundMailId && before.removedAt !== null;
  await ctx.db.upsert(
    MailboxKey,
    { ...name, inboundMailId, listedBytes: letter.listedBytes, removedAt: null, keptByServer },
    ['mailboxId', 'sourceKey'],
  );
}
