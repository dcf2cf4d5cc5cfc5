import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { idColumn, longJson, nullableId, nullableTime, timeColumn } from '../platform/columns.ts';

/** What a message is. */
export const MessageKind = {
  INBOUND: 'INBOUND',
  REPLY: 'REPLY',
  NOTE: 'NOTE',
  CONFIRMATION: 'CONFIRMATION',
  FORWARD: 'FORWARD',
  NOTICE: 'NOTICE',
} as const;
export type MessageKind = keyof typeof MessageKind;
registerEnumType(MessageKind, {
  name: 'MessageKind',
  description: 'What a message is.',
  valuesConfig: {
    INBOUND: { description: 'A letter that came in.' },
    REPLY: { description: 'Our mail to the requester.' },
    NOTE: { description: 'Words that only agents see.' },
    NOTICE: { description: 'An automatic mail that says that the ticket was closed.' },
    FORWARD: { description: 'A message of the ticket that we sent on to somebody else.' },
    CONFIRMATION: { description: 'The automatic mail that says a letter has come in.' },
  },
});

/** One header line of a letter. */
@ObjectType({ description: 'One header line of a letter.' })
export class MailHeader {
  @Field(() => String, { description: 'Its name as written.' })
  name: string;

  @Field(() => String, { description: 'Its value, decoded.' })
  value: string;
}

/** What one stretch of a letter is, where it was encrypted or signed in parts only. */
export const PgpSectionKind = {
  PLAIN: 'PLAIN',
  SIGNED: 'SIGNED',
  ENCRYPTED: 'ENCRYPTED',
  NOT_OPENED: 'NOT_OPENED',
} as const;
export type PgpSectionKind = keyof typeof PgpSectionKind;
registerEnumType(PgpSectionKind, {
  name: 'PgpSectionKind',
  description: 'What one stretch of a letter is, where it was encrypted or signed in parts only.',
  valuesConfig: {
    PLAIN: { description: 'Neither encrypted nor signed.' },
    SIGNED: { description: 'Signed, in the clear; its signature says how.' },
    ENCRYPTED: { description: 'Was encrypted and has been opened.' },
    NOT_OPENED: { description: 'Is encrypted and was not opened; it has no text.' },
  },
});

/** One stretch of a letter that was encrypted or signed in parts only. */
@ObjectType({ description: 'One stretch of a letter that was encrypted or signed in parts only.' })
export class PgpSection {
  @Field(() => PgpSectionKind, { description: 'What it is.' })
  kind: PgpSectionKind;

  @Field(() => String, { description: 'Its words; empty where it was not opened or opened text is not kept.' })
  text: string;

  @Field(() => String, { description: 'NONE, VALID, UNKNOWN_KEY, INVALID, MISMATCH, OUTDATED or EXPIRED.' })
  signature: string;

  @Field(() => String, { description: 'What is known of it, in plain words.' })
  explanation: string;
}

/** What OpenPGP did for a letter. */
@ObjectType({ description: 'What OpenPGP did for a letter.' })
export class PgpState {
  @Field(() => Boolean, { description: 'It was encrypted and has been opened.' })
  decrypted: boolean;

  @Field(() => String, { description: 'NONE, VALID, UNKNOWN_KEY, INVALID, MISMATCH, OUTDATED or EXPIRED.' })
  signature: string;

  @Field(() => String, { description: 'What happened, in plain words.' })
  explanation: string;

  @Field(() => Boolean, { description: 'The letter as a whole came, or for a reply goes, encrypted.' })
  encrypted: boolean;

  @Field(() => String, { nullable: true, description: 'Why it was not opened, as a code; null: nothing failed.' })
  failure: string | null;

  @Field(() => Boolean, { description: 'It may open later, as after a key was added.' })
  canRetry: boolean;

  @Field(() => String, { nullable: true, description: 'The main user ID of the key that signed; null: not known.' })
  signer: string | null;

  @Field(() => String, { nullable: true, description: 'The fingerprint of that key.' })
  signerFingerprint: string | null;

