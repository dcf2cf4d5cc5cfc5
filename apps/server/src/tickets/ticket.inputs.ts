import { ArrayMaxSize, IsOptional, MaxLength } from 'class-validator';
import { Field, ID, InputType } from 'type-graphql';
import { SectionName } from './section-name.ts';
import { TicketStatus } from './ticket.entity.ts';

const ID_LENGTH = 36;
const TEXT = 1_000_000;
const HTML = 2_000_000;
const ADDRESS = 320;
const RECIPIENTS = 100;
const FILES = 100;

@InputType({ description: 'Which tickets a list shows; what is left out does not narrow it.' })
export class TicketFilter {
  @Field(() => SectionName, { nullable: true, description: 'Those of one section.' })
  section?: SectionName | null;

  @Field(() => [TicketStatus], { nullable: true, description: 'Those in any of these states.' })
  status?: TicketStatus[] | null;

  @Field(() => ID, { nullable: true, description: 'Those of one agent.' })
  @IsOptional()
  @MaxLength(ID_LENGTH)
  assigneeId?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Those of nobody.' })
  unassigned?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Those of senders on the list Highlight E-mails, or with false those of others.',
  })
  highlighted?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description: 'A number, or words in subject, address, name or the newest letter.',
  })
  @IsOptional()
  @MaxLength(200)
  search?: string | null;
}

@InputType({ description: 'An answer to the requester.' })
export class ReplyToTicketInput {
  @Field(() => ID, { description: 'The ticket.' })
  @MaxLength(ID_LENGTH)
  ticketId: string;

  @Field(() => String, { nullable: true, description: 'The words as plain text; needed where no HTML is given.' })
  @IsOptional()
  @MaxLength(TEXT)
  text?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The words as HTML; it is cleaned, and plain text is made of it where none is given.',
  })
  @IsOptional()
  @MaxLength(HTML)
  html?: string | null;

  @Field(() => [String], { nullable: true, description: 'Who gets a copy.' })
  @IsOptional()
  @ArrayMaxSize(RECIPIENTS)
  @MaxLength(ADDRESS, { each: true })
  cc?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Who gets a copy that the others do not see.' })
  @IsOptional()
  @ArrayMaxSize(RECIPIENTS)
  @MaxLength(ADDRESS, { each: true })
  bcc?: string[] | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'Files sent up by POST /attachments; an image among them may stand in the HTML as /uploads/<id>.',
  })
  @IsOptional()
  @ArrayMaxSize(FILES)
  @MaxLength(ID_LENGTH, { each: true })
  attachmentIds?: string[] | null;

  @Field(() => TicketStatus, {
    nullable: true,
    description: 'The state afterwards, ANSWERED by default; CLOSED closes as the mail server takes the answer.',
  })
  thenStatus?: TicketStatus | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'Of the messages that the writer has seen the one with the greatest id: ids grow with the time of filing, the list is by the dates of the letters. A later letter, or a later answer of somebody else, stops the reply with CONFLICT.',
  })
  @IsOptional()
  @MaxLength(ID_LENGTH)
  lastSeenMessageId?: string | null;

  @Field(() => ID, { nullable: true, description: 'The suggested article that the answer was made from.' })
  @IsOptional()
  @MaxLength(ID_LENGTH)
  suggestionArticleId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Your own key for this wish: asked for twice under one key, it is answered once.',
  })
  @IsOptional()
  @MaxLength(255)
  idempotencyKey?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'True: send it encrypted or not at all; false: in the clear. Left out: encrypted as soon as a public key of the requester is used.',
  })
  encrypt?: boolean | null;
}

@InputType({ description: 'A message that goes on to somebody else.' })
export class ForwardMessageInput {
  @Field(() => ID, { description: 'The message.' })
  @MaxLength(ID_LENGTH)
  messageId: string;

  @Field(() => [String], { description: 'Whom to send it to.' })
  @ArrayMaxSize(RECIPIENTS)
  @MaxLength(ADDRESS, { each: true })
  to: string[];

