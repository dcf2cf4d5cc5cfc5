import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { idColumn, nullableId } from '../platform/columns.ts';

/** A heading under which articles of a base stand; categories form a tree. */
@Entity('article_category')
@Index(['knowledgeBaseId'])
@ObjectType({ description: 'A heading under which articles of a base stand; categories form a tree.' })
export class ArticleCategory {
  @Field(() => ID, { description: 'Identifies the category.' })
  @PrimaryColumn(idColumn)
  id: string;

  @Field(() => ID, { description: 'Its base.' })
  @Column(idColumn)
  knowledgeBaseId: string;

  @Field(() => ID, { nullable: true, description: 'The category above; null: it stands at the top.' })
  @Column(nullableId)
  parentId: string | null;

  @Field(() => String, { description: 'Its name, at most 120 characters.' })
  @Column({ type: 'varchar', length: 120 })
  name: string;

  @Field(() => Int, { description: 'Its place among its siblings, from 0.' })
  @Column({ type: 'int' })
  position: number;
}
