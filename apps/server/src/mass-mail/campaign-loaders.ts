import { In } from 'typeorm';
import { OutgoingMail } from '../outbound/outgoing-mail.entity.ts';
import { type GraphqlContext, loadById } from '../platform/graphql-context.ts';
import { Campaign } from './campaign.entity.ts';
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