  @Field(() => [String], { nullable: true, description: 'Who gets a copy.' })
  @IsOptional()
  @ArrayMaxSize(RECIPIENTS)
  @MaxLength(ADDRESS, { each: true })
  cc?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Who gets a copy that the others do not see.' })
  @IsOptional()
  @ArrayMaxSize(RECIPIENTS)
  @MaxLength(ADDRESS, { each: true })
  bcc?: string[] | null;

  @Field(() => String, { nullable: true, description: 'Words above it as plain text.' })
  @IsOptional()
  @MaxLength(TEXT)
  text?: string | null;

  @Field(() => String, { nullable: true, description: 'Words above it as HTML.' })
  @IsOptional()
  @MaxLength(HTML)
  html?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Its files go along; true where left out.' })
  withAttachments?: boolean | null;

  @Field(() => [ID], { nullable: true, description: 'Those of its files that do not go along.' })
  @IsOptional()
  @ArrayMaxSize(FILES)
  @MaxLength(ID_LENGTH, { each: true })
  leftOutIds?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'Uploaded files that go along.' })
  @IsOptional()
  @ArrayMaxSize(FILES)
  @MaxLength(ID_LENGTH, { each: true })
  attachmentIds?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'Your own key for this wish: asked for twice under one key, it is sent once.',
  })
  @IsOptional()
  @MaxLength(255)
  idempotencyKey?: string | null;
}

@InputType({ description: 'Words that only agents see.' })
export class AddNoteInput {
  @Field(() => ID, { description: 'The ticket.' })
  @MaxLength(ID_LENGTH)
  ticketId: string;

  @Field(() => String, { description: 'The words.' })
  @MaxLength(TEXT)
  text: string;
}

@InputType({ description: 'Whether a ticket is on hold.' })
export class SetTicketOnHoldInput {
  @Field(() => ID, { description: 'The ticket.' })
  @MaxLength(ID_LENGTH)
  ticketId: string;

  @Field(() => Boolean, { description: 'On hold, or not.' })
  onHold: boolean;
}

@InputType({ description: 'Names a ticket.' })
export class TicketIdInput {
  @Field(() => ID, { description: 'The ticket.' })
  @MaxLength(ID_LENGTH)
  ticketId: string;
}

@InputType({ description: 'Names a message.' })
export class MessageIdInput {
  @Field(() => ID, { description: 'The message.' })
  @MaxLength(ID_LENGTH)
  messageId: string;
}

@InputType({ description: 'A letter that is to become a ticket of its own.' })
export class SplitMessageInput {
  @Field(() => ID, { description: 'The letter.' })
  @MaxLength(ID_LENGTH)
  messageId: string;

  @Field(() => String, { nullable: true, description: "The new ticket's subject; left out: that of the letter." })
  @IsOptional()
  @MaxLength(500)
  subject?: string | null;
}

@InputType({ description: 'A message, and the ticket that it is to go to.' })
export class MoveMessageInput {
  @Field(() => ID, { description: 'The letter or note.' })
  @MaxLength(ID_LENGTH)
  messageId: string;

  @Field(() => ID, { description: 'The ticket that it belongs to.' })
  @MaxLength(ID_LENGTH)
  ticketId: string;
}

@InputType({ description: 'Two tickets that are one matter.' })
export class MergeTicketsInput {
  @Field(() => ID, { description: 'The ticket that is emptied and leads to the other one from then on.' })
  @MaxLength(ID_LENGTH)
  ticketId: string;

  @Field(() => ID, { description: 'The ticket that takes everything.' })
  @MaxLength(ID_LENGTH)
  intoTicketId: string;
}

@InputType({ description: 'Names a line of history.' })
export class TicketEventIdInput {
  @Field(() => ID, { description: 'The line.' })
  @MaxLength(ID_LENGTH)
  eventId: string;
}

@InputType({ description: 'Who is responsible for a ticket.' })
export class AssignTicketInput {
  @Field(() => ID, { description: 'The ticket.' })
  @MaxLength(ID_LENGTH)
  ticketId: string;

  @Field(() => ID, { nullable: true, description: 'The agent; null: nobody.' })
  @IsOptional()
  @MaxLength(ID_LENGTH)
  agentId?: string | null;
}

