import { Field, Int, ObjectType } from 'type-graphql';
import { Draft } from './draft.entity.ts';
import { Ticket } from './ticket.entity.ts';
import { Upload } from './upload.entity.ts';

@ObjectType({ description: 'Whom an answer to everybody goes to.' })
export class ReplyAll {
  @Field(() => [String], { description: 'The requester.' })
  to: string[];

  @Field(() => [String], { description: 'Who takes part beside the requester.' })
  cc: string[];
}

@ObjectType({ description: 'How large files for a mail may be.' })
export class UploadLimits {
  @Field(() => Int, { description: 'One file, in bytes.' })
  fileBytes: number;

  @Field(() => Int, { description: 'All files of a mail together, in bytes.' })
  totalBytes: number;

  @Field(() => Int, { description: 'How many files a mail carries.' })
  files: number;
}

@ObjectType({ description: 'A reply that was taken back: it is a draft again.' })
export class UndoneReply {
  @Field(() => Ticket, { description: 'The ticket, as it stood before.' })
  ticket: Ticket;

  @Field(() => Draft, { description: 'The words.' })
  draft: Draft;

  @Field(() => [String], { description: 'Who was to get a copy.' })
  cc: string[];

  @Field(() => [String], { description: 'Who was to get a blind copy.' })
  bcc: string[];

  @Field(() => [Upload], { description: 'The files, attached again by their ids.' })
  attachments: Upload[];
}
