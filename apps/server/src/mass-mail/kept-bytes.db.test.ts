import { expect, test } from 'vitest';
import { describeEachDatabase } from '../../test/context.ts';
import { saveDesk } from '../../test/factories.ts';
import { letGoOldMails } from '../outbound/keep-mails.ts';
import { type OutgoingKind, OutgoingMail } from '../outbound/outgoing-mail.entity.ts';
import { queueMails } from '../outbound/queue-mail.ts';
import { sendDue } from '../outbound/sender.ts';
import { withdrawMail } from '../outbound/withdraw-mail.ts';
import { BlobChunk, BlobRow } from '../platform/blob.entity.ts';
import { keepBytes } from '../platform/blobs.ts';
import type { Actor, Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { removeReleasedBlobs } from '../platform/release-blobs.ts';
import { makeBlobSweep } from '../platform/sweep-blobs.ts';
import { Attachment } from '../tickets/attachment.entity.ts';
import { Upload } from '../tickets/upload.entity.ts';
import { receiveUpload, removeUpload, sweepUploads } from '../tickets/uploads.ts';

const AGENT: Actor = { kind: 'agent', agentId: 'a', sessionId: 's', role: 'ADMIN' };
const run = { signal: new AbortController().signal, attempts: 0, key: 'recurring' };

describeEachDatabase('stored bytes', (world) => {
  const sweep = makeBlobSweep([letGoOldMails]);
  async function sweepAll(ctx: Context): Promise<void> {
    await sweepUploads(ctx);
    await sweep.run(ctx, null, run);
    await removeReleasedBlobs.run(ctx, null, run);
  }
  const stored = async () => {
    const { db } = world().ctx();
    return [await db.count(BlobRow), await db.count(BlobChunk)];
  };
  async function queue(
    ctx: Context,
    count: number,
    { kind = 'CAMPAIGN', delayMs = 0 }: { kind?: OutgoingKind; delayMs?: number } = {},
  ): Promise<OutgoingMail[]> {
    const mails = Array.from({ length: count }, () => {
      const id = ctx.random.id(ctx.clock.now());
      return {
        id,
        kind,
        dedupeKey: id,
        messageId: `<${id}@desk.example>`,
        subject: 'News',
        from: 'news@desk.example',
        recipients: ['anna@acme.example'],
        bytes: Buffer.from(`Message-ID: <${id}@desk.example>\r\n\r\nHello\r\n`),
        campaignId: kind === 'CAMPAIGN' ? 'c1' : null,
        delayMs,
      };
    });
    return transact(ctx, (ctx) => queueMails(ctx, mails));
  }
  const upload = (ctx: Context, words: string) =>
    receiveUpload(
      ctx,
      { name: 'a.txt', mimeType: 'text/plain' },
      (async function* () {
        yield Buffer.from(words);
      })(),
    );

  test('do not grow by mailings, files and taken back replies that are over', async () => {
    const ctx = world().ctx();
    const agent = world().ctx(AGENT);
    await saveDesk(ctx);
    for (let cycle = 0; cycle < 3; cycle++) {
      await queue(ctx, 510);
      const sent = { state: 'SENT' as const, sentAt: ctx.clock.now() };
      await transact(ctx, (ctx) => ctx.db.update(OutgoingMail, { state: 'QUEUED' }, sent));
      await upload(agent, `never sent on ${cycle}`);
      await removeUpload(agent, (await upload(agent, `removed ${cycle}`)).id);
      const [reply] = await queue(ctx, 1, { kind: 'REPLY', delayMs: 10_000 });
      await transact(ctx, (ctx) => withdrawMail(ctx, reply!.id));
      // A version before this one left bytes behind that nothing names.
      await transact(ctx, (ctx) => keepBytes(ctx, Buffer.from(`left behind ${cycle}`)));
      world().clock.advance({ days: 31 });
      await sweepAll(ctx);
      expect(await stored()).toEqual([0, 0]);
    }
    const mails = await ctx.db.findBy(OutgoingMail, { state: 'SENT' });
    expect(mails).toHaveLength(1530);
    expect(
      new Set(mails.map(({ blobId, subject, forgottenAt }) => `${blobId} ${subject} ${forgottenAt !== null}`)),
    ).toEqual(new Set([' News true']));
  });

  test('of mails are kept as long as somebody may need them', async () => {
    const ctx = world().ctx();
    await saveDesk(ctx);
    await queue(ctx, 1, { kind: 'REPLY' });
    await queue(ctx, 1);
    await sendDue(ctx);
    const [failed, unknown, waiting, held] = await queue(ctx, 4);
    await transact(ctx, async (ctx) => {
      for (const [mail, state] of [
        [failed, 'FAILED'],
        [unknown, 'UNKNOWN'],
        [waiting, 'QUEUED'],
        [held, 'HELD'],
      ] as const)
        await ctx.db.update(OutgoingMail, { id: mail!.id }, { state });
    });
    const left = async (days: number) => {
      world().clock.advance({ days });
      await sweepAll(ctx);
      return (await stored())[0];
    };
    expect(await left(29)).toBe(6);
    expect(await left(2)).toBe(5);
    expect(await left(58)).toBe(5);
    expect(await left(2)).toBe(4);
    expect(await left(1000)).toBe(4);
  });

  test('stay while any row names them, whoever else let them go', async () => {
    const ctx = world().ctx();
    const agent = world().ctx(AGENT);
    const [one, two] = [await upload(agent, 'the same logo'), await upload(agent, 'the same logo')];
    expect(one.blobId).toBe(two.blobId);
    await removeUpload(agent, one.id);
    world().clock.advance({ days: 3 });
    await sweep.run(ctx, null, run);
    expect(await stored()).toEqual([1, 1]);
    await transact(ctx, async (ctx) => {
      await ctx.db.insert(Attachment, {
        id: two.id,
        messageId: 'm',
        ticketId: 't',
        name: 'logo',
        mimeType: 'image/png',
        sizeBytes: 3,
        blobId: two.blobId,
        contentId: null,
        inline: false,
        position: 0,
      });
      await ctx.db.delete(Upload, { id: two.id });
    });
    await sweepAll(ctx);
    expect(await stored()).toEqual([1, 1]);
    await transact(ctx, (ctx) => ctx.db.delete(Attachment, { id: two.id }));
    await sweepAll(ctx);
    expect(await stored()).toEqual([0, 0]);
  });

  test('of large files go one file after another', async () => {
    const ctx = world().ctx();
    const large = () => Buffer.alloc(3 * 1024 * 1024, ctx.random.token(8));
    await transact(ctx, async (ctx) => {
      for (let n = 0; n < 3; n++) await keepBytes(ctx, large());
    });
    world().clock.advance({ days: 2 });
    expect(await stored()).toEqual([3, 9]);
    await sweepAll(ctx);
    expect(await stored()).toEqual([0, 0]);
  });

  test('that were stored within the last day are left alone', async () => {
    const ctx = world().ctx();
    await transact(ctx, (ctx) => keepBytes(ctx, Buffer.from('just now')));
    await sweepAll(ctx);
    expect(await stored()).toEqual([1, 1]);
  });

  test('that are gone are never sent as an empty mail', async () => {
    const ctx = world().ctx();
    await saveDesk(ctx);
    const [mail] = await queue(ctx, 1);
    await transact(ctx, (ctx) => ctx.db.update(OutgoingMail, { id: mail!.id }, { blobId: '' }));
    await sendDue(ctx);
    expect(world().smtp.sent).toEqual([]);
    expect(await ctx.db.findOneBy(OutgoingMail, { id: mail!.id })).toMatchObject({
      state: 'FAILED',
      detail: 'The words of this mail are no longer kept.',
    });
  });
});
