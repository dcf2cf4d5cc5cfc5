import { IsOptional, MaxLength } from 'class-validator';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { SupportSettingsInput } from '../settings/settings.inputs.ts';
import { InboundFate, InboundMail } from './inbound-mail.entity.ts';

/** Base64 of the largest letter, with line ends. */
const MAX_SOURCE = 1_500_000;

@InputType({ description: 'A letter to try, in one of three ways, and settings that are not saved yet.' })
export class DryRunMailInput {
  @Field(() => String, { nullable: true, description: 'Its source as text, at most 1 MiB.' })
  @IsOptional()
  @MaxLength(MAX_SOURCE)
  source?: string | null;

  @Field(() => String, { nullable: true, description: 'Its bytes in base64, at most 1 MiB of them.' })
  @IsOptional()
  @MaxLength(MAX_SOURCE)
  sourceBase64?: string | null;

  @Field(() => ID, { nullable: true, description: 'A letter of the ledger, of any size.' })
  @IsOptional()
  @MaxLength(36)
  inboundMailId?: string | null;

  @Field(() => SupportSettingsInput, {
    nullable: true,
    description: 'Settings to try it with; what is left out is as saved. Keys and passwords are not looked at.',
  })
  settings?: SupportSettingsInput | null;
}

@ObjectType({ description: 'A file that a tried letter holds.' })
export class TriedAttachment {
  @Field(() => String, { description: 'Its safe name.' })
  name: string;

  @Field(() => String, { description: 'Its declared type.' })
  mimeType: string;

  @Field(() => Int, { description: 'Its size.' })
  sizeBytes: number;
}

@ObjectType({ description: 'What would become of a letter. Nothing was written, sent or kept.' })
export class MailDryRun {
  @Field(() => InboundFate, { description: 'What would become of it.' })
  fate: InboundFate;

  @Field(() => [String], { description: 'Because of what.' })
  reasons: string[];

  @Field(() => [String], { description: 'What its reader should know before believing it.' })
  warnings: string[];

  ticketId: string | null;

  linkedToTicketId: string | null;

  @Field(() => Boolean, { description: 'It would join as the letter of a new sender.' })
  newSender: boolean;

  @Field(() => Boolean, { description: 'It would leave the state of the ticket as it is.' })
  silent: boolean;

  @Field(() => Boolean, { description: 'Its sender would get a confirmation.' })
  confirmed: boolean;

  @Field(() => InboundMail, {
    nullable: true,
    description: 'The same bytes have come in before: a second copy would not be stored.',
  })
  duplicateOf: InboundMail | null;

  @Field(() => String, {
    description: 'Who wrote it: HUMAN, or a kind of automatic mail such as OUT_OF_OFFICE or BOUNCE.',
  })
  kind: string;

  @Field(() => String, { description: 'How that is known.' })
  kindReason: string;

  @Field(() => String, { nullable: true, description: 'The address it comes from; null: unknown.' })
  from: string | null;

  @Field(() => String, { nullable: true, description: 'The name beside it.' })
  fromName: string | null;

  @Field(() => String, { nullable: true, description: 'Its subject.' })
  subject: string | null;

  @Field(() => String, { description: 'Its readable text, at most 20,000 characters.' })
  text: string;

  @Field(() => String, { description: 'The text without quotation and signature, at most 20,000 characters.' })
  newText: string;

  @Field(() => [TriedAttachment], { description: 'The files in it.' })
  attachments: TriedAttachment[];

  @Field(() => [String], { description: 'What was unusual when it was read.' })
  notes: string[];
}
