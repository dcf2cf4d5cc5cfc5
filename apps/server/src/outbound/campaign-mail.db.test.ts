import { expect, test, vi } from 'vitest';
import { describeEachDatabase } from '../../test/context.ts';
import { saveDesk } from '../../test/factories.ts';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { EventRow } from '../platform/event.entity.ts';
import { type SmtpDoor, SmtpFailure } from '../platform/smtp.ts';
import { discardCampaign, discardCampaignMail, holdCampaign, releaseCampaign } from './campaign-mail.ts';
import { DeliveryState, OutgoingMail } from './outgoing-mail.entity.ts';
import { queueMails } from './queue-mail.ts';
import { type Sender, sendDue, startSender } from './sender.ts';

describeEachDatabase('the mails of a mailing', (world) => {
  async function queue(ctx: Context, count: number, kind: 'CAMPAIGN' | 'REPLY' = 'CAMPAIGN'): Promise<void> {
    const mails = Array.from({ length: count }, (_, n) => {
      const id = ctx.random.id(ctx.clock.now());
      return {
        id,
        kind,
        dedupeKey: id,
        messageId: `<${id}@desk.example>`,
        subject: 'News',
        from: 'news@desk.example',
        recipients: [`${kind.toLowerCase()}${n}@acme.example`],
        bytes: Buffer.from(`Message-ID: <${id}@desk.example>\r\n\r\nHello\r\n`),
        campaignId: kind === 'CAMPAIGN' ? 'c1' : null,
      };
    });
    await transact(ctx, (ctx) => queueMails(ctx, mails));
  }
  async function figures(ctx: Context): Promise<Record<string, number>> {
    const mails = await ctx.db.findBy(OutgoingMail, { campaignId: 'c1' });
    return Object.fromEntries(Object.values(DeliveryState).map((s) => [s, mails.filter((m) => m.state === s).length]));
  }

  test('go out, and are not told of one by one: their figures are counted', async () => {
    const ctx = world().ctx();
    await saveDesk(ctx);
    await queue(ctx, 60);
    await sendDue(ctx);
    expect(new Set(world().smtp.sent.map(({ to }) => to[0])).size).toBe(60);
    expect(await figures(ctx)).toMatchObject({ SENT: 60, QUEUED: 0 });
    expect(await ctx.db.count(EventRow)).toBe(0);
  });

  test('wait while they are held, go on when released, and are never sent once given up', async () => {
    const ctx = world().ctx();
    await saveDesk(ctx);
    await queue(ctx, 3);
    expect(await transact(ctx, (ctx) => holdCampaign(ctx, 'c1'))).toBe(3);
    await sendDue(ctx);
    expect([world().smtp.sent.length, (await figures(ctx)).HELD]).toEqual([0, 3]);
    await transact(ctx, (ctx) => releaseCampaign(ctx, 'c1'));
    await sendDue(ctx);
    await queue(ctx, 2);
    expect(await transact(ctx, (ctx) => discardCampaign(ctx, 'c1'))).toBe(2);
    await sendDue(ctx);
    expect(world().smtp.sent).toHaveLength(3);
    expect(await figures(ctx)).toMatchObject({ SENT: 3, DISCARDED: 2 });
  });

  test.each([
    ['paused', holdCampaign, 'HELD'],
    ['stopped', discardCampaign, 'DISCARDED'],
  ] as const)(
    'of a mailing that is %s do not leave though the sender has them in hand, unless their body has begun',
    async (_word, take, state) => {
      const ctx = world().ctx();
      await saveDesk(ctx);
      await queue(ctx, 40);
      let isTaken = false;
      let reached = 0;
      const { smtp } = world();
      const door: SmtpDoor = {
        close: async () => undefined,
        async send(account, envelope, content, hooks) {
          reached++;
          if (reached < 3) return smtp.send(account, envelope, content, hooks);
          // Two are in hand between their recipients and their body when it happens, another has begun its body.
          if (reached === 3)
            return smtp.send(account, envelope, content, {
              ...hooks,
              async beforeBody() {
                await hooks.beforeBody();
                await transact(ctx, (ctx) => take(ctx, 'c1'));
                isTaken = true;
              },
            });
          await vi.waitUntil(() => isTaken, 10_000);
          return smtp.send(account, envelope, content, hooks);
        },
      };
      await sendDue({ ...ctx, smtp: door });
      expect(smtp.sent).toHaveLength(3);
      expect(await figures(ctx)).toMatchObject({ SENT: 3, [state]: 37, QUEUED: 0, SENDING: 0 });
      expect(await ctx.db.countBy(OutgoingMail, { state, attempts: state === 'HELD' ? 0 : 1 })).toBeGreaterThan(0);
      expect(world().log.lines.filter(({ level }) => level === 'error')).toEqual([]);
      if (state !== 'HELD') return;
      await transact(ctx, (ctx) => releaseCampaign(ctx, 'c1'));
      await sendDue(ctx);
      expect(smtp.sent).toHaveLength(40);
      expect(await ctx.db.countBy(OutgoingMail, { state: 'SENT', attempts: 1 })).toBe(40);
    },
  );

  test.each([
    ['paused', (ctx: Context) => holdCampaign(ctx, 'c1'), 'HELD'],
    ['stopped', (ctx: Context) => discardCampaign(ctx, 'c1'), 'DISCARDED'],
    ['left by its recipient', (ctx: Context, id: string) => discardCampaignMail(ctx, id), 'DISCARDED'],
  ] as const)(
    'of a mailing that is %s do not go later either, when the server puts them off whose body has begun',
    async (_word, take, state) => {
      const ctx = world().ctx();
      await saveDesk(ctx);
      await queue(ctx, 1);
      const { id } = await ctx.db.findOneByOrFail(OutgoingMail, { campaignId: 'c1' });
      const door: SmtpDoor = {
        close: async () => undefined,
        async send(_account, _envelope, _content, hooks) {
          await hooks.beforeBody();
          await transact<unknown, Context>(ctx, (ctx) => take(ctx, id));
          throw new SmtpFailure('451 later', { permanent: false, bodyBegun: false, serverText: '451 later' });
        },
      };
      await sendDue({ ...ctx, smtp: door });
      expect(await figures(ctx)).toMatchObject({ [state]: 1, QUEUED: 0 });
      world().clock.advance({ days: 1 });
      await sendDue(ctx);
      expect(world().smtp.sent).toEqual([]);
      if (state !== 'HELD') return;
      await transact(ctx, (ctx) => releaseCampaign(ctx, 'c1'));
      await sendDue(ctx);
      expect(world().smtp.sent).toHaveLength(1);
    },
  );

  test('of a mailing that goes on before its end is known are tried again as any other', async () => {
    const ctx = world().ctx();
    await saveDesk(ctx);
    await queue(ctx, 1);
    const door: SmtpDoor = {
      close: async () => undefined,
      async send(_account, _envelope, _content, hooks) {
        await hooks.beforeBody();
        await transact(ctx, (ctx) => holdCampaign(ctx, 'c1'));
        await transact(ctx, (ctx) => releaseCampaign(ctx, 'c1'));
        throw new SmtpFailure('451 later', { permanent: false, bodyBegun: false, serverText: '451 later' });
      },
    };
    await sendDue({ ...ctx, smtp: door });
    expect(await figures(ctx)).toMatchObject({ QUEUED: 1, HELD: 0 });
  });

  test('that are paused cost no connection each: the sender forgets them when it is woken', async () => {
    const ctx = world().ctx();
    await saveDesk(ctx);
    await queue(ctx, 40);
    let reached = 0;
    let isOver = false;
    let sender: Sender | null = null;
    const { smtp } = world();
    const door: SmtpDoor = {
      close: async () => undefined,
      async send(account, envelope, content, hooks) {
        if (++reached === 3) {
          await transact({ ...ctx, wake: () => sender!.wake() }, (ctx) => holdCampaign(ctx, 'c1'));
          setTimeout(() => (isOver = true), 300);
        }
        if (reached >= 3) await vi.waitUntil(() => isOver, 10_000);
        return smtp.send(account, envelope, content, hooks);
      },
    };
    sender = startSender({ ...ctx, smtp: door });
    await vi.waitUntil(async () => isOver && (await figures(ctx)).SENDING === 0, 10_000);
    await sender.stop();
    expect(reached).toBeLessThanOrEqual(5);
    expect((await figures(ctx)).SENT! + (await figures(ctx)).HELD!).toBe(40);
  });

  test('do not keep a reply waiting, whatever was queued before it', async () => {
    const ctx = world().ctx();
    await saveDesk(ctx);
    await queue(ctx, 100);
    await queue(ctx, 1, 'REPLY');
    await sendDue(ctx);
    expect(world().smtp.sent.findIndex(({ to }) => to[0] === 'reply0@acme.example')).toBe(0);
    expect(world().smtp.sent).toHaveLength(101);
  });

  test('leave one connection free', async () => {
    const ctx = world().ctx();
    await saveDesk(ctx);
    await queue(ctx, 20);
    let open = 0;
    let most = 0;
    const { smtp } = world();
    const slow = {
      close: async () => undefined,
      async send(...args: Parameters<typeof smtp.send>) {
        most = Math.max(most, ++open);
        await new Promise((resolve) => setTimeout(resolve, 2));
        open--;
        return smtp.send(...args);
      },
    };
    await sendDue({ ...ctx, smtp: slow });
    expect(most).toBe(3);
  });

  test('keep to the rate per minute over all runs of the sender', async () => {
    const ctx = world().ctx();
    await saveDesk(ctx, {}, {}, { mailsPerMinute: 60 });
    await queue(ctx, 30);
    for (let second = 0; second < 10; second++) {
      await sendDue(ctx);
      world().clock.advance({ seconds: 1 });
    }
    expect(world().smtp.sent.length).toBeGreaterThanOrEqual(10);
    expect(world().smtp.sent.length).toBeLessThanOrEqual(12);
    expect(await ctx.db.countBy(OutgoingMail, { state: 'QUEUED' })).toBe(30 - world().smtp.sent.length);
  });
});
