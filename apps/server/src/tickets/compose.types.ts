import { GraphQLDateTime } from 'graphql-scalars';
import { Field, Int, ObjectType } from 'type-graphql';
import { Draft } from './draft.entity.ts';
import { Message } from './message.entity.ts';
import { BegunTicket } from './sent-reply.entity.ts';
import { Ticket } from './ticket.entity.ts';
import { Upload } from './upload.entity.ts';

@ObjectType({ description: 'Whom an answer to everybody goes to.' })
export class ReplyAll {
  @Field(() => [String], { description: 'The requester.' })
  to: string[];

  @Field(() => [String], { description: 'Who takes part beside the requester.' })
  cc: string[];
}

@ObjectType({ description: 'How much a mail may carry.' })
export class UploadLimits {
  @Field(() => Int, { description: 'One file, in bytes.' })
  fileBytes: number;

  @Field(() => Int, { description: 'All files of a mail together, in bytes.' })
  totalBytes: number;

  @Field(() => Int, { description: 'How many files a mail carries.' })
  files: number;

  @Field(() => Int, { description: 'How many addresses a mail goes to.' })
  recipients: number;
}

@ObjectType({ description: 'A mail of the viewer that waits and can be taken back.' })
export class WaitingMail {
  @Field(() => Message, { description: 'The message.' })
  message: Message;

  @Field(() => Ticket, { description: 'Where it stands.' })
  ticket: Ticket;

  @Field(() => GraphQLDateTime, { description: 'When it goes out.' })
  undoUntil: Date;
}

@ObjectType({ description: "The viewer's mails that can still be taken back." })
export class WaitingMails {
  @Field(() => GraphQLDateTime, { description: 'The time of the server, to count down by.' })
  now: Date;

  @Field(() => [WaitingMail], { description: 'The next to go first; at most 20.' })
  nodes: WaitingMail[];
}

@ObjectType({ description: 'A mail that was taken back: it is a draft again.' })
export class UndoneReply {
  @Field(() => Ticket, { description: 'The ticket, as it stood before; one that was begun by this mail, as it was.' })
  ticket: Ticket;

  @Field(() => BegunTicket, {
    nullable: true,
    description:
      'What belongs into the form of a new ticket beside the draft: the ticket was begun by this mail and is gone. Null: it stays.',
  })
  begunTicket: BegunTicket | null;

  @Field(() => Draft, { description: 'The words.' })
  draft: Draft;

  @Field(() => [String], { description: 'Who was to get a copy.' })
  cc: string[];

  @Field(() => [String], { description: 'Who was to get a blind copy.' })
  bcc: string[];

  @Field(() => [Upload], { description: 'The files, attached again by their ids.' })
  attachments: Upload[];
}
