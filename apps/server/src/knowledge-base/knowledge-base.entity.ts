import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { idColumn, timeColumn } from '../platform/columns.ts';

/** A collection of articles. */
@Entity('knowledge_base')
@ObjectType({ description: 'A collection of articles.' })
export class KnowledgeBase {
  @Field(() => ID, { description: 'Identifies the base.' })
  @PrimaryColumn(idColumn)
  id: string;

  @Field(() => String, { description: 'Its name, at most 120 characters.' })
  @Column({ type: 'varchar', length: 120 })
  name: string;

  @Field(() => String, { description: 'What it is for, at most 500 characters.' })
  @Column({ type: 'varchar', length: 500 })
  description: string;

  @Field(() => Boolean, { description: 'No end user ever sees an article of it.' })
  @Column({ type: 'boolean' })
  staffOnly: boolean;

  @Field(() => GraphQLDateTime, { description: 'When it was made.' })
  @Column(timeColumn)
  createdAt: Date;
}
