import { In } from 'typeorm';
import { OutgoingMail } from '../outbound/outgoing-mail.entity.ts';
import { type GraphqlContext, loadById } from '../platform/graphql-context.ts';
import { Campaign } from './campaign.entity.ts';
import { type CampaignCounts, countRecipients } from './campaign-figures.ts';
import type { CampaignRecipient } from './campaign-recipient.entity.ts';

/** The mailing with this id, many at once; null: there is none. */
export async function loadCampaign(ctx: GraphqlContext, id: string | null): Promise<Campaign | null> {
  if (id === null) return null;
  return loadById(ctx, 'campaign', id, async (ids) => {
    const rows = await ctx.db.findBy(Campaign, { id: In(ids) });
    return new Map(rows.map((row) => [row.id, row]));
  });
}

/** The mail to an addressee, many at once; null: none was made. */
export async function loadMailTo(ctx: GraphqlContext, { id, state }: CampaignRecipient): Promise<OutgoingMail | null> {
  if (state !== 'QUEUED') return null;
  return loadById(ctx, 'campaign-mail', id, async (ids) => {
    const rows = await ctx.db.findBy(OutgoingMail, { id: In(ids) });
    return new Map(rows.map((row) => [row.id, row]));
  });
}

/** How far a mailing is; asked once an operation, however many fields need it. */
export async function loadCounts(ctx: GraphqlContext, campaign: Campaign): Promise<CampaignCounts> {
  const counts = await loadById(ctx, `campaign-counts-${campaign.state}`, campaign.id, async (ids) => {
    const rows = await Promise.all(ids.map((id) => countRecipients(ctx, { id, state: campaign.state })));
    return new Map(ids.map((id, i) => [id, rows[i]!]));
  });
  return counts!;
}
