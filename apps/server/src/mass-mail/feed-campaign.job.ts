import { In } from 'typeorm';
import { findAddressStates } from '../outbound/address-state.ts';
import { countUnderWay } from '../outbound/campaign-mail.ts';
import { type MailToQueue, queueMails } from '../outbound/queue-mail.ts';
import { breathe } from '../platform/breathe.ts';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { defineJob } from '../platform/jobs.ts';
import { readSettings } from '../settings/read-settings.ts';
import { Campaign } from './campaign.entity.ts';
import { campaignMail } from './campaign-message.ts';
import { CampaignRecipient } from './campaign-recipient.entity.ts';
import { exclusionOf, exclusionRules, exclusionWords } from './exclusion.ts';
import { lockCampaign } from './lock-campaign.ts';

/** Mails made in one transaction. */
const SLICE = 100;
/** So many made mails may wait at a time: enough that sending never idles, few enough that an opt-out is heard in time. */
const AHEAD = 1000;
const LOOK_AGAIN_MS = 500;
const NOT_SET_UP_MS = 60_000;

/**
 * Makes the mails of a running mailing, some hundred ahead of their sending, and ends it when nobody is left. Safe to
 * run twice: an addressee leaves WAITING in the transaction that makes his mail, and the mail has his id.
 */
export const feedCampaign = defineJob<{ campaignId: string }>({
  name: 'feed-campaign',
  async run(ctx, { campaignId }, { signal }) {
    if (!(await begin(ctx, campaignId))) return;
    while (!signal.aborted) {
      const ahead = await countUnderWay(ctx, campaignId);
      if (ahead >= AHEAD) return { againInMs: LOOK_AGAIN_MS };
      const fed = await feedSlice(ctx, campaignId);
      if (fed === 'NOT_RUNNING') return;
      if (fed === 'NOT_SET_UP') return { againInMs: NOT_SET_UP_MS };
      if (fed > 0) continue;
      if (ahead > 0) return { againInMs: LOOK_AGAIN_MS };
      return end(ctx, campaignId);
    }
    return { againInMs: 0 };
  },
});

/** Whether it is running now; a scheduled one whose time has come begins. */
async function begin(ctx: Context, id: string): Promise<boolean> {
  return transact(ctx, async (ctx) => {
    const campaign = await ctx.db.findOneBy(Campaign, { id });
    if (campaign?.state !== 'SCHEDULED') return campaign?.state === 'RUNNING';
    const now = ctx.clock.now();
    if (campaign.scheduledAt && campaign.scheduledAt > now) return false;
    const { affected } = await ctx.db.update(
      Campaign,
      { id, state: 'SCHEDULED' },
      { state: 'RUNNING', startedAt: now },
    );
    return affected !== 0;
  });
}

/** Makes the mails of the next addressees. Returns how many left WAITING. */
async function feedSlice(ctx: Context, id: string): Promise<number | 'NOT_RUNNING' | 'NOT_SET_UP'> {
  const campaign = await ctx.db.findOneBy(Campaign, { id });
  if (campaign?.state !== 'RUNNING') return 'NOT_RUNNING';
  const settings = await readSettings(ctx);
  const { supportEmail } = settings;
  if (!supportEmail) return 'NOT_SET_UP';
  const waiting = await ctx.db.find(CampaignRecipient, {
    where: { campaignId: id, state: 'WAITING' },
    order: { id: 'ASC' },
    take: SLICE,
  });
  if (waiting.length === 0) return 0;
  const rules = exclusionRules(settings);
  // Composing takes the time of a processor, so it is done before the transaction; who may not be written to is asked inside it.
  const mails = new Map<string, MailToQueue>();
  for (const recipient of waiting) {
    mails.set(recipient.id, await campaignMail(ctx, campaign, recipient, supportEmail));
    // One after another, with a breath between them: whoever asks for a page meanwhile waits for one mail, not for all.
    await breathe();
  }
  return transact(ctx, async (ctx) => {
    if ((await lockCampaign(ctx, id)).state !== 'RUNNING') return 'NOT_RUNNING';
    const still = await ctx.db.findBy(CampaignRecipient, { id: In([...mails.keys()]), state: 'WAITING' });
    const states = await findAddressStates(
      ctx,
      still.map(({ address }) => address),
    );
    const refusals = still.map((recipient) => [recipient, exclusionOf(recipient.address, states, rules)] as const);
    const chosen = refusals.flatMap(([recipient, why]) => (why === null ? [recipient.id] : []));
    if (chosen.length > 0) {
      await queueMails(
        ctx,
        chosen.map((recipientId) => mails.get(recipientId)!),
      );
      await ctx.db.update(CampaignRecipient, { id: In(chosen) }, { state: 'QUEUED' });
    }
    for (const [recipient, why] of refusals) {
      if (why !== null)
        await ctx.db.update(
          CampaignRecipient,
          { id: recipient.id },
          { state: 'SKIPPED', skippedBecause: exclusionWords[why] },
        );
    }
    return waiting.length;
  });
}

async function end(ctx: Context, id: string): Promise<void> {
  await transact(ctx, async (ctx) => {
    await ctx.db.update(Campaign, { id, state: 'RUNNING' }, { state: 'DONE', endedAt: ctx.clock.now() });
  });
}
