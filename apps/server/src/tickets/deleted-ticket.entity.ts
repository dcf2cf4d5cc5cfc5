import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { idColumn, nullableId, timeColumn } from '../platform/columns.ts';

/** What is left of a deleted ticket: its number, and who deleted it when. */
@Entity('deleted_ticket')
@ObjectType({ description: 'What is left of a deleted ticket: its number, and who deleted it when.' })
export class DeletedTicket {
  @Field(() => ID, { description: 'The id that the ticket had.' })
  @PrimaryColumn(idColumn)
  id: string;

  @Field(() => Int, { description: 'Its number; no other ticket ever gets it.' })
  @Index({ unique: true })
  @Column({ type: 'int' })
  number: number;

  @Column({ type: 'varchar', length: 36 })
  mailboxId: string;

  @Field(() => GraphQLDateTime, { description: 'When it was deleted.' })
  @Column(timeColumn)
  deletedAt: Date;

  @Column(nullableId)
  deletedById: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The name, as it was then, of the administrator who did; null: the product itself.',
  })
  @Column({ type: 'varchar', length: 200, nullable: true })
  deletedBy: string | null;
}
