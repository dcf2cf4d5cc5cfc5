import { GraphQLDateTime } from 'graphql-scalars';
import { Field, Int, ObjectType } from 'type-graphql';
import { ConnectionType } from '../platform/pagination.ts';
import { Message } from './message.entity.ts';
import { SectionName } from './section-name.ts';
import { Ticket } from './ticket.entity.ts';

@ObjectType({ description: 'A window of tickets, newest activity first.' })
export class TicketConnection extends ConnectionType {
  @Field(() => [Ticket], { description: 'The tickets of the window.' })
  nodes: Ticket[];
}

@ObjectType({ description: 'A window of messages, oldest first.' })
export class MessageConnection extends ConnectionType {
  @Field(() => [Message], { description: 'The messages of the window.' })
  nodes: Message[];
}

@ObjectType({ description: 'The sender is on the list Highlight E-mails.' })
export class Highlight {
  @Field(() => String, { description: 'The entry that matches.' })
  entry: string;
}

@ObjectType({ description: 'A part of the Tickets Center.' })
export class TicketSection {
  @Field(() => SectionName, { description: 'Which part.' })
  name: SectionName;
}

@ObjectType({ description: 'How many tickets wait for us.' })
export class TicketCounts {
  @Field(() => Int, { description: 'In the main queue.' })
  open: number;

  @Field(() => Int, { description: 'Those of the viewer.' })
  mine: number;

  @Field(() => Int, { description: 'Those of nobody.' })
  unassigned: number;

  @Field(() => Int, { description: 'Those of senders on the list Highlight E-mails.' })
  highlighted: number;
}

@ObjectType({ description: 'An address that mail does not reach.' })
export class Undeliverable {
  @Field(() => GraphQLDateTime, { description: 'Since when.' })
  since: Date;

  @Field(() => String, { nullable: true, description: 'The words of the server that refused the mail.' })
  reason: string | null;
}
