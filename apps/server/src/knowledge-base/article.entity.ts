import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { bigintNumber, idColumn, longJson, nullableId, timeColumn } from '../platform/columns.ts';

/** An entry of a knowledge base. */
@Entity('article')
@Index(['knowledgeBaseId', 'updatedAt', 'id'])
@Index(['knowledgeBaseId', 'slug'], { unique: true })
@Index(['knowledgeBaseId', 'externalId'], { unique: true })
@Index(['categoryId'])
@Index(['indexVersion'])
@ObjectType({ description: 'An entry of a knowledge base.' })
export class Article {
  @Field(() => ID, { description: 'Identifies the article.' })
  @PrimaryColumn(idColumn)
  id: string;

  @Field(() => ID, { description: 'The base it stands in.' })
  @Column(idColumn)
  knowledgeBaseId: string;

  @Field(() => ID, { nullable: true, description: 'The category it stands under.' })
  @Column(nullableId)
  categoryId: string | null;

  @Field(() => String, { nullable: true, description: 'The key that whoever imported it knows it by.' })
  @Column({ type: 'varchar', length: 100, nullable: true })
  externalId: string | null;

  @Field(() => String, { description: 'Its title, at most 300 characters. Plain text: escape it.' })
  @Column({ type: 'varchar', length: 300 })
  title: string;

  @Field(() => String, { description: 'Its name in addresses and links, unique in its base.' })
  @Column({ type: 'varchar', length: 120 })
  slug: string;

  @Field(() => String, { description: 'What it is about in a sentence, at most 500 characters.' })
  @Column({ type: 'varchar', length: 500 })
  summary: string;

  @Field(() => String, { description: 'Its body as Markdown, at most 40,000 characters.' })
  @Column({ type: 'longtext' })
  body: string;

  @Field(() => [String], { description: 'Words that people may use for the matter; at most 50 of 100 characters.' })
  @Column(longJson)
  keywords: string[];

  @Field(() => String, { description: 'Its language as a tag such as en or de.' })
  @Column({ type: 'varchar', length: 35 })
  language: string;

  @Field(() => Boolean, { description: 'A draft is seen by nobody outside.' })
  @Column({ type: 'boolean' })
  published: boolean;

  @Field(() => Boolean, { description: 'End users do not see it even where they see its base.' })
  @Column({ type: 'boolean' })
  staffOnly: boolean;

  @Field(() => Int, { description: 'Grows with each change; give it back on saving, so that no change is lost.' })
  @Column({ type: 'int' })
  version: number;

  /** From the one sequence that indexes follow: grows also when only what was learnt has changed. */
  @Column({ type: 'bigint', transformer: bigintNumber })
  indexVersion: number;

  @Field(() => GraphQLDateTime, { description: 'When it was made.' })
  @Column(timeColumn)
  createdAt: Date;

  @Field(() => GraphQLDateTime, { description: 'When its words last changed.' })
  @Column(timeColumn)
  updatedAt: Date;

  @Column(nullableId)
  updatedById: string | null;
}
