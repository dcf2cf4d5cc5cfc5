import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ObjectType } from 'type-graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { idColumn, timeColumn } from '../platform/columns.ts';

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

  @Field(() => GraphQLDateTime, { description: 'When it was last saved.' })
  @Column(timeColumn)
  updatedAt: Date;
}
