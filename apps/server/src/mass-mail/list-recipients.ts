import type { SelectQueryBuilder } from 'typeorm';
import { type DeliveryState, OutgoingMail } from '../outbound/outgoing-mail.entity.ts';
import type { Context } from '../platform/context.ts';
import { escapeLike } from '../platform/database.ts';
import { type Connection, checkFirst, makeConnection, readCursor, type WindowArgs } from '../platform/pagination.ts';
import type { Campaign } from './campaign.entity.ts';
import type { RecipientState } from './campaign.types.ts';
import { CampaignRecipient } from './campaign-recipient.entity.ts';

/** What a page of addressees is asked by. */
export interface RecipientFilter {
  readonly state?: readonly RecipientState[] | null;
  /** A part of the address. */
  readonly search?: string | null;
}

/** An addressee and what became of the mail to him. */
export interface RecipientRow extends CampaignRecipient {
  readonly mail: Pick<OutgoingMail, 'state' | 'detail' | 'sentAt'> | null;
}

/** A window of the addressees, in the order of the list. @throws AppError INVALID_INPUT */
export async function listRecipients(
  ctx: Context,
  campaign: Campaign,
  filter: RecipientFilter,
  args: WindowArgs,
): Promise<Connection<RecipientRow>> {
  const first = checkFirst(args.first);
  const query = recipientsOf(ctx, campaign.id);
  if (filter.state) narrow(query, campaign, filter.state);
  if (filter.search?.trim())
    query.andWhere("r.address LIKE :search ESCAPE '!'", {
      search: `%${escapeLike(filter.search.trim().toLowerCase())}%`,
    });
  const totalCount = await query.clone().getCount();
  if (args.after) query.andWhere('r.id > :after', { after: readCursor(args.after).id });
  const rows = (await query
    .orderBy('r.id', 'ASC')
    .limit(first + 1)
    .getMany()) as RecipientRow[];
  return makeConnection(rows, first, totalCount, ({ id }) => ({ at: campaign.createdAt, id }));
}

/** All addressees, a page at a time, each with what became of the mail. */
export async function* eachRecipient(ctx: Context, campaignId: string, page = 1000): AsyncGenerator<RecipientRow[]> {
  for (let after = ''; ; ) {
    const rows = (await recipientsOf(ctx, campaignId)
      .andWhere('r.id > :after', { after })
      .orderBy('r.id', 'ASC')
      .limit(page)
      .getMany()) as RecipientRow[];
    yield rows;
    if (rows.length < page) return;
    after = rows.at(-1)!.id;
  }
}

/** The addressee at this place of the list, from 0; null: there is none. */
export async function recipientAt(
  ctx: Context,
  campaignId: string,
  position: number,
): Promise<CampaignRecipient | null> {
  const [row] = await ctx.db.find(CampaignRecipient, {
    where: { campaignId },
    order: { id: 'ASC' },
    skip: position,
    take: 1,
  });
  return row ?? null;
}

function recipientsOf(ctx: Context, campaignId: string): SelectQueryBuilder<CampaignRecipient> {
  return ctx.db
    .createQueryBuilder(CampaignRecipient, 'r')
    .leftJoinAndMapOne('r.mail', OutgoingMail, 'o', 'o.id = r.id')
    .where('r.campaignId = :campaignId', { campaignId });
}

function narrow(
  query: SelectQueryBuilder<CampaignRecipient>,
  campaign: Campaign,
  states: readonly RecipientState[],
): void {
  const isStopped = campaign.state === 'STOPPED';
  const either: string[] = [];
  const deliveries: DeliveryState[] = states.flatMap((state): DeliveryState[] =>
    state === 'WAITING' ? [] : state === 'SKIPPED' ? ['DISCARDED'] : state === 'QUEUED' ? ['QUEUED', 'HELD'] : [state],
  );
  if (states.includes('SKIPPED')) either.push(isStopped ? "r.state IN ('SKIPPED', 'WAITING')" : "r.state = 'SKIPPED'");
  if (states.includes('WAITING') && !isStopped) either.push("r.state = 'WAITING'");
  if (deliveries.length > 0) either.push("(r.state = 'QUEUED' AND o.state IN (:...deliveries))");
  query.andWhere(either.length > 0 ? `(${either.join(' OR ')})` : '1 = 0', { deliveries });
}
