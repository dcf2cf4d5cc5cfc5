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

  @Field(() => String, { description: 'Its name.' })
  @Column({ type: 'varchar', length: 120 })
  name: string;

  @Column(timeColumn)
  createdAt: Date;
}
