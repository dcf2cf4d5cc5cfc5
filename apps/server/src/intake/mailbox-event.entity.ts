import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { idColumn, timeColumn } from '../platform/columns.ts';

/** A step of a collecting session. */
export const MailboxEventKind = {
  CONNECTED: 'CONNECTED',
  SIGNED_IN: 'SIGNED_IN',
  LISTED: 'LISTED',
  STORED: 'STORED',
  REMOVED: 'REMOVED',
  FAILED: 'FAILED',
} as const;
export type MailboxEventKind = keyof typeof MailboxEventKind;
registerEnumType(MailboxEventKind, {
  name: 'MailboxEventKind',
  description: 'A step of a collecting session.',
  valuesConfig: {
    CONNECTED: { description: 'The mail server answered.' },
    SIGNED_IN: { description: 'It took user and password.' },
    LISTED: { description: 'It told what waits.' },
    STORED: { description: 'Letters were stored here.' },
    REMOVED: { description: 'It confirmed their removal.' },
    FAILED: { description: 'The session ended badly; nothing was lost.' },
  },
});

/** One line of the live log of collecting. Sessions that find nothing leave none. */
@Entity('mailbox_event')
@Index(['mailboxId', 'id'])
@ObjectType({ description: 'One line of the log of collecting.' })
export class MailboxEvent {
  @Field(() => ID, { description: 'Identifies the line.' })
  @PrimaryColumn(idColumn)
  id: string;

  @Column({ type: 'varchar', length: 36 })
  mailboxId: string;

  @Field(() => GraphQLDateTime, { description: 'When it happened.' })
  @Column(timeColumn)
  at: Date;

  @Field(() => MailboxEventKind, { description: 'Which step it was.' })
  @Column({ type: 'varchar', length: 16 })
  kind: MailboxEventKind;

  @Field(() => String, { description: 'What happened, in plain words.' })
  @Column({ type: 'text' })
  message: string;
}
