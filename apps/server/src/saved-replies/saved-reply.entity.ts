import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { idColumn, nullableId, timeColumn } from '../platform/columns.ts';

/** Whom a saved reply is for. */
export const SavedReplyReach = { EVERYBODY: 'EVERYBODY', MINE: 'MINE' } as const;
export type SavedReplyReach = keyof typeof SavedReplyReach;
registerEnumType(SavedReplyReach, {
  name: 'SavedReplyReach',
  description: 'Whom a saved reply is for.',
  valuesConfig: {
    EVERYBODY: { description: 'Every agent, and programs.' },
    MINE: { description: 'The agent who wrote it, and nobody else.' },
  },
});

/** Stands in `ownerId` of what is for everybody, so that its names are unique too. */
export const EVERYBODY = '';

/** Words that are written once and put into many replies. */
@Entity('saved_reply')
@Index(['ownerId', 'nameKey'], { unique: true })
@ObjectType({ description: 'Words that are written once and put into many replies.' })
export class SavedReply {
  @Field(() => ID, { description: 'Identifies the saved reply.' })
  @PrimaryColumn(idColumn)
  id: string;

  /** The agent whose own it is. */
  @Column(idColumn)
  ownerId: string;

  @Field(() => String, { description: 'Its name, at most 100 characters, unique in its reach.' })
  @Column({ type: 'varchar', length: 100 })
  name: string;

  /** The name as it is compared: upper and lower case are one. */
  @Column({ type: 'varchar', length: 200 })
  nameKey: string;

  @Field(() => String, { description: 'Its words as clean HTML, without pictures; placeholders stand as {{name}}.' })
  @Column({ type: 'longtext' })
  html: string;

  @Field(() => String, { description: 'How its words begin, as plain text.' })
  @Column({ type: 'varchar', length: 240 })
  excerpt: string;

  @Field(() => Int, { description: 'Grows with each change.' })
  @Column({ type: 'int' })
  version: number;

  @Column(timeColumn)
  createdAt: Date;

  @Field(() => GraphQLDateTime, { description: 'When it was last changed.' })
  @Column(timeColumn)
  updatedAt: Date;

  @Column(nullableId)
  updatedById: string | null;
}
