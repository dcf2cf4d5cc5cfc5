import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { idColumn, longJson, nullableId, timeColumn } from '../platform/columns.ts';

/** What a published article shall say once its changes are published. One for an article, shared by all who write articles. */
@Entity('unpublished_changes')
@Index(['categoryId'])
@ObjectType({
  description: 'What a published article shall say once its changes are published; shared by all who write articles.',
})
export class UnpublishedChanges {
  @PrimaryColumn(idColumn)
  articleId: string;

  @Field(() => ID, { description: 'Another one with each save; give it back, so that no change is lost.' })
  @Column(idColumn)
  version: string;

  @Field(() => Int, { description: 'The version of the article that they were made from.' })
  @Column({ type: 'int' })
  articleVersion: number;

  @Field(() => String, { description: 'The title that it shall have. Plain text: escape it.' })
  @Column({ type: 'varchar', length: 300 })
  title: string;

  @Field(() => String, { description: 'The summary that it shall have.' })
  @Column({ type: 'varchar', length: 500 })
  summary: string;

  @Field(() => String, { description: 'The body that it shall have, as Markdown.' })
  @Column({ type: 'longtext' })
  body: string;

  @Field(() => [String], { description: 'The keywords that it shall have.' })
  @Column(longJson)
  keywords: string[];

  @Field(() => String, { description: 'The language that it shall be in, as a tag.' })
  @Column({ type: 'varchar', length: 35 })
  language: string;

  @Field(() => Boolean, { description: 'End users shall not see it.' })
  @Column({ type: 'boolean' })
  staffOnly: boolean;

  @Field(() => ID, { nullable: true, description: 'The category that it shall stand under; null: none.' })
  @Column(nullableId)
  categoryId: string | null;

  @Field(() => GraphQLDateTime, { description: 'When they were last saved.' })
  @Column(timeColumn)
  updatedAt: Date;

  @Column(nullableId)
  updatedById: string | null;
}
