import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { idColumn, longJson, timeColumn } from '../platform/columns.ts';

/** An entry of a knowledge base. */
@Entity('article')
@Index(['knowledgeBaseId', 'id'])
@ObjectType({ description: 'An entry of a knowledge base.' })
export class Article {
  @Field(() => ID, { description: 'Identifies the article.' })
  @PrimaryColumn(idColumn)
  id: string;

  @Field(() => ID, { description: 'The base it stands in.' })
  @Column(idColumn)
  knowledgeBaseId: string;

  @Field(() => String, { description: 'Its title, at most 300 characters.' })
  @Column({ type: 'varchar', length: 300 })
  title: string;

  @Field(() => String, { description: 'Its body as Markdown.' })
  @Column({ type: 'longtext' })
  body: string;

  @Field(() => [String], { description: 'Words that people may use for the matter.' })
  @Column(longJson)
  keywords: string[];

  @Field(() => String, { description: 'Its language as a tag such as en or de.' })
  @Column({ type: 'varchar', length: 35 })
  language: string;

  @Field(() => Boolean, { description: 'A draft is seen by nobody outside.' })
  @Column({ type: 'boolean' })
  published: boolean;

  @Field(() => GraphQLDateTime, { description: 'When it last changed.' })
  @Column(timeColumn)
  updatedAt: Date;
}
