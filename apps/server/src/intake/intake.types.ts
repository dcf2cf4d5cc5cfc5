import { IsOptional, MaxLength } from 'class-validator';
import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { ConnectionType } from '../platform/pagination.ts';
import { InboundFate, InboundMail } from './inbound-mail.entity.ts';
import { CollectionState } from './mailbox-status.entity.ts';

@ObjectType({ description: 'How collecting from a mailbox goes.' })
export class MailboxCollection {
  @Field(() => ID, { description: 'Identifies the mailbox.' })
  id: string;

  @Field(() => String, { description: 'The Support Email, or what there is of it.' })
  address: string;

  @Field(() => CollectionState, { description: 'How it goes.' })
  state: CollectionState;

  @Field(() => String, { nullable: true, description: 'Why no mail is collected, in plain words; null: it is.' })
  reason: string | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'Since when it is in this state.' })
  since: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When a session last succeeded.' })
  lastSuccessAt: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it is tried next.' })
  nextAttemptAt: Date | null;

  @Field(() => Boolean, { description: 'A session is running now.' })
  collecting: boolean;

  @Field(() => Int, { nullable: true, description: 'Letters on the server after the last session.' })
  leftOnServer: number | null;
}

@ObjectType({ description: 'A window of the ledger, newest first.' })
export class InboundMailConnection extends ConnectionType {
  @Field(() => [InboundMail], { description: 'The letters of the window.' })
  nodes: InboundMail[];
}

@InputType({ description: 'Which letters of the ledger; what is left out does not narrow it.' })
export class InboundMailFilter {
  @Field(() => [InboundFate], { nullable: true, description: 'Those with any of these fates.' })
  fate?: InboundFate[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'Those from this address, or whose address holds these characters.',
  })
  @IsOptional()
  @MaxLength(320)
  from?: string | null;

  @Field(() => String, { nullable: true, description: 'Those with this Message-ID, with or without angle brackets.' })
  @IsOptional()
  @MaxLength(1000)
  messageId?: string | null;
}

@InputType({ description: 'Names a letter of the ledger.' })
export class InboundMailIdInput {
  @Field(() => ID, { description: 'The letter.' })
  @MaxLength(36)
  inboundMailId: string;
}

@InputType({ description: 'Whether collecting is paused.' })
export class PauseCollectionInput {
  @Field(() => Boolean, { description: 'Paused, or going on.' })
  paused: boolean;
}
