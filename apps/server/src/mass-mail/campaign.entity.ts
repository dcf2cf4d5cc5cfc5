import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { idColumn, longJson, nullableId, nullableTime, timeColumn } from '../platform/columns.ts';

/** Where a mailing stands. */
export const CampaignState = {
  DRAFT: 'DRAFT',
  SCHEDULED: 'SCHEDULED',
  RUNNING: 'RUNNING',
  PAUSED: 'PAUSED',
  STOPPED: 'STOPPED',
  DONE: 'DONE',
} as const;
export type CampaignState = keyof typeof CampaignState;
registerEnumType(CampaignState, {
  name: 'CampaignState',
  description: 'Where a mailing stands.',
  valuesConfig: {
    DRAFT: { description: 'Is being written; nothing is sent.' },
    SCHEDULED: { description: 'Begins by itself at its time.' },
    RUNNING: { description: 'Is being sent.' },
    PAUSED: { description: 'Nothing more of it is sent until it is continued.' },
    STOPPED: { description: 'Ended by hand; who had not got it gets nothing.' },
    DONE: { description: 'Nobody is left to send to.' },
  },
});

/** Where the recipients of a mailing come from. */
export const AudienceKind = { ALL: 'ALL', FILTER: 'FILTER', LIST: 'LIST' } as const;
export type AudienceKind = keyof typeof AudienceKind;
registerEnumType(AudienceKind, {
  name: 'AudienceKind',
  description: 'Where the recipients of a mailing come from.',
  valuesConfig: {
    ALL: { description: 'Everybody the desk has had a ticket with.' },
    FILTER: { description: 'Those of them who fit all that is given.' },
    LIST: { description: 'Addresses that were pasted or uploaded.' },
  },
});

/** Who gets a mailing. */
@ObjectType({ description: 'Who gets a mailing.' })
export class Audience {
  @Field(() => AudienceKind, { description: 'Where they come from.' })
  kind: AudienceKind;

  @Field(() => [String], { description: 'Domains of their addresses, for FILTER; empty: any.' })
  domains: string[];

  @Field(() => GraphQLDateTime, { nullable: true, description: 'They wrote at or after this, for FILTER.' })
  contactedAfter: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'They last wrote before this, for FILTER.' })
  contactedBefore: Date | null;

  @Field(() => String, {
    nullable: true,
    description: 'They have a ticket whose subject holds these words, for FILTER.',
  })
  ticketAbout: string | null;
}

/** One line of a list that is no recipient. */
@ObjectType({ description: 'One line of a list that is no recipient.' })
export class ListProblem {
  @Field(() => Number, { description: 'Its number, from 1.' })
  line: number;

  @Field(() => String, { description: 'The line, cut.' })
  text: string;

  @Field(() => String, { description: 'What is wrong with it.' })
  message: string;
}

/** Whom a choice of recipients left out. */
export interface RemovedCounts {
  readonly duplicates: number;
  readonly own: number;
  readonly undeliverable: number;
  readonly blocked: number;
  readonly optedOut: number;
  readonly broken: number;
}

/** Nobody was left out. */
export const NONE_REMOVED: RemovedCounts = {
  duplicates: 0,
  own: 0,
  undeliverable: 0,
  blocked: 0,
  optedOut: 0,
  broken: 0,
};

/** One mass mail. */
@Entity('campaign')
@Index(['createdAt', 'id'])
@ObjectType({ description: 'A mass mail: one message, sent to many, each by a mail of their own.' })
export class Campaign {
  @Field(() => ID, { description: 'Identifies the mailing.' })
  @PrimaryColumn(idColumn)
  id: string;

  @Field(() => CampaignState, { description: 'Where it stands.' })
  @Column({ type: 'varchar', length: 16 })
  state: CampaignState;

  @Field(() => String, { name: 'from', description: 'The address it comes from.' })
  @Column({ type: 'varchar', length: 254 })
  fromAddress: string;

  @Field(() => String, { description: 'Its subject, with placeholders.' })
  @Column({ type: 'varchar', length: 500 })
  subject: string;

  @Field(() => String, { description: 'Its text, with placeholders; where there is HTML, the alternative to it.' })
  @Column({ type: 'longtext' })
  text: string;

  @Field(() => String, { nullable: true, description: 'Its HTML, clean, with placeholders; null: plain text alone.' })
  @Column({ type: 'longtext', nullable: true })
  html: string | null;

  @Field(() => GraphQLDateTime, { description: 'When it was begun.' })
  @Column(timeColumn)
  createdAt: Date;

  @Column(nullableId)
  createdById: string | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it begins by itself.' })
  @Column(nullableTime)
  scheduledAt: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When its sending began.' })
  @Column(nullableTime)
  startedAt: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it was done or stopped.' })
  @Column(nullableTime)
  endedAt: Date | null;

  @Column({ ...longJson, nullable: true })
  audience: Audience | null;

  /** Grows with each choice of recipients, so that two at once do not mix. */
  @Column({ type: 'int' })
  listVersion: number;

  /** Placeholder names that its list brought. */
  @Column(longJson)
  columns: string[];

  @Column(longJson)
  removed: RemovedCounts;

  @Column(longJson)
  listProblems: ListProblem[];

  @Column({ type: 'int' })
  recipientCount: number;
}
