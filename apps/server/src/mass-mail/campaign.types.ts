import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { ConnectionType } from '../platform/pagination.ts';
import { Campaign } from './campaign.entity.ts';
import { CampaignRecipient } from './campaign-recipient.entity.ts';

/** What became of the mail to one addressee. */
export const RecipientState = {
  WAITING: 'WAITING',
  QUEUED: 'QUEUED',
  SENDING: 'SENDING',
  SENT: 'SENT',
  FAILED: 'FAILED',
  UNKNOWN: 'UNKNOWN',
  BOUNCED: 'BOUNCED',
  SKIPPED: 'SKIPPED',
} as const;
export type RecipientState = keyof typeof RecipientState;
registerEnumType(RecipientState, {
  name: 'RecipientState',
  description: 'What became of the mail to one addressee.',
  valuesConfig: {
    WAITING: { description: 'No mail is made yet.' },
    QUEUED: { description: 'Made, and waits to be sent.' },
    SENDING: { description: 'Is being handed to the mail server now.' },
    SENT: { description: 'The mail server took it.' },
    FAILED: { description: 'Refused for good.' },
    UNKNOWN: { description: 'It may have been delivered or not; it is never sent again by itself.' },
    BOUNCED: { description: 'Taken, and came back.' },
    SKIPPED: {
      description:
        'Nothing is sent: an address of the desk, opted out, undeliverable or blocked since, or the mailing was stopped.',
    },
  },
});

/** Whom the choice of recipients left out. */
@ObjectType({ description: 'Whom the choice of recipients left out, and why.' })
export class RemovedRecipients {
  @Field(() => Int, { description: 'Named more than once; each gets one mail.' })
  duplicates: number;

  @Field(() => Int, { description: 'Are addresses of the desk itself.' })
  own: number;

  @Field(() => Int, { description: 'Mail to them came back before.' })
  undeliverable: number;

  @Field(() => Int, { description: 'Stand on the list Spam E-mails.' })
  blocked: number;

  @Field(() => Int, { description: 'Want no more mass mail.' })
  optedOut: number;

  @Field(() => Int, { description: 'Lines that are no address.' })
  broken: number;
}

/** A window of mailings. */
@ObjectType({ description: 'A window of mailings.' })
export class CampaignConnection extends ConnectionType {
  @Field(() => [Campaign], { description: 'The mailings.' })
  nodes: Campaign[];
}

/** A window of addressees. */
@ObjectType({ description: 'A window of addressees.' })
export class CampaignRecipientConnection extends ConnectionType {
  @Field(() => [CampaignRecipient], { description: 'The addressees.' })
  nodes: CampaignRecipient[];
}

/** A mailing as one addressee will get it. */
@ObjectType({ description: 'A mailing as one addressee will get it.' })
export class CampaignPreview {
  @Field(() => CampaignRecipient, {
    nullable: true,
    description: 'Whom it is filled in for; null: nobody is chosen yet.',
  })
  recipient: CampaignRecipient | null;

  @Field(() => String, { description: 'Its subject.' })
  subject: string;

  @Field(() => String, { description: 'Its text.' })
  text: string;

  @Field(() => String, { nullable: true, description: 'Its HTML, safe.' })
  html: string | null;

  @Field(() => String, { description: 'The address it comes from.' })
  from: string;

  @Field(() => [String], { description: 'What may look odd, such as a placeholder that is empty here.' })
  problems: string[];
}
