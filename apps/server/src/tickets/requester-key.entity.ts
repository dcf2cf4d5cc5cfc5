import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { idColumn, longJson, nullableId, nullableTime, timeColumn } from '../platform/columns.ts';

/** A public key of somebody who writes to us: offered by a letter, used only once an agent has chosen it. */
@Entity('requester_key')
@Index(['address', 'fingerprint'], { unique: true })
@ObjectType({
  description: 'A public key of a requester: offered by a letter, used only once an agent has chosen it.',
})
export class RequesterKey {
  @Field(() => ID, { description: 'Identifies the key and its address together.' })
  @PrimaryColumn(idColumn)
  id: string;

  @Field(() => String, { description: 'The address that it is for, normalised.' })
  @Column({ type: 'varchar', length: 254 })
  address: string;

  @Field(() => String, { description: 'The fingerprint in hexadecimal, upper case.' })
  @Column({ type: 'varchar', length: 64 })
  fingerprint: string;

  @Column(longJson)
  keyIds: string[];

  @Field(() => [String], { description: 'The names and addresses in the key.' })
  @Column(longJson)
  userIds: string[];

  @Field(() => GraphQLDateTime, { description: 'When the key was made.' })
  @Column(timeColumn)
  createdAt: Date;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When the key expires; null: never.' })
  @Column(nullableTime)
  expiresAt: Date | null;

  @Column({ type: 'longtext' })
  publicKey: string;

  @Field(() => GraphQLDateTime, { description: 'When a letter last brought it.' })
  @Column(timeColumn)
  offeredAt: Date;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When an agent chose it; null: it is only offered.' })
  @Column(nullableTime)
  verifiedAt: Date | null;

  @Column(nullableId)
  verifiedById: string | null;
}
