import { Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { idColumn, longJson, nullableTime } from '../platform/columns.ts';

/**
 * One addressee of a mailing. The mail to him has the same id, so what became of it stands in one place: with the
 * outgoing mail. WAITING: no mail is made yet. QUEUED: it is. SKIPPED: none will be.
 */
@Entity('campaign_recipient')
@Index(['campaignId', 'address'], { unique: true })
@Index(['campaignId', 'state', 'id'])
@Index(['campaignId', 'unsubscribedAt'])
@Index(['address'])
@ObjectType({ description: 'One addressee of a mailing.' })
export class CampaignRecipient {
  /** Grows with the place in the list. */
  @Field(() => ID, { description: 'Identifies the addressee.' })
  @PrimaryColumn(idColumn)
  id: string;

  @Column(idColumn)
  campaignId: string;

  @Field(() => String, { description: 'The address, normalised.' })
  @Column({ type: 'varchar', length: 254 })
  address: string;

  @Field(() => String, { nullable: true, description: 'The name, where one is known.' })
  @Column({ type: 'varchar', length: 200, nullable: true })
  name: string | null;

  /** What the list's further columns say, by placeholder name. */
  @Column(longJson)
  fields: Record<string, string>;

  @Column({ type: 'varchar', length: 16 })
  state: 'WAITING' | 'QUEUED' | 'SKIPPED';

  /** Why no mail goes there. */
  @Column({ type: 'varchar', length: 200, nullable: true })
  skippedBecause: string | null;

  @Column(nullableTime)
  unsubscribedAt: Date | null;
}
