import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { idColumn, longJson, nullableId, timeColumn } from '../platform/columns.ts';

/** An earlier state of an article. */
@Entity('article_version')
@Index(['articleId', 'id'])
@ObjectType({ description: 'An earlier state of an article.' })
export class ArticleVersion {
  @Field(() => ID, { description: 'Identifies the state.' })
  @PrimaryColumn(idColumn)
  id: string;

  @Column(idColumn)
  articleId: string;

  @Field(() => Int, { description: 'The version that the article had then.' })
  @Column({ type: 'int' })
  number: number;

  @Field(() => Boolean, { description: 'These were unpublished changes of that version, not the article itself.' })
  @Column({ type: 'boolean', default: false })
  unpublished: boolean;

  @Field(() => String, { description: 'Its title then.' })
  @Column({ type: 'varchar', length: 300 })
  title: string;

  @Field(() => String, { description: 'Its summary then.' })
  @Column({ type: 'varchar', length: 500 })
  summary: string;

  @Field(() => String, { description: 'Its body then, as Markdown.' })
  @Column({ type: 'longtext' })
  body: string;

  @Field(() => [String], { description: 'Its keywords then.' })
  @Column(longJson)
  keywords: string[];

  @Field(() => GraphQLDateTime, { description: 'When that state was written.' })
  @Column(timeColumn)
  createdAt: Date;

  @Column(nullableId)
  authorId: string | null;
}
