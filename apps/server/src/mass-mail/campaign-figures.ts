import { GraphQLDateTime } from 'graphql-scalars';
import { Field, Int, ObjectType } from 'type-graphql';
import { type EntityTarget, IsNull, Not } from 'typeorm';
import { OutgoingMail } from '../outbound/outgoing-mail.entity.ts';
import type { Context } from '../platform/context.ts';
import { Campaign } from './campaign.entity.ts';
import { CampaignRecipient } from './campaign-recipient.entity.ts';

const RATE_WINDOW_MS = 60_000;

/** How far a mailing is. */
@ObjectType({ description: 'How far a mailing is. Every addressee is counted in exactly one of the states.' })
export class CampaignCounts {
  @Field(() => Int, { description: 'Addressees in all.' })
  recipients: number;

  @Field(() => Int, { description: 'Have not got it yet.' })
  waiting: number;

  @Field(() => Int, { description: 'Are being handed to the mail server now.' })
  sending: number;

  @Field(() => Int, { description: 'The mail server took it.' })
  sent: number;

  @Field(() => Int, { description: 'Refused for good.' })
  failed: number;

  @Field(() => Int, { description: 'May have been delivered or not; never sent again by itself.' })
  unknown: number;

  @Field(() => Int, { description: 'Taken, and came back.' })
  bounced: number;

  @Field(() => Int, {
    description: 'Not written to, because of what was learnt after the list was made or because it was stopped.',
  })
  skipped: number;

  @Field(() => Int, { description: 'Unsubscribed by this mailing; also counted in their state.' })
  unsubscribed: number;
}

/** What became of a mailing in one hour. */
@ObjectType({ description: 'What became of a mailing in one hour.' })
export class CampaignResult {
  @Field(() => GraphQLDateTime, { description: 'The beginning of the hour.' })
  at: Date;

  @Field(() => Int, { description: 'Taken by the mail server.' })
  sent: number;

  @Field(() => Int, { description: 'Refused for good.' })
  failed: number;

  @Field(() => Int, { description: 'Came back.' })
  bounced: number;

  @Field(() => Int, { description: 'Nobody knows.' })
  unknown: number;
}

const BUCKET: Readonly<Record<string, 'sent' | 'failed' | 'bounced' | 'unknown'>> = {
  SENT: 'sent',
  FAILED: 'failed',
  BOUNCED: 'bounced',
  UNKNOWN: 'unknown',
};

/**
 * Counts from the rows of now; nothing is counted twice or kept beside them. Of a stopped mailing nobody waits any more.
 * Mails and addressees are counted apart, each from an index: joined, a mailing to a hundred thousand would hold
 * everybody up each time somebody looks at it. Who is in no other state waits.
 */
export async function countRecipients(ctx: Context, campaign: Pick<Campaign, 'id' | 'state'>): Promise<CampaignCounts> {
  const { id } = campaign;
  const mails = await countByState(ctx, OutgoingMail, id);
  const addressees = await countByState(ctx, CampaignRecipient, id);
  const counts = {
    recipients: [...addressees.values()].reduce((sum, n) => sum + n, 0),
    waiting: 0,
    sending: mails.get('SENDING') ?? 0,
    sent: mails.get('SENT') ?? 0,
    failed: mails.get('FAILED') ?? 0,
    unknown: mails.get('UNKNOWN') ?? 0,
    bounced: mails.get('BOUNCED') ?? 0,
    skipped: (addressees.get('SKIPPED') ?? 0) + (mails.has('DISCARDED') ? await countGivenUp(ctx, id) : 0),
    unsubscribed: await ctx.db.countBy(CampaignRecipient, { campaignId: id, unsubscribedAt: Not(IsNull()) }),
  };
  const { recipients, sending, sent, failed, unknown, bounced, skipped } = counts;
  const others = Math.max(0, recipients - sending - sent - failed - unknown - bounced - skipped);
  const made = Math.min(others, (mails.get('QUEUED') ?? 0) + (mails.get('HELD') ?? 0));
  if (campaign.state !== 'STOPPED') return { ...counts, waiting: others };
  return { ...counts, waiting: made, skipped: skipped + others - made };
}

async function countByState(
  ctx: Context,
  entity: typeof OutgoingMail | typeof CampaignRecipient,
  campaignId: string,
): Promise<Map<string, number>> {
  const rows: { state: string; n: string | number }[] = await ctx.db
    .createQueryBuilder(entity as EntityTarget<{ state: string; campaignId: string }>, 'x')
    .select(['x.state AS state', 'COUNT(*) AS n'])
    .where('x.campaignId = :campaignId', { campaignId })
    .groupBy('x.state')
    .getRawMany();
  return new Map(rows.map(({ state, n }) => [state, Number(n)]));
}

/** Mails that were given up by hand; those of who unsubscribed are counted with their addressees. */
async function countGivenUp(ctx: Context, campaignId: string): Promise<number> {
  return ctx.db
    .createQueryBuilder(OutgoingMail, 'o')
    .innerJoin(CampaignRecipient, 'r', 'r.id = o.id')
    .where('o.campaignId = :campaignId AND o.state = :discarded AND r.state = :queued', {
      campaignId,
      discarded: 'DISCARDED',
      queued: 'QUEUED',
    })
    .getCount();
}

/** Mails that the server took in the last minute; null unless it is running. */
export async function sentPerMinute(ctx: Context, { id, state, startedAt }: Campaign): Promise<number | null> {
  if (state !== 'RUNNING' || !startedAt) return null;
  const now = ctx.clock.now().getTime();
  const sent = await ctx.db
    .createQueryBuilder(OutgoingMail, 'o')
    .where('o.campaignId = :id AND o.state = :sent AND o.sentAt > :since', {
      id,
      sent: 'SENT',
      since: new Date(now - RATE_WINDOW_MS),
    })
    .getCount();
  const minutes = Math.min(1, Math.max(1 / 60, (now - startedAt.getTime()) / RATE_WINDOW_MS));
  return sent / minutes;
}

/** What became of it, hour by hour. */
export async function campaignResults(ctx: Context, campaignId: string): Promise<CampaignResult[]> {
  // Those that were taken are the many; their hours stand in an index.
  const taken = await countByHour(ctx, campaignId, ['SENT'], 'o.sentAt');
  const others = await countByHour(
    ctx,
    campaignId,
    ['FAILED', 'BOUNCED', 'UNKNOWN'],
    'COALESCE(o.sentAt, o.createdAt)',
  );
  const results = new Map<string, CampaignResult>();
  for (const { hour, state, n } of [...taken, ...others]) {
    const result = results.get(hour) ?? {
      at: new Date(`${hour.replace(' ', 'T')}:00:00Z`),
      sent: 0,
      failed: 0,
      bounced: 0,
      unknown: 0,
    };
    result[BUCKET[state]!] += Number(n);
    results.set(hour, result);
  }
  return [...results.values()].sort((a, b) => a.at.getTime() - b.at.getTime());
}

async function countByHour(
  ctx: Context,
  campaignId: string,
  states: readonly string[],
  time: string,
): Promise<{ hour: string; state: string; n: string | number }[]> {
  const hour = `SUBSTR(CAST(${time} AS CHAR), 1, 13)`;
  return ctx.db
    .createQueryBuilder(OutgoingMail, 'o')
    .select([`${hour} AS hour`, 'o.state AS state', 'COUNT(*) AS n'])
    .where('o.campaignId = :campaignId AND o.state IN (:...states)', { campaignId, states })
    .groupBy(hour)
    .addGroupBy('o.state')
    .getRawMany();
}
