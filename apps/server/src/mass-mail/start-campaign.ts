import { requireScope } from '../accounts/account.policy.ts';
import { discardCampaign, holdCampaign, releaseCampaign } from '../outbound/campaign-mail.ts';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { AppError, invalidInput } from '../platform/errors.ts';
import { enqueue } from '../platform/jobs.ts';
import { readSettings } from '../settings/read-settings.ts';
import { Campaign, type CampaignState } from './campaign.entity.ts';
import { knownPlaceholders } from './campaign-message.ts';
import { feedCampaign } from './feed-campaign.job.ts';
import { lockCampaign } from './lock-campaign.ts';
import { requireKnownPlaceholders } from './placeholders.ts';
import { massMailSenders } from './save-campaign.ts';

const MAX_AHEAD_MS = 366 * 24 * 3_600_000;

/**
 * Begins a mailing now, or at a time. `confirmCount` repeats the number of recipients, so that nobody sends to more than
 * was shown. Starting what has been started changes nothing.
 * @throws AppError INVALID_INPUT, CONFLICT, UNAVAILABLE when sending is not set up
 */
export async function startCampaign(
  ctx: Context,
  { campaignId, confirmCount, at }: { campaignId: string; confirmCount: number; at?: Date | null },
): Promise<Campaign> {
  requireScope(ctx.actor, 'mail:send');
  return transact(ctx, async (ctx) => {
    const campaign = await lockCampaign(ctx, campaignId);
    if (campaign.state === 'RUNNING' || (campaign.state === 'SCHEDULED' && !at)) return campaign;
    if (campaign.state !== 'DRAFT') throw new AppError('CONFLICT', 'Only a draft can be started.');
    await requireComplete(ctx, campaign, confirmCount);
    const now = ctx.clock.now();
    const delayMs = at ? at.getTime() - now.getTime() : 0;
    if (delayMs > MAX_AHEAD_MS) throw invalidInput([{ path: 'at', message: 'Choose a time within a year.' }]);
    const isLater = delayMs > 0;
    Object.assign(campaign, {
      state: isLater ? 'SCHEDULED' : 'RUNNING',
      scheduledAt: isLater ? at : null,
      startedAt: isLater ? null : now,
    });
    await ctx.db.save(Campaign, campaign);
    await enqueue(ctx, feedCampaign, { key: campaign.id, payload: { campaignId }, delayMs: Math.max(0, delayMs) });
    return campaign;
  });
}

/** Sends nothing more of it until it is continued; mails that are being handed over right now end as they end. */
export async function pauseCampaign(ctx: Context, campaignId: string): Promise<Campaign> {
  return steer(ctx, campaignId, { from: ['RUNNING', 'SCHEDULED'], to: 'PAUSED' }, holdCampaign);
}

/** Goes on with a paused mailing; one that was paused before its time waits for it again. */
export async function continueCampaign(ctx: Context, campaignId: string): Promise<Campaign> {
  requireScope(ctx.actor, 'mail:send');
  return transact(ctx, async (ctx) => {
    const { startedAt, scheduledAt } = await lockCampaign(ctx, campaignId);
    const delayMs = startedAt === null && scheduledAt ? scheduledAt.getTime() - ctx.clock.now().getTime() : 0;
    const to = delayMs > 0 ? 'SCHEDULED' : 'RUNNING';
    return steer(ctx, campaignId, { from: ['PAUSED'], to }, async (ctx, id) => {
      await releaseCampaign(ctx, id);
      await enqueue(ctx, feedCampaign, { key: id, payload: { campaignId: id }, delayMs: Math.max(0, delayMs) });
    });
  });
}

/** Ends a mailing for good: who has not got it gets nothing. */
export async function stopCampaign(ctx: Context, campaignId: string): Promise<Campaign> {
  return steer(ctx, campaignId, { from: ['RUNNING', 'PAUSED', 'SCHEDULED'], to: 'STOPPED' }, discardCampaign);
}

async function steer(
  ctx: Context,
  campaignId: string,
  move: { from: readonly CampaignState[]; to: CampaignState },
  act: (ctx: Context, campaignId: string) => Promise<unknown>,
): Promise<Campaign> {
  requireScope(ctx.actor, 'mail:send');
  return transact(ctx, async (ctx) => {
    const campaign = await lockCampaign(ctx, campaignId);
    if (campaign.state === move.to) return campaign;
    if (!move.from.includes(campaign.state))
      throw new AppError('CONFLICT', `This mailing is ${campaign.state.toLowerCase()}; nothing was changed.`);
    campaign.state = move.to;
    if (move.to === 'RUNNING') campaign.startedAt ??= ctx.clock.now();
    if (move.to === 'STOPPED') campaign.endedAt = ctx.clock.now();
    await ctx.db.save(Campaign, campaign);
    await act(ctx, campaignId);
    return campaign;
  });
}

async function requireComplete(ctx: Context, campaign: Campaign, confirmCount: number): Promise<void> {
  const { supportEmail, smtpHost } = await readSettings(ctx);
  if (!supportEmail || !smtpHost)
    throw new AppError(
      'UNAVAILABLE',
      'Give a Support Email and a mail server for sending in Settings first. The draft was kept.',
    );
  const senders = await massMailSenders(ctx);
  const errors = [
    ...(campaign.subject === '' ? [{ path: 'subject', message: 'Write a subject.' }] : []),
    ...(campaign.text === '' ? [{ path: 'text', message: 'Write a message.' }] : []),
    ...(senders.includes(campaign.fromAddress)
      ? []
      : [{ path: 'from', message: 'Choose one of the configured addresses.' }]),
    ...(campaign.audience === null || campaign.recipientCount === 0
      ? [{ path: 'recipients', message: 'Choose recipients; nobody is left on the list.' }]
      : []),
  ];
  if (errors.length > 0) throw invalidInput(errors);
  if (confirmCount !== campaign.recipientCount)
    throw invalidInput([
      {
        path: 'confirmCount',
        message: `The mailing has ${campaign.recipientCount} recipients, not ${confirmCount}. Nothing was sent.`,
      },
    ]);
  requireKnownPlaceholders(
    { subject: campaign.subject, text: campaign.text, html: campaign.html ?? '' },
    knownPlaceholders(campaign),
  );
}
