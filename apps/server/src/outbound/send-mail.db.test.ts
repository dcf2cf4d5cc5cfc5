import { Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { describeEachDatabase } from '../../test/context.ts';
import { runDue, saveDesk } from '../../test/factories.ts';
import { CHUNK_BYTES } from '../platform/blobs.ts';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { EventRow } from '../platform/event.entity.ts';
import { releaseBlobs, removeReleasedBlobs } from '../platform/release-blobs.ts';
import type { SmtpDoor } from '../platform/smtp.ts';
import { automaticHeaders, composeMail } from './compose.ts';
import { forgetMails } from './forget-mails.ts';
import { watchOutgoing } from './outbound-metrics.ts';
import { type OutgoingKind, OutgoingMail } from './outgoing-mail.entity.ts';
import { type MailToQueue, queueMail, queueMails } from './queue-mail.ts';
import { markMailDelivered, retryMail } from './retry-mail.ts';
import { sendDue } from './sender.ts';
import { wakeWaitingMail } from './sending-trouble.ts';

const FROM = 'support@desk.example';
const MINUTE_MS = 60_000;

describeEachDatabase('a queued mail', (world) => {
  let made = 0;
  async function queue(
    ctx: Context,
    {
      kind = 'REPLY',
      key,
      to = ['anna@acme.example'],
      marked = kind !== 'REPLY',
      nullSender = kind !== 'REPLY',
    }: { kind?: OutgoingKind; key?: string; to?: string[]; marked?: boolean; nullSender?: boolean } = {},
  ): Promise<OutgoingMail> {
    const id = ctx.random.id(ctx.clock.now());
    const messageId = `<m${++made}@desk.example>`;
    const headers = marked ? automaticHeaders('auto-replied', FROM) : {};
    const bytes = await composeMail({
      from: { address: FROM, name: null },
      to: ['anna@acme.example'],
      subject: 'x',
      text: 'x',
      date: ctx.clock.now(),
      messageId,
      headers,
    });
    return transact(ctx, (ctx) =>
      queueMail(ctx, {
        id,
        kind,
        dedupeKey: key ?? id,
        messageId,
        subject: 'x',
        from: FROM,
        recipients: to,
        bytes,
        nullSender,
      }),
    );
  }
  const stateOf = (ctx: Context, { id }: { id: string }) => ctx.db.findOneByOrFail(OutgoingMail, { id });
  /** Lets the waiting try be due now, as its time has come. */
  const dueNow = (ctx: Context) =>
    transact(ctx, (ctx) => ctx.db.update(OutgoingMail, { state: 'QUEUED' }, { nextAttemptAt: ctx.clock.now() }));
  async function tryAgain(ctx: Context): Promise<void> {
    await dueNow(ctx);
    await sendDue(ctx);
  }
  const fail = (permanent: boolean, bodyBegun: boolean, serverText: string | null = null) =>
    world().smtp.failures.push({ permanent, bodyBegun, serverText });

  test.each([
    ['small', 10],
    ['large, whose bytes are read when its turn comes', CHUNK_BYTES],
  ])('that was given up while it was in hand is no bug and no failure (%s)', async (_what, size) => {
    const ctx = world().ctx();
    await saveDesk(ctx, {}, {}, { smtpConnections: 2 });
    const ids = Array.from({ length: 5 }, () => ctx.random.id(ctx.clock.now()));
    await transact(ctx, async (ctx) => {
      for (const id of ids)
        await queueMail(ctx, {
          ...{ id, kind: 'REPLY', dedupeKey: id, messageId: `<${id}@desk.example>`, subject: 'x', from: FROM },
          recipients: ['anna@acme.example'],
          bytes: Buffer.from(`Message-ID: <${id}@desk.example>\r\n\r\n${id}${'x'.repeat(size)}\r\n`),
        });
    });
    const { smtp } = world();
    let isGivenUp = false;
    const door: SmtpDoor = {
      close: async () => undefined,
      async send(...args) {
        if (!isGivenUp) {
          isGivenUp = true;
          await transact(ctx, async (ctx) =>
            releaseBlobs(ctx, await forgetMails(ctx, [ids[4]!], 'Its ticket was deleted.')),
          );
          await runDue(ctx, removeReleasedBlobs);
        }
        return smtp.send(...args);
      },
    };
    await sendDue({ ...ctx, smtp: door });
    expect(smtp.sent).toHaveLength(4);
    expect(await stateOf(ctx, { id: ids[4]! })).toMatchObject({
      state: 'DISCARDED',
      detail: 'Its ticket was deleted.',
      claim: null,
    });
    expect(world().log.lines.filter(({ level }) => level === 'error' || level === 'warn')).toEqual([]);
  });

  test('goes out once, from and to whom it was written, and is told of', async () => {
    const ctx = world().ctx();
    await saveDesk(ctx);
    const mail = await queue(ctx);
    await sendDue(ctx);
    await sendDue(ctx);
    expect(world().smtp.sent).toMatchObject([{ from: FROM, to: ['anna@acme.example'] }]);
    expect(await stateOf(ctx, mail)).toMatchObject({
      state: 'SENT',
      attempts: 1,
      sentAt: ctx.clock.now(),
      detail: '250 taken',
    });
    const events = await ctx.db.findBy(EventRow, { name: 'mail.settled' });
    expect(events.map((event) => JSON.parse(event.payload))).toEqual([
      { outgoingMailId: mail.id, kind: 'REPLY', state: 'SENT' },
    ]);
  });

  test('is written with the rest of its transaction or not at all', async () => {
    const ctx = world().ctx();
    await expect(
      transact(ctx, async (ctx) => {
        const bytes = Buffer.from('x');
        await queueMail(ctx, {
          id: ctx.random.id(ctx.clock.now()),
          kind: 'REPLY',
          dedupeKey: 'k',
          messageId: '<m>',
          subject: 'x',
          from: FROM,
          recipients: ['a@acme.example'],
          bytes,
        });
        throw new Error('the caller changed its mind');
      }),
    ).rejects.toThrow('changed its mind');
    expect(await ctx.db.count(OutgoingMail)).toBe(0);
  });

  test('that is wished for twice under one key is one mail', async () => {
    const ctx = world().ctx();
    await saveDesk(ctx);
    const first = await queue(ctx, { key: 'confirm:1' });
    expect((await queue(ctx, { key: 'confirm:1' })).id).toBe(first.id);
    await sendDue(ctx);
    expect(world().smtp.sent).toHaveLength(1);
  });

  test('of a mailing is queued with a hundred others, each under its own key once', async () => {
    const ctx = world().ctx();
    const mails = (n: number): MailToQueue[] =>
      Array.from({ length: n }, (_, i) => ({
        id: ctx.random.id(ctx.clock.now()),
        kind: 'CAMPAIGN',
        dedupeKey: `mass:c1:${i}`,
        messageId: `<c1.${i}.${ctx.random.token(6)}@desk.example>`,
        subject: 'News',
        from: FROM,
        recipients: [`r${i}@acme.example`],
        bytes: Buffer.from(`Subject: News ${i}\r\n\r\nHello`),
        campaignId: 'c1',
      }));
    const first = await transact(ctx, (ctx) => queueMails(ctx, mails(3)));
    const second = await transact(ctx, (ctx) => queueMails(ctx, mails(100)));
    expect(second.slice(0, 3).map(({ id }) => id)).toEqual(first.map(({ id }) => id));
    expect(second.map(({ toAddress }) => toAddress)).toEqual(mails(100).map(({ recipients }) => recipients[0]));
    expect(await ctx.db.countBy(OutgoingMail, { campaignId: 'c1', state: 'QUEUED' })).toBe(100);
  });

  test.each([
    ['without its marks', { kind: 'CONFIRMATION' as const, marked: false }],
    ['with an envelope sender', { kind: 'NOTICE' as const, nullSender: false }],
    ['to nobody', { to: [] }],
    ['to an address with tricks', { to: ['"a@evil.example x"@acme.example'] }],
  ])('of a machine or a person is refused %s', async (_name, how) => {
    const ctx = world().ctx();
    await expect(queue(ctx, how)).rejects.toThrow(Error);
    expect(await ctx.db.count(OutgoingMail)).toBe(0);
  });

  test('of a machine has no envelope sender, but where the server wants one', async () => {
    const ctx = world().ctx();
    await saveDesk(ctx);
    await queue(ctx, { kind: 'CONFIRMATION' });
    await sendDue(ctx);
    const second = await queue(ctx, { kind: 'CONFIRMATION' });
    fail(true, false, '550 empty sender refused');
    await sendDue(ctx);
    await tryAgain(ctx);
    expect(world().smtp.sent.map(({ from }) => from)).toEqual(['', FROM]);
    expect(await stateOf(ctx, second)).toMatchObject({ state: 'SENT' });
  });

  test('is tried again after 1, 5, 15 and 60 minutes, and given up after five days', async () => {
    const ctx = world().ctx();
    await saveDesk(ctx);
    const mail = await queue(ctx);
    const waits: number[] = [];
    for (let n = 0; n < 6; n++) {
      fail(false, false, '451 later');
      await tryAgain(ctx);
      const { state, nextAttemptAt, detail } = await stateOf(ctx, mail);
      expect([state, detail]).toEqual(['QUEUED', '451 later']);
      waits.push((nextAttemptAt.getTime() - ctx.clock.now().getTime()) / MINUTE_MS);
    }
    expect(waits).toEqual([1, 5, 15, 60, 60, 60]);
    world().clock.advance({ days: 5 });
    fail(false, false, '451 later');
    await tryAgain(ctx);
    expect((await stateOf(ctx, mail)).state).toBe('QUEUED');
    world().clock.advance({ ms: 1 });
    fail(false, false, '451 later');
    await tryAgain(ctx);
    expect((await stateOf(ctx, mail)).state).toBe('FAILED');
  });

  test('that is refused for good has failed, with the words of the server', async () => {
    const ctx = world().ctx();
    await saveDesk(ctx);
    const mail = await queue(ctx);
    fail(true, false, '550 no such user');
    await sendDue(ctx);
    expect(await stateOf(ctx, mail)).toMatchObject({ state: 'FAILED', detail: '550 no such user', sentAt: null });
  });

  test('whose end nobody knows is not sent again by itself', async () => {
    const ctx = world().ctx();
    await saveDesk(ctx);
    const mail = await queue(ctx);
    fail(false, true);
    await sendDue(ctx);
    await sendDue(ctx);
    expect(world().smtp.sent).toHaveLength(0);
    expect(await stateOf(ctx, mail)).toMatchObject({ state: 'UNKNOWN' });
  });

  test.each([
    ['CONNECT', 'SENT', 1],
    ['DATA', 'UNKNOWN', 0],
  ] as const)('found after a crash in phase %s ends as %s', async (phase, state, sent) => {
    const ctx = world().ctx();
    await saveDesk(ctx);
    const mail = await queue(ctx);
    await transact(ctx, (ctx) =>
      ctx.db.update(OutgoingMail, { id: mail.id }, { state: 'SENDING', phase, attempts: 1 }),
    );
    await sendDue(ctx);
    expect(world().smtp.sent).toHaveLength(sent);
    expect(await stateOf(ctx, mail)).toMatchObject({ state });
  });

  test('that another run took over is not begun by the slow one, whose end changes nothing', async () => {
    const ctx = world().ctx();
    await saveDesk(ctx);
    const mail = await queue(ctx);
    const door = world().smtp;
    let begun = 0;
    const slow: Context = {
      ...ctx,
      smtp: {
        ...door,
        close: async () => undefined,
        async send(...[, , , { beforeBody }]) {
          await sendDue(ctx); // the lease was lost, and another run sends it meanwhile
          await beforeBody();
          begun++;
          return { response: '250 doubled', refused: [], gapMs: 0 };
        },
      },
    };
    await sendDue(slow);
    expect([begun, door.sent.length]).toEqual([0, 1]);
    expect(await stateOf(ctx, mail)).toMatchObject({ state: 'SENT', detail: '250 taken', attempts: 2 });
  });

  test('waits while sending is not set up, says so once, and goes out when the settings are saved', async () => {
    const ctx = world().ctx();
    await saveDesk(ctx, {}, { smtpHost: null });
    const mail = await queue(ctx);
    for (let n = 0; n < 3; n++) await tryAgain(ctx);
    expect(await stateOf(ctx, mail)).toMatchObject({
      state: 'QUEUED',
      attempts: 0,
      nextAttemptAt: new Date(ctx.clock.now().getTime() + 5 * MINUTE_MS),
    });
    expect((await stateOf(ctx, mail)).detail).toContain('Sending is not set up');
    expect(await ctx.db.countBy(EventRow, { name: 'mail.settled' })).toBe(1);
    world().clock.advance({ days: 6 });
    await saveDesk(ctx);
    await wakeWaitingMail.run(ctx, {}, { signal: new AbortController().signal, attempts: 0, key: 'x' });
    fail(false, false, '451 greylisted');
    await sendDue(ctx);
    expect((await stateOf(ctx, mail)).state).toBe('QUEUED');
    await tryAgain(ctx);
    expect((await stateOf(ctx, mail)).state).toBe('SENT');
  });

  test('is counted in the metrics while it is not settled', async () => {
    const ctx = world().ctx();
    await saveDesk(ctx);
    const register = new Registry();
    for (let n = 0; n < 2; n++) watchOutgoing(ctx, register);
    await queue(ctx);
    fail(false, true);
    await sendDue(ctx);
    await queue(ctx);
    world().clock.advance({ seconds: 90 });
    await queue(ctx);
    const text = await register.metrics();
    for (const line of [
      'outbox_pending 2',
      'outbox_oldest_seconds 90',
      'outbox_unknown 1',
      'outbox_failed 0',
      'outbox_held 0',
    ])
      expect(text.split('\n')).toContain(line);
    expect(text).toContain('outbox_data_gap_seconds_count');
  });

  test('is sent again on demand under the same Message-ID; one that was taken is not', async () => {
    const ctx = world().ctx();
    await saveDesk(ctx);
    const mail = await queue(ctx);
    fail(true, false, '550 no');
    await sendDue(ctx);
    await transact(ctx, (ctx) => retryMail(ctx, mail.id));
    await sendDue(ctx);
    expect(world().smtp.sent[0]!.content.toString()).toContain(`Message-ID: ${mail.messageId}`);
    for (const act of [retryMail, markMailDelivered])
      await expect(transact(ctx, (ctx) => act(ctx, mail.id))).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});
