import { Field, ObjectType } from 'type-graphql';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { idColumn, longJson, timeColumn } from '../platform/columns.ts';
import type { Ticket } from './ticket.entity.ts';

/** What a reply changes of its ticket. */
export type TicketBefore = Pick<Ticket, 'status' | 'closeWhenSent' | 'lastReplyId'> & {
  readonly answeredAt: string | null;
  readonly closedAt: string | null;
  readonly reopenedAt: string | null;
  readonly lastActivityAt: string;
  /** For a message that was sent on: which one, the agent's own files, and those of its files that stayed. */
  readonly forwarded?: Forwarded;
  /** For a mail that opened its ticket. */
  readonly begun?: BegunTicket;
};

/** What an agent typed of a new ticket beside words, recipients and files. */
@ObjectType({ description: 'What was typed of a new ticket beside words, recipients and files.' })
export class BegunTicket {
  @Field(() => String, { description: 'To whom it goes.' })
  readonly requesterEmail: string;

  @Field(() => String, { nullable: true, description: 'The name of that person; null: none was given.' })
  readonly requesterName: string | null;

  @Field(() => String, { description: 'The subject.' })
  readonly subject: string;
}

/** What a forwarded mail was made of. */
export interface Forwarded {
  readonly messageId: string;
  readonly attachmentIds: readonly string[];
  readonly leftOutIds: readonly string[];
}

/** What is needed to take a reply back while it waits in the outbox. */
@Entity('sent_reply')
export class SentReply {
  @PrimaryColumn(idColumn)
  messageId: string;

  @Column(idColumn)
  agentId: string;

  @Index()
  @Column(timeColumn)
  undoUntil: Date;

  @Column(longJson)
  before: TicketBefore;
}
