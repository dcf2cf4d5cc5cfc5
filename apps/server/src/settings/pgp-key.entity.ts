import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ObjectType } from 'type-graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { longJson, nullableTime, timeColumn } from '../platform/columns.ts';

/** The public side of a key that opens encrypted letters. */
@Entity('pgp_key')
@ObjectType({ description: 'The public side of a key that opens encrypted letters.' })
export class PgpKey {
  @Field(() => String, { description: 'The fingerprint in hexadecimal, upper case.' })
  @PrimaryColumn({ type: 'varchar', length: 64 })
  fingerprint: string;

  @Field(() => [String], { description: 'The names and addresses in the key.' })
  @Column(longJson)
  userIds: string[];

  @Field(() => GraphQLDateTime, { description: 'When the key was made.' })
  @Column(timeColumn)
  createdAt: Date;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When the key expires; null: never.' })
  @Column(nullableTime)
  expiresAt: Date | null;

  @Field(() => String, { description: 'The public key, armored, for senders.' })
  @Column({ type: 'longtext' })
  publicKey: string;

  @Column(timeColumn)
  addedAt: Date;
}
