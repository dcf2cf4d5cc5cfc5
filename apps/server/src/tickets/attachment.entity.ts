import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { bigintNumber, idColumn } from '../platform/columns.ts';

/** A file that came or went with a message. */
@Entity('attachment')
@ObjectType({ description: 'A file that came or went with a message.' })
export class Attachment {
  @Field(() => ID, { description: 'Identifies the attachment.' })
  @PrimaryColumn(idColumn)
  id: string;

  @Index()
  @Column(idColumn)
  messageId: string;

  @Column(idColumn)
  ticketId: string;

  @Field(() => String, { description: 'A safe name, unique within its message.' })
  @Column({ type: 'varchar', length: 255 })
  name: string;

  @Field(() => String, { description: 'The type its sender declared; downloads never use it.' })
  @Column({ type: 'varchar', length: 127 })
  mimeType: string;

  @Field(() => Int, { description: 'Its size in bytes.' })
  @Column({ type: 'bigint', transformer: bigintNumber })
  sizeBytes: number;

  @Index()
  @Column(idColumn)
  blobId: string;

  /** Without angle brackets. */
  @Column({ type: 'varchar', length: 255, nullable: true })
  contentId: string | null;

  @Field(() => Boolean, { description: 'It is shown within the text.' })
  @Column({ type: 'boolean' })
  inline: boolean;

  @Column({ type: 'int' })
  position: number;
}
