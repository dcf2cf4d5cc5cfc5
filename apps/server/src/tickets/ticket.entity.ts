import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { idColumn, nullableId, nullableTime, timeColumn } from '../platform/columns.ts';

/** Where a ticket stands. */
export const TicketStatus = { OPEN: 'OPEN', ANSWERED: 'ANSWERED', ON_HOLD: 'ON_HOLD', CLOSED: 'CLOSED' } as const;
export type TicketStatus = keyof typeof TicketStatus;
registerEnumType(TicketStatus, {
  name: 'TicketStatus',
  description: 'Where a ticket stands.',
  valuesConfig: {
    OPEN: { description: 'Waits for us.' },
    ANSWERED: { description: 'The last word is ours and we wait for the requester.' },
    ON_HOLD: { description: 'Put aside by an agent.' },
    CLOSED: { description: 'Done, until the requester writes again.' },
  },
});

/** One matter of one requester, with a number. */
@Entity('ticket')
@Index(['status', 'lastActivityAt', 'id'])
@Index(['assigneeId', 'status', 'lastActivityAt', 'id'])
@Index(['status', 'answeredAt'])
@Index(['mergedIntoId', 'lastActivityAt', 'id'])
@ObjectType({ description: 'One matter of one requester, with a number.' })
export class Ticket {
  @Field(() => ID, { description: 'Identifies the ticket.' })
  @PrimaryColumn(idColumn)
  id: string;

  @Field(() => Int, { description: 'The number that people use, as in [#1042].' })
  @Index({ unique: true })
  @Column({ type: 'int' })
  number: number;

  @Column({ type: 'varchar', length: 36 })
  mailboxId: string;

  @Field(() => String, { description: 'The subject, at most 500 characters.' })
  @Column({ type: 'varchar', length: 500 })
  subject: string;

  /** The normalised subject, for follow-ups by subject. */
  @Index()
  @Column({ type: 'varchar', length: 200 })
  subjectKey: string;

  @Field(() => TicketStatus, { description: 'Where the ticket stands.' })
  @Column({ type: 'varchar', length: 16 })
  status: TicketStatus;

  @Field(() => Int, { description: 'Set by agents; higher is more urgent.' })
  @Column({ type: 'int' })
  priority: number;

  @Index()
  @Column(idColumn)
  requesterId: string;

  /** The requester's address again, so that lists filter without a join. */
  @Index()
  @Column({ type: 'varchar', length: 254, nullable: true })
  requesterEmail: string | null;

  @Column(nullableId)
  assigneeId: string | null;

  @Field(() => GraphQLDateTime, { description: 'When it was opened.' })
  @Column(timeColumn)
  createdAt: Date;

  @Field(() => GraphQLDateTime, { description: 'When anything last changed.' })
  @Column(timeColumn)
  updatedAt: Date;

  @Field(() => GraphQLDateTime, {
    description: 'When the newest letter or reply came in or went out; lists are sorted by it.',
  })
  @Column(timeColumn)
  lastActivityAt: Date;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'When we last answered; null: not since the requester wrote.',
  })
  @Column(nullableTime)
  answeredAt: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it was closed.' })
  @Column(nullableTime)
  closedAt: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it was last opened again.' })
  @Column(nullableTime)
  reopenedAt: Date | null;

  /** "Send and close": closes when the mail server has taken the newest reply. */
  @Column({ type: 'boolean' })
  closeWhenSent: boolean;

  @Field(() => Int, { description: 'How many messages it has, notes and confirmations among them.' })
  @Column({ type: 'int' })
  messageCount: number;

  @Field(() => Int, { description: 'How many attachments its letters have.' })
  @Column({ type: 'int' })
  attachmentCount: number;

  @Field(() => String, { description: "The first words of the newest letter's new text." })
  @Column({ type: 'varchar', length: 200 })
  snippet: string;

  @Field(() => Boolean, { description: 'A letter in it was encrypted.' })
  @Column({ type: 'boolean' })
  encrypted: boolean;

  /** The mailing that its first letter answers. */
  @Index()
  @Column(nullableId)
  campaignId: string | null;

  /** Set when it was merged into another ticket; its messages are there. */
  @Column(nullableId)
  mergedIntoId: string | null;

  /** The ticket that this one may continue: its first letter named it without belonging there for certain, or was split off it. */
  @Index()
  @Column(nullableId)
  linkedToTicketId: string | null;

  /** The newest reply, whose delivery decides whether the ticket may close by itself. */
  @Column(nullableId)
  lastReplyId: string | null;

  /** When the newest letter of the requester came in: what was read before it leaves the ticket unread. */
  @Column(timeColumn)
  lastInboundAt: Date;
}
