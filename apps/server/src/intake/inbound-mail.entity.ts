import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { bigintNumber, idColumn, nullableId, nullableTime, timeColumn } from '../platform/columns.ts';

/** What became of a letter. */
export const InboundFate = {
  COLLECTED: 'COLLECTED',
  TICKETED: 'TICKETED',
  JOINED: 'JOINED',
  BLOCKED: 'BLOCKED',
  HELD: 'HELD',
} as const;
export type InboundFate = keyof typeof InboundFate;
registerEnumType(InboundFate, {
  name: 'InboundFate',
  description: 'What became of a letter.',
  valuesConfig: {
    COLLECTED: { description: 'Stored; about to be read.' },
    TICKETED: { description: 'Opened a ticket.' },
    JOINED: { description: 'Joined a ticket as a follow-up.' },
    BLOCKED: { description: 'Kept out by a rule; can be released.' },
    HELD: { description: 'Waits for a human; can be released.' },
  },
});

/** The ledger: one row for every letter ever seen. */
@Entity('inbound_mail')
@Index(['mailboxId', 'sha256'])
@Index(['receivedAt', 'id'])
@Index(['fate', 'receivedAt', 'id'])
@ObjectType({ description: 'One letter in the ledger of every letter ever seen.' })
export class InboundMail {
  @Field(() => ID, { description: 'Identifies the letter.' })
  @PrimaryColumn(idColumn)
  id: string;

  @Column({ type: 'varchar', length: 36 })
  mailboxId: string;

  @Field(() => GraphQLDateTime, { description: 'When it was stored here.' })
  @Column(timeColumn)
  receivedAt: Date;

  @Field(() => String, { description: 'SHA-256 of its bytes, in hex.' })
  @Column({ type: 'varchar', length: 64 })
  sha256: string;

  @Field(() => Int, { description: 'Its size in bytes; for a letter left on the server, the size the server told.' })
  @Column({ type: 'bigint', transformer: bigintNumber })
  sizeBytes: number;

  /** Its bytes; empty once they were forgotten. */
  @Index()
  @Column(idColumn)
  rawBlobId: string;

  @Field(() => InboundFate, { description: 'What became of it.' })
  @Column({ type: 'varchar', length: 16 })
  fate: InboundFate;

  @Field(() => String, { nullable: true, description: 'Why it became that, in plain words.' })
  @Column({ type: 'text', nullable: true })
  reason: string | null;

  @Column(nullableId)
  ticketId: string | null;

  @Field(() => String, { nullable: true, name: 'from', description: 'The address it came from.' })
  @Index()
  @Column({ type: 'varchar', length: 320, nullable: true })
  fromAddress: string | null;

  @Field(() => String, { nullable: true, description: 'Its subject.' })
  @Column({ type: 'varchar', length: 500, nullable: true })
  subject: string | null;

  @Field(() => String, { nullable: true, description: 'Its Message-ID, with angle brackets.' })
  @Index()
  @Column({ type: 'varchar', length: 500, nullable: true })
  messageId: string | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When the mail server confirmed its removal.' })
  @Column(nullableTime)
  removedFromServerAt: Date | null;

  /** Readings begun; one that never ended counts too, so that a letter which kills the process is held. */
  @Column({ type: 'int' })
  attempts: number;

  /** Too large to fetch: only its headers are here, the letter waits on the server. */
  @Column({ type: 'boolean' })
  leftOnServer: boolean;

  /** Hash of the normalised new text, for the rule against repeating senders. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  bodyHash: string | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'When its ticket was deleted and its words and source with it; null: they are here.',
  })
  @Column(nullableTime)
  forgottenAt: Date | null;
}
