import { GraphQLDateTime } from 'graphql-scalars';
import { Field, Int, ObjectType } from 'type-graphql';
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

type Bucket = 'waiting' | 'sending' | 'sent' | 'failed' | 'unknown' | 'bounced' | 'skipped';
const BUCKET: Readonly<Record<string, Bucket>> = {
  QUEUED: 'waiting',
  HELD: 'waiting',
  SENDING: 'sending',
  SENT: 'sent',
  FAILED: 'failed',
  UNKNOWN: 'unknown',
  BOUNCED: 'bounced',
  DISCARDED: 'skipped',
};

/** Counts from the rows of now; nothing is counted twice or kept beside them. Of a stopped mailing nobody waits any more. */
export async function countRecipients(ctx: Context, campaign: Pick<Campaign, 'id' | 'state'>): Promise<CampaignCounts> {
  const rows: { state: string; delivery: string | null; n: string | number; left: string | number }[] = await ctx.db
    .createQueryBuilder(CampaignRecipient, 'r')
    .leftJoin(OutgoingMail, 'o', 'o.id = r.id')
    .select(['r.state AS state', 'o.state AS delivery', 'COUNT(*) AS n', 'COUNT(r.unsubscribedAt) AS `left`'])
    .where('r.campaignId = :id', { id: campaign.id })
    .groupBy('r.state')
    .addGroupBy('o.state')
    .getRawMany();
  const counts = {
    recipients: 0,
    waiting: 0,
    sending: 0,
    sent: 0,
    failed: 0,
    unknown: 0,
    bounced: 0,
    skipped: 0,
    unsubscribed: 0,
  };
  for (const { state, delivery, n, left } of rows) {
    const waits: Bucket = campaign.state === 'STOPPED' ? 'skipped' : 'waiting';
    const bucket = state === 'SKIPPED' ? 'skipped' : delivery === null ? waits : (BUCKET[delivery] ?? 'waiting');
    counts[bucket] += Number(n);
    counts.recipients += Number(n);
    counts.unsubscribed += Number(left);
  }
  return counts;
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
  const hour = 'SUBSTR(CAST(COALESCE(o.sentAt, o.createdAt) AS CHAR), 1, 13)';
  const rows: { hour: string; state: string; n: string | number }[] = await ctx.db
    .createQueryBuilder(OutgoingMail, 'o')
    .select([`${hour} AS hour`, 'o.state AS state', 'COUNT(*) AS n'])
    .where('o.campaignId = :campaignId', { campaignId })
    .groupBy(hour)
    .addGroupBy('o.state')
    .orderBy(hour, 'ASC')
    .getRawMany();
  const results = new Map<string, CampaignResult>();
  for (const { hour, state, n } of rows) {
    const bucket = BUCKET[state];
    if (bucket !== 'sent' && bucket !== 'failed' && bucket !== 'bounced' && bucket !== 'unknown') continue;
    const result = results.get(hour) ?? {
      at: new Date(`${hour.replace(' ', 'T')}:00:00Z`),
      sent: 0,
      failed: 0,
      bounced: 0,
      unknown: 0,
    };
    result[bucket] += Number(n);
    results.set(hour, result);
  }
  return [...results.values()];
}
