import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { idColumn, longJson, nullableTime, timeColumn } from '../platform/columns.ts';
import type { Scope } from '../platform/context.ts';

/** A key of an integrator's program. Its secret stands, hashed, in a table of its own. */
@Entity('api_token')
@ObjectType({ description: "A key that lets an integrator's program use the API within its scopes." })
export class ApiToken {
  @Field(() => ID, { description: 'Identifies the token.' })
  @PrimaryColumn(idColumn)
  id: string;

  @Field(() => String, { description: 'What the token is for, in the words of who made it.' })
  @Column({ type: 'varchar', length: 120 })
  name: string;

  @Field(() => String, { description: 'The first characters of the token, to tell tokens apart.' })
  @Column({ type: 'varchar', length: 16 })
  prefix: string;

  @Field(() => [String], { description: 'What the token may do.' })
  @Column(longJson)
  scopes: Scope[];

  @Field(() => GraphQLDateTime, { description: 'When it was made.' })
  @Column(timeColumn)
  createdAt: Date;

  @Field(() => GraphQLDateTime, { description: 'From then on it opens nothing.' })
  @Column(timeColumn)
  expiresAt: Date;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it was last used, to the minute.' })
  @Column(nullableTime)
  lastUsedAt: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it was revoked; null: not at all.' })
  @Column(nullableTime)
  revokedAt: Date | null;

  @Column(idColumn)
  createdById: string;
}
