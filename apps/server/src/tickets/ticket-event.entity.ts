import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { idColumn, longJson, nullableId, nullableTime, timeColumn } from '../platform/columns.ts';
import type { TicketStatus } from './ticket.entity.ts';

/** What was done with messages and tickets by hand. */
export const TicketEventKind = { SPLIT: 'SPLIT', MOVE: 'MOVE', MERGE: 'MERGE', ADD_SENDER: 'ADD_SENDER' } as const;
export type TicketEventKind = keyof typeof TicketEventKind;
registerEnumType(TicketEventKind, {
  name: 'TicketEventKind',
  description: 'What was done with messages and tickets by hand.',
  valuesConfig: {
    SPLIT: { description: 'A letter became a ticket of its own.' },
    MOVE: { description: 'A message went to another ticket.' },
    MERGE: { description: 'All messages went to another ticket, and this one leads there.' },
    ADD_SENDER: { description: 'A new sender was let into the ticket.' },
  },
});

/** Where a ticket stood; times as ISO text. */
export interface Standing {
  readonly status: TicketStatus;
  readonly answeredAt: string | null;
  readonly closedAt: string | null;
  readonly reopenedAt: string | null;
  readonly closeWhenSent: boolean;
}

/** How things stood before, so that they can be put back where nobody has changed them since. */
export interface BeforeEvent {
  /** The messages that went over, or whose sender was added. */
  readonly messageIds: readonly string[];
  readonly ticket: Standing;
  readonly ticketAfter: TicketStatus;
  /** Null: the other ticket is new, or there is none. */
  readonly other: Standing | null;
  readonly otherAfter: TicketStatus | null;
}

/** One line of a ticket's history; both tickets that it touches show it. */
@Entity('ticket_event')
@Index(['ticketId', 'at', 'id'])
@Index(['otherTicketId', 'at', 'id'])
@ObjectType({ description: 'One line in the history of a ticket; both tickets that it touches show it.' })
export class TicketEvent {
  @Field(() => ID, { description: 'Identifies the line.' })
  @PrimaryColumn(idColumn)
  id: string;

  /** Where it was done: the ticket that a message left, or that was merged away. */
  @Column(idColumn)
  ticketId: string;

  @Column(nullableId)
  otherTicketId: string | null;

  @Field(() => TicketEventKind, { description: 'What was done.' })
  @Column({ type: 'varchar', length: 16 })
  kind: TicketEventKind;

  @Field(() => GraphQLDateTime, { description: 'When.' })
  @Column(timeColumn)
  at: Date;

  @Column(nullableId)
  agentId: string | null;

  @Field(() => ID, { nullable: true, description: 'The message that it was done with; null: the whole ticket.' })
  @Column(nullableId)
  messageId: string | null;

  @Field(() => String, { nullable: true, description: 'The sender whose letter it was.' })
  @Column({ type: 'varchar', length: 320, nullable: true })
  address: string | null;

  @Column(longJson)
  before: BeforeEvent;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it was taken back; null: it holds.' })
  @Column(nullableTime)
  undoneAt: Date | null;
}
