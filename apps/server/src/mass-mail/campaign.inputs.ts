import { ArrayMaxSize, IsDate, IsOptional, Max, MaxLength, Min } from 'class-validator';
import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, InputType, Int } from 'type-graphql';
import { AudienceKind } from './campaign.entity.ts';

const PASTED = 1_500_000;

@InputType({ description: 'A draft of a mailing; what is left out stays as it is.' })
export class SaveCampaignInput {
  @Field(() => ID, { nullable: true, description: 'Left out: a new draft is begun.' })
  @IsOptional()
  @MaxLength(36)
  id?: string | null;

  @Field(() => String, { nullable: true, description: 'One of `massMailSenders`; holds for this mailing alone.' })
  @IsOptional()
  @MaxLength(254)
  from?: string | null;

  @Field(() => String, { nullable: true, description: 'Its subject; may hold placeholders such as {{name|there}}.' })
  @IsOptional()
  @MaxLength(300)
  subject?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Its text; made of the HTML where that is given and this is empty.',
  })
  @IsOptional()
  @MaxLength(500_000)
  text?: string | null;

  @Field(() => String, { nullable: true, description: 'Its HTML; null: plain text alone.' })
  @IsOptional()
  @MaxLength(500_000)
  html?: string | null;
}

@InputType({ description: 'Who shall get a draft.' })
export class CampaignRecipientsInput {
  @Field(() => ID, { description: 'The draft.' })
  @MaxLength(36)
  campaignId: string;

  @Field(() => AudienceKind, { description: 'Where the recipients come from.' })
  kind: AudienceKind;

  @Field(() => [String], { nullable: true, description: 'For FILTER: domains of their addresses.' })
  @IsOptional()
  @ArrayMaxSize(100)
  @MaxLength(253, { each: true })
  domains?: string[] | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'For FILTER: they wrote at or after this.' })
  @IsOptional()
  @IsDate()
  contactedAfter?: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'For FILTER: they have not written since this.' })
  @IsOptional()
  @IsDate()
  contactedBefore?: Date | null;

  @Field(() => String, { nullable: true, description: 'For FILTER: words in the subject of one of their tickets.' })
  @IsOptional()
  @MaxLength(200)
  ticketAbout?: string | null;

  @Field(() => String, { nullable: true, description: 'For LIST: addresses, one per line or separated by commas.' })
  @IsOptional()
  @MaxLength(PASTED)
  addresses?: string | null;
}

@InputType({ description: 'Begins a mailing.' })
export class StartCampaignInput {
  @Field(() => ID, { description: 'The draft.' })
  @MaxLength(36)
  campaignId: string;

  @Field(() => Int, { description: 'The number of recipients once more; another number starts nothing.' })
  @Min(0)
  @Max(2 ** 31 - 1)
  confirmCount: number;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When; left out: now.' })
  @IsOptional()
  @IsDate()
  at?: Date | null;
}

@InputType({ description: 'Which mailing.' })
export class CampaignIdInput {
  @Field(() => ID, { description: 'The mailing.' })
  @MaxLength(36)
  campaignId: string;
}

@InputType({ description: 'Which addressee.' })
export class CampaignRecipientIdInput {
  @Field(() => ID, { description: 'The addressee.' })
  @MaxLength(36)
  recipientId: string;
}