  @Field(() => [String], { description: 'What else an agent should know, such as an old cipher.' })
  notes: string[];

  @Field(() => [PgpSection], {
    description: 'Its stretches in order, where only parts are encrypted or signed; else empty.',
  })
  sections: PgpSection[];

  @Field(() => Boolean, { description: 'The opened text is stored; otherwise `openedMessage` opens it for reading.' })
  textIsKept: boolean;

  /** The subject came out of the encryption, so no mail in the clear may carry it. */
  subjectIsSecret: boolean;
}

/** One mail or note in a ticket. */
@Entity('message')
@Index(['ticketId', 'createdAt', 'id'])
@ObjectType({ description: 'One mail or note in a ticket.' })
export class Message {
  @Field(() => ID, { description: 'Identifies the message.' })
  @PrimaryColumn(idColumn)
  id: string;

  @Column(idColumn)
  ticketId: string;

  @Field(() => MessageKind, { description: 'What it is.' })
  @Column({ type: 'varchar', length: 16 })
  kind: MessageKind;

  @Field(() => GraphQLDateTime, { description: 'When it came in or was written, by our clock.' })
  @Column(timeColumn)
  createdAt: Date;

  @Field(() => GraphQLDateTime, { nullable: true, description: "The letter's own Date, which its sender chose." })
  @Column(nullableTime)
  sentAt: Date | null;

  @Field(() => String, { nullable: true, description: 'Its subject.' })
  @Column({ type: 'varchar', length: 1000, nullable: true })
  subject: string | null;

  @Field(() => String, { nullable: true, name: 'from', description: 'The address it came from.' })
  @Column({ type: 'varchar', length: 320, nullable: true })
  fromAddress: string | null;

  @Field(() => String, { nullable: true, description: 'The name that stood beside the address.' })
  @Column({ type: 'varchar', length: 320, nullable: true })
  fromName: string | null;

  @Field(() => [String], { description: 'Whom it was addressed to.' })
  @Column(longJson)
  to: string[];

  @Field(() => [String], { description: 'Who got a copy.' })
  @Column(longJson)
  cc: string[];

  /** Who got a blind copy of our mail. */
  @Column({ ...longJson, nullable: true })
  bcc: string[] | null;

  @Field(() => String, { description: 'Readable text, whole.' })
  @Column({ type: 'longtext' })
  text: string;

  @Field(() => String, {
    description: 'The text without quotation and signature; the whole where nothing would be left.',
  })
  @Column({ type: 'longtext' })
  newText: string;

  @Field(() => String, { nullable: true, description: 'Safe HTML; null where there was none.' })
  @Column({ type: 'longtext', nullable: true })
  html: string | null;

  /** Which version of the sanitiser made `html`. */
  @Column({ type: 'int' })
  htmlVersion: number;

  @Field(() => Int, { description: 'Remote images that the safe HTML does not load.' })
  @Column({ type: 'int' })
  blockedImages: number;

  @Column(nullableId)
  authorId: string | null;

  @Index({ unique: true })
  @Column(nullableId)
  inboundMailId: string | null;

  @Index()
  @Column(nullableId)
  outgoingMailId: string | null;

  @Field(() => [MailHeader], { description: 'The header lines, decoded.' })
  @Column(longJson)
  headers: MailHeader[];

  @Field(() => [String], { description: 'Why it stands here, and what was not done and why.' })
  @Column(longJson)
  reasons: string[];

  /** What a reader should know before believing it. */
  @Column({ ...longJson, nullable: true })
  warnings: string[] | null;

  @Field(() => Boolean, {
    description:
      'It joined from an address that takes no part in the ticket; nothing of it is quoted and no reply goes there.',
  })
  @Column({ type: 'boolean' })
  newSender: boolean;

  @Field(() => PgpState, { nullable: true, description: 'What OpenPGP did for it; null: no OpenPGP in it.' })
  @Column({ ...longJson, nullable: true })
  pgp: PgpState | null;

  /** When opening it last failed for a reason that may pass; null: nothing waits. */
  @Index()
  @Column(nullableTime)
  pgpFailedAt: Date | null;
}
