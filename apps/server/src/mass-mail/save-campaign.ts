import { normalizeAddress } from '@support-center/mail';
import { In } from 'typeorm';
import { requireScope } from '../accounts/account.policy.ts';
import { forgetMails } from '../outbound/forget-mails.ts';
import { OutgoingMail } from '../outbound/outgoing-mail.entity.ts';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { AppError, invalidInput } from '../platform/errors.ts';
import { releaseBlobs } from '../platform/release-blobs.ts';
import { readSettings } from '../settings/read-settings.ts';
import { Campaign, NONE_REMOVED } from './campaign.entity.ts';
import { knownPlaceholders, readCampaignText } from './campaign-message.ts';
import { CampaignRecipient } from './campaign-recipient.entity.ts';
import { lockCampaign } from './lock-campaign.ts';
import { requireKnownPlaceholders } from './placeholders.ts';

/** What an administrator writes; what is left out stays as it is. */
export interface CampaignDraft {
  readonly id?: string | null;
  readonly from?: string | null;
  readonly subject?: string | null;
  readonly text?: string | null;
  readonly html?: string | null;
}

/** The addresses that a mailing may come from; the first one is filled in: Default Email From, else the Support Email. */
export async function massMailSenders(ctx: Context): Promise<string[]> {
  const { defaultEmailFrom, supportEmail } = await readSettings(ctx);
  return [...new Set([defaultEmailFrom, supportEmail].filter((address) => address !== null))];
}

/**
 * Saves a draft, or begins one. Another From holds for this mailing alone; the setting stays.
 * @throws AppError FORBIDDEN, NOT_FOUND, CONFLICT when it is no draft, INVALID_INPUT also for a placeholder that nobody can fill in
 */
export async function saveCampaign(ctx: Context, draft: CampaignDraft): Promise<Campaign> {
  requireScope(ctx.actor, 'mail:send');
  return transact(ctx, async (ctx) => {
    const senders = await massMailSenders(ctx);
    const campaign = draft.id ? await lockCampaign(ctx, draft.id) : newCampaign(ctx, senders[0] ?? '');
    if (campaign.state !== 'DRAFT')
      throw new AppError('CONFLICT', 'This mailing is no draft any more and stays as it is.');
    if (draft.from !== undefined && draft.from !== null) campaign.fromAddress = configuredSender(draft.from, senders);
    const written = readCampaignText({
      subject: draft.subject ?? campaign.subject,
      text: draft.text ?? campaign.text,
      html: draft.html === undefined ? campaign.html : draft.html,
    });
    requireKnownPlaceholders({ ...written, html: written.html ?? '' }, knownPlaceholders(campaign));
    Object.assign(campaign, written);
    await ctx.db.save(Campaign, campaign);
    return campaign;
  });
}

/** Removes a draft or one that has ended; who unsubscribed by it stays unsubscribed. @throws AppError CONFLICT while it is under way */
export async function deleteCampaign(ctx: Context, id: string): Promise<void> {
  requireScope(ctx.actor, 'mail:send');
  await transact(ctx, async (ctx) => {
    const campaign = await lockCampaign(ctx, id);
    if (!['DRAFT', 'STOPPED', 'DONE'].includes(campaign.state))
      throw new AppError('CONFLICT', 'This mailing is under way. Stop it before you delete it.');
    // Nobody could say any more what a mail of it was about, so none of them is sent again.
    const mails = await ctx.db.find(OutgoingMail, { where: { campaignId: id }, select: { id: true } });
    const ids = mails.map((mail) => mail.id);
    await releaseBlobs(ctx, await forgetMails(ctx, ids, `Its mailing “${campaign.subject}” was deleted.`));
    await ctx.db.delete(CampaignRecipient, { campaignId: id });
    await ctx.db.delete(Campaign, { id, state: In(['DRAFT', 'STOPPED', 'DONE']) });
  });
}

function configuredSender(from: string, senders: readonly string[]): string {
  const address = normalizeAddress(from);
  if (address !== null && senders.includes(address)) return address;
  const message = `Mass mail can come from ${senders.join(' or ') || 'no address yet: give a Support Email in Settings'}.`;
  throw invalidInput([{ path: 'from', message }]);
}

function newCampaign(ctx: Context, fromAddress: string): Campaign {
  const createdAt = ctx.clock.now();
  return Object.assign(new Campaign(), {
    id: ctx.random.id(createdAt),
    state: 'DRAFT' as const,
    fromAddress,
    subject: '',
    text: '',
    html: null,
    createdAt,
    createdById: ctx.actor.kind === 'agent' ? ctx.actor.agentId : null,
    scheduledAt: null,
    startedAt: null,
    endedAt: null,
    audience: null,
    listVersion: 0,
    columns: [],
    removed: { ...NONE_REMOVED },
    listProblems: [],
    recipientCount: 0,
  } satisfies Campaign);
}
