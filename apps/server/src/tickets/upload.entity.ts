import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { bigintNumber, idColumn, timeColumn } from '../platform/columns.ts';

/** A file that somebody sent up and has not sent on yet. Only his session may use it. */
@Entity('upload')
@ObjectType({ description: 'A file that was sent up for a mail that is not sent yet.' })
export class Upload {
  @Field(() => ID, { description: 'Identifies it; the attachment keeps the id.' })
  @PrimaryColumn(idColumn)
  id: string;

  /** The session or token that sent it up. */
  @Column({ type: 'varchar', length: 100 })
  owner: string;

  @Field(() => String, { description: 'A safe name.' })
  @Column({ type: 'varchar', length: 255 })
  name: string;

  @Field(() => String, { description: 'The type that the browser named.' })
  @Column({ type: 'varchar', length: 127 })
  mimeType: string;

  @Field(() => Int, { description: 'Its size in bytes.' })
  @Column({ type: 'bigint', transformer: bigintNumber })
  sizeBytes: number;

  @Index()
  @Column(idColumn)
  blobId: string;

  @Index()
  @Column(timeColumn)
  createdAt: Date;
}
