import { requireAgent, requireScope } from '../accounts/account.policy.ts';
import { Agent } from '../accounts/agent.entity.ts';
import { queueMail } from '../outbound/queue-mail.ts';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { AppError, invalidInput, notFound } from '../platform/errors.ts';
import { readSettings } from '../settings/read-settings.ts';
import { Campaign } from './campaign.entity.ts';
import type { CampaignPreview } from './campaign.types.ts';
import { campaignMail, fillMessage, placeholderValues } from './campaign-message.ts';
import { CampaignRecipient } from './campaign-recipient.entity.ts';
import { recipientAt } from './list-recipients.ts';
import { bareNames } from './placeholders.ts';
import { unsubscribeLink } from './unsubscribe-token.ts';

const MAX_POSITION = 1_000_000;

/** The mailing as the recipient at this place will get it; a made-up one where nobody is chosen. Writes nothing. @throws AppError */
export async function previewCampaign(ctx: Context, campaignId: string, position: number): Promise<CampaignPreview> {
  requireScope(ctx.actor, 'mail:send');
  const campaign = await ctx.db.findOneBy(Campaign, { id: campaignId });
  if (!campaign) throw notFound('mailing');
  if (position < 0 || position > MAX_POSITION)
    throw invalidInput([{ path: 'position', message: 'There is no recipient at this place.' }]);
  const recipient = await recipientAt(ctx, campaignId, position);
  const shown = recipient ?? standIn('someone@example.com', null);
  return {
    recipient,
    ...fillMessage(campaign, shown, unsubscribeLink(ctx, shown)),
    from: campaign.fromAddress,
    problems: emptyNames(campaign, shown),
  };
}

/** Sends the mailing, filled in for its first recipient, to the agent who asks and to nobody else. @throws AppError */
export async function sendCampaignTest(ctx: Context, campaignId: string): Promise<void> {
  requireScope(ctx.actor, 'mail:send');
  const agent = await ctx.db.findOneBy(Agent, { id: requireAgent(ctx.actor) });
  const campaign = await ctx.db.findOneBy(Campaign, { id: campaignId });
  if (!campaign || !agent) throw notFound('mailing');
  const { supportEmail } = await readSettings(ctx);
  if (!supportEmail)
    throw new AppError('UNAVAILABLE', 'Without a Support Email nothing can be sent. The draft was kept.');
  if (campaign.subject === '' || campaign.text === '')
    throw invalidInput([
      { path: campaign.subject === '' ? 'subject' : 'text', message: 'Write a subject and a message.' },
    ]);
  const first = (await recipientAt(ctx, campaignId, 0)) ?? standIn(agent.email, agent.name);
  const id = ctx.random.id(ctx.clock.now());
  const test = { ...campaign, subject: `[Test] ${campaign.subject}` };
  const mail = await campaignMail(ctx, test, { ...first, id, address: agent.email }, supportEmail);
  await transact(ctx, (ctx) => queueMail(ctx, { ...mail, campaignId: null }));
}

function emptyNames({ subject, text, html }: Campaign, recipient: CampaignRecipient): string[] {
  const values = placeholderValues(recipient, '-');
  const names = new Set([subject, text, html ?? ''].flatMap(bareNames));
  return [...names]
    .filter((each) => !values.get(each)?.trim())
    .map((each) => `{{${each}}} is empty for this recipient and has no fallback. Write {{${each}|…}}.`);
}

function standIn(address: string, name: string | null): CampaignRecipient {
  return {
    id: '',
    campaignId: '',
    address,
    name,
    fields: {},
    state: 'WAITING',
    skippedBecause: null,
    unsubscribedAt: null,
  };
}
