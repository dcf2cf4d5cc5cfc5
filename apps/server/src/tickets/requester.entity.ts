import { Field, ObjectType } from 'type-graphql';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { idColumn, timeColumn } from '../platform/columns.ts';

/** The person who asks, known by one address; a letter without a readable sender has a requester of its own. */
@Entity('requester')
@ObjectType({ description: 'The person who asks.' })
export class Requester {
  @PrimaryColumn(idColumn)
  id: string;

  /** Normalised; null: unknown sender. */
  @Field(() => String, { nullable: true, description: 'The address; null: the letter named no readable sender.' })
  @Index({ unique: true })
  @Column({ type: 'varchar', length: 254, nullable: true })
  email: string | null;

  @Field(() => String, { nullable: true, description: 'The name from the newest letter that had one.' })
  @Column({ type: 'varchar', length: 200, nullable: true })
  name: string | null;

  @Column(timeColumn)
  createdAt: Date;
}