@InputType({ description: 'Whether the viewer has read a ticket.' })
export class MarkTicketReadInput {
  @Field(() => ID, { description: 'The ticket.' })
  @MaxLength(ID_LENGTH)
  ticketId: string;

  @Field(() => Boolean, { description: 'Read up to now, or not.' })
  read: boolean;
}

@InputType({ description: "Whether the viewer always sees remote images of a letter's sender." })
export class ShowSenderImagesInput {
  @Field(() => ID, { description: 'A letter of that sender.' })
  @MaxLength(ID_LENGTH)
  messageId: string;

  @Field(() => Boolean, { description: 'Always, or only when asked for.' })
  always: boolean;
}

@InputType({ description: 'What the viewer has typed and not yet sent.' })
export class SaveDraftInput {
  @Field(() => ID, { description: 'The ticket.' })
  @MaxLength(ID_LENGTH)
  ticketId: string;

  @Field(() => String, { description: 'As plain text; blank: the draft is forgotten.' })
  @MaxLength(TEXT)
  text: string;

  @Field(() => String, { nullable: true, description: 'As HTML, where the editor made some.' })
  @IsOptional()
  @MaxLength(HTML)
  html?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'It is a note, not a reply.' })
  isNote?: boolean | null;

  @Field(() => [String], { nullable: true, description: 'Whom a forwarded message goes to, as typed.' })
  @IsOptional()
  @ArrayMaxSize(RECIPIENTS)
  @MaxLength(ADDRESS, { each: true })
  to?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Who is to get a copy, as typed.' })
  @IsOptional()
  @ArrayMaxSize(RECIPIENTS)
  @MaxLength(ADDRESS, { each: true })
  cc?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Who is to get a blind copy, as typed.' })
  @IsOptional()
  @ArrayMaxSize(RECIPIENTS)
  @MaxLength(ADDRESS, { each: true })
  bcc?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'Files sent up by POST /attachments.' })
  @IsOptional()
  @ArrayMaxSize(FILES)
  @MaxLength(ID_LENGTH, { each: true })
  attachmentIds?: string[] | null;

  @Field(() => ID, { nullable: true, description: 'The message that it sends on.' })
  @IsOptional()
  @MaxLength(ID_LENGTH)
  forwardOfId?: string | null;

  @Field(() => [ID], { nullable: true, description: 'Files of that message that do not go along.' })
  @IsOptional()
  @ArrayMaxSize(FILES)
  @MaxLength(ID_LENGTH, { each: true })
  leftOutIds?: string[] | null;
}

@InputType({ description: 'A matter that an agent begins with a mail.' })
export class OpenTicketInput {
  @Field(() => String, { description: 'Whom to write to.' })
  @MaxLength(254)
  requesterEmail: string;

  @Field(() => String, { nullable: true, description: 'The name of that person.' })
  @IsOptional()
  @MaxLength(200)
  requesterName?: string | null;

  @Field(() => String, { description: 'The subject.' })
  @MaxLength(500)
  subject: string;

  @Field(() => String, { description: 'The words as plain text.' })
  @MaxLength(TEXT)
  text: string;

  @Field(() => String, { nullable: true, description: 'The words as HTML.' })
  @IsOptional()
  @MaxLength(HTML)
  html?: string | null;

  @Field(() => [String], { nullable: true, description: 'Who gets a copy.' })
  @IsOptional()
  @ArrayMaxSize(RECIPIENTS)
  @MaxLength(ADDRESS, { each: true })
  cc?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Who gets a copy that the others do not see.' })
  @IsOptional()
  @ArrayMaxSize(RECIPIENTS)
  @MaxLength(ADDRESS, { each: true })
  bcc?: string[] | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'Files sent up by POST /attachments; an image among them may stand in the HTML as /uploads/<id>.',
  })
  @IsOptional()
  @ArrayMaxSize(FILES)
  @MaxLength(ID_LENGTH, { each: true })
  attachmentIds?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'Your own key for this wish: asked for twice under one key, one ticket is opened.',
  })
  @IsOptional()
  @MaxLength(255)
  idempotencyKey?: string | null;
}
