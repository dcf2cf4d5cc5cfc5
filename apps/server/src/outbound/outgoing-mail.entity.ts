import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { idColumn, longJson, nullableId, nullableTime, timeColumn } from '../platform/columns.ts';

/** Where an outgoing mail stands. */
export const DeliveryState = {
  QUEUED: 'QUEUED',
  SENDING: 'SENDING',
  SENT: 'SENT',
  FAILED: 'FAILED',
  UNKNOWN: 'UNKNOWN',
  BOUNCED: 'BOUNCED',
  HELD: 'HELD',
  DISCARDED: 'DISCARDED',
} as const;
export type DeliveryState = keyof typeof DeliveryState;
registerEnumType(DeliveryState, {
  name: 'DeliveryState',
  description: 'Where an outgoing mail stands.',
  valuesConfig: {
    QUEUED: { description: 'Waits to be sent, or to be tried again.' },
    SENDING: { description: 'Is being handed to the mail server now.' },
    SENT: { description: 'The mail server took it.' },
    FAILED: { description: 'The mail server refused it for good, or it was tried in vain for five days.' },
    UNKNOWN: { description: 'The connection ended while the mail was handed over: it may have been delivered or not.' },
    BOUNCED: { description: 'It was taken and came back.' },
    HELD: { description: 'Is kept back: its mailing is paused.' },
    DISCARDED: { description: 'Was given up before it was sent, and never will be.' },
  },
});

/** What an outgoing mail is. */
export const OutgoingKind = {
  REPLY: 'REPLY',
  CONFIRMATION: 'CONFIRMATION',
  CAMPAIGN: 'CAMPAIGN',
  NOTICE: 'NOTICE',
} as const;
export type OutgoingKind = keyof typeof OutgoingKind;
registerEnumType(OutgoingKind, {
  name: 'OutgoingKind',
  description: 'What an outgoing mail is.',
  valuesConfig: {
    REPLY: { description: 'Words of an agent or a program to a person.' },
    CONFIRMATION: { description: 'The automatic mail that says a letter has come in.' },
    CAMPAIGN: { description: 'A mail of a mailing.' },
    NOTICE: { description: 'Another automatic mail.' },
  },
});

/** One mail on its way out: its final bytes and Message-ID are fixed in the transaction that wanted it. */
@Entity('outgoing_mail')
@Index(['state', 'kind', 'nextAttemptAt'])
@Index(['campaignId', 'state', 'sentAt'])
@Index(['createdAt', 'id'])
@Index(['state', 'sentAt'])
@ObjectType({ description: 'A mail on its way out.' })
@Index(['kind', 'toAddress', 'createdAt'])
@Index(['kind', 'toDomain', 'createdAt'])
@Index(['kind', 'createdAt'])
export class OutgoingMail {
  @Field(() => ID, { description: 'Identifies it.' })
  @PrimaryColumn(idColumn)
  id: string;

  @Field(() => OutgoingKind, { description: 'What it is.' })
  @Column({ type: 'varchar', length: 16 })
  kind: OutgoingKind;

  /** Two wishes with one key are one mail, such as `confirm:<inbound mail>`. */
  @Index({ unique: true })
  @Column({ type: 'varchar', length: 190 })
  dedupeKey: string;

  /** With its angle brackets. */
  @Index({ unique: true })
  @Column({ type: 'varchar', length: 255 })
  messageId: string;

  @Column({ type: 'varchar', length: 254 })
  fromAddress: string;

  /** The first recipient; budgets count by it. */
  @Column({ type: 'varchar', length: 254 })
  toAddress: string;

  @Column({ type: 'varchar', length: 253 })
  toDomain: string;

  /** The mailing that it belongs to; null: none. */
  @Field(() => ID, { nullable: true, description: 'The mailing that it belongs to; null: none.' })
  @Column(nullableId)
  campaignId: string | null;

  /** For lists; the bytes hold the real one. */
  @Field(() => String, { nullable: true, description: 'Its subject.' })
  @Column({ type: 'varchar', length: 1000, nullable: true })
  subject: string | null;

  /** All envelope recipients, Cc and Bcc among them. */
  @Field(() => [String], { name: 'to', description: 'Everybody it goes to.' })
  @Column(longJson)
  recipients: string[];

  /** Those of them that the server has not taken yet, where it took the mail for others; null: all. */
  @Column({ ...longJson, nullable: true })
  openRecipients: string[] | null;

  /** Null envelope sender, so that nobody answers a machine (RFC 3834, section 3.3). */
  @Column({ type: 'boolean' })
  nullSender: boolean;

  /** Its bytes; empty once they were forgotten. */
  @Index()
  @Column(idColumn)
  blobId: string;

  @Field(() => DeliveryState, { description: 'Where it stands.' })
  @Column({ type: 'varchar', length: 16 })
  state: DeliveryState;

  /** CONNECT: the server cannot have the body yet. DATA: it may. */
  @Column({ type: 'varchar', length: 16 })
  phase: 'CONNECT' | 'DATA';

  /** Which run of the sender has it in hand. */
  @Column(nullableId)
  claim: string | null;

  /**
   * What it becomes when the server puts it off: its mailing was paused or stopped, or its recipient left, while its body
   * was under way. Null: it is tried again.
   */
  @Column({ type: 'varchar', length: 16, nullable: true })
  insteadOfRetry: 'HELD' | 'DISCARDED' | null;

  @Field(() => Int, { description: 'How often it was tried.' })
  @Column({ type: 'int' })
  attempts: number;

  @Field(() => GraphQLDateTime, { description: 'When it is tried next, while it waits.' })
  @Column(timeColumn)
  nextAttemptAt: Date;

  /** The server's words, or why it waits. */
  @Field(() => String, { nullable: true, description: "The mail server's words, or why it waits." })
  @Column({ type: 'text', nullable: true })
  detail: string | null;

  @Field(() => GraphQLDateTime, { description: 'When it was written.' })
  @Column(timeColumn)
  createdAt: Date;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When the mail server took it.' })
  @Column(nullableTime)
  sentAt: Date | null;

  /** When its ticket was deleted and its words with it: only this row is left, and it cannot be sent again. */
  @Column(nullableTime)
  forgottenAt: Date | null;
}
