import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { idColumn, longJson, nullableId, timeColumn } from '../platform/columns.ts';

/** What an agent has typed and not yet sent. */
@Entity('draft')
@ObjectType({ description: 'What the viewer has typed and not yet sent.' })
export class Draft {
  @PrimaryColumn(idColumn)
  ticketId: string;

  @PrimaryColumn(idColumn)
  agentId: string;

  @Field(() => String, { description: 'As plain text.' })
  @Column({ type: 'longtext' })
  text: string;

  @Field(() => String, { nullable: true, description: 'As HTML, where the editor made some.' })
  @Column({ type: 'longtext', nullable: true })
  html: string | null;

  @Field(() => Boolean, { description: 'It is a note, not a reply.' })
  @Column({ type: 'boolean' })
  isNote: boolean;

  /** Whom a forwarded message goes to; a reply goes to the requester. */
  @Column({ ...longJson, nullable: true })
  to: string[] | null;

  @Column({ ...longJson, nullable: true })
  cc: string[] | null;

  @Column({ ...longJson, nullable: true })
  bcc: string[] | null;

  /** Uploads, in their order. */
  @Column({ ...longJson, nullable: true })
  attachmentIds: string[] | null;

  @Field(() => ID, { nullable: true, description: 'The message that it sends on; null: it answers the ticket.' })
  @Column(nullableId)
  forwardOfId: string | null;

  /** Files of the forwarded message that do not go along. */
  @Column({ ...longJson, nullable: true })
  leftOutIds: string[] | null;

  @Field(() => GraphQLDateTime, { description: 'When it was last saved.' })
  @Column(timeColumn)
  updatedAt: Date;
}
