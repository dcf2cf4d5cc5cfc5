import { expect, test } from 'vitest';
import { describeEachDatabase } from '../../test/context.ts';
import { type DeliveryState, OutgoingMail } from '../outbound/outgoing-mail.entity.ts';
import { queueMails } from '../outbound/queue-mail.ts';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { campaignResults, countRecipients } from './campaign-figures.ts';
import { CampaignRecipient } from './campaign-recipient.entity.ts';

describeEachDatabase('the figures of a mailing', (world) => {
  /** One addressee of `c1`, and the mail to him where one was made. */
  async function add(
    ctx: Context,
    state: CampaignRecipient['state'],
    delivery: DeliveryState | null = null,
    more: { hasLeft?: boolean; sentAt?: string } = {},
  ): Promise<void> {
    const id = ctx.random.id(ctx.clock.now());
    await transact(ctx, async (ctx) => {
      await ctx.db.insert(CampaignRecipient, {
        id,
        campaignId: 'c1',
        address: `${id}@acme.example`,
        name: null,
        fields: {},
        state,
        skippedBecause: null,
        unsubscribedAt: more.hasLeft ? ctx.clock.now() : null,
      });
      if (delivery === null) return;
      await queueMails(ctx, [
        {
          id,
          kind: 'CAMPAIGN',
          dedupeKey: id,
          messageId: `<${id}@desk.example>`,
          subject: 'News',
          from: 'news@desk.example',
          recipients: [`${id}@acme.example`],
          bytes: Buffer.from(id),
          campaignId: 'c1',
        },
      ]);
      const sentAt = more.sentAt ? new Date(more.sentAt) : null;
      await ctx.db.update(OutgoingMail, { id }, { state: delivery, ...(sentAt ? { sentAt } : {}) });
    });
  }

  test('count every addressee in exactly one state, also who left and who was given up by hand', async () => {
    const ctx = world().ctx();
    for (const state of ['QUEUED', 'HELD', 'SENDING', 'SENT', 'FAILED', 'UNKNOWN', 'BOUNCED', 'DISCARDED'] as const)
      await add(ctx, 'QUEUED', state);
    await add(ctx, 'WAITING');
    await add(ctx, 'SKIPPED');
    await add(ctx, 'SKIPPED', 'DISCARDED', { hasLeft: true });
    await add(ctx, 'QUEUED', 'SENT', { hasLeft: true });
    const counts = {
      recipients: 12,
      waiting: 3,
      sending: 1,
      sent: 2,
      failed: 1,
      unknown: 1,
      bounced: 1,
      skipped: 3,
      unsubscribed: 2,
    };
    expect(await countRecipients(ctx, { id: 'c1', state: 'RUNNING' })).toEqual(counts);
    expect(await countRecipients(ctx, { id: 'c1', state: 'STOPPED' })).toEqual({ ...counts, waiting: 2, skipped: 4 });
  });

  test('tell what became of it hour by hour, in order', async () => {
    const ctx = world().ctx();
    await add(ctx, 'QUEUED', 'SENT', { sentAt: '2026-03-02T10:59:59.999Z' });
    await add(ctx, 'QUEUED', 'SENT', { sentAt: '2026-03-02T10:00:00.000Z' });
    await add(ctx, 'QUEUED', 'BOUNCED', { sentAt: '2026-03-02T10:30:00.000Z' });
    await add(ctx, 'QUEUED', 'FAILED');
    await add(ctx, 'QUEUED', 'QUEUED');
    const none = { sent: 0, failed: 0, bounced: 0, unknown: 0 };
    expect(await campaignResults(ctx, 'c1')).toEqual([
      { ...none, at: new Date('2026-03-02T09:00:00.000Z'), failed: 1 },
      { ...none, at: new Date('2026-03-02T10:00:00.000Z'), sent: 2, bounced: 1 },
    ]);
  });
});
