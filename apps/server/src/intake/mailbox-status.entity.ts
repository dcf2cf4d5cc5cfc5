import { registerEnumType } from 'type-graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { nullableTime } from '../platform/columns.ts';

/** How collecting goes. */
export const CollectionState = {
  NOT_CONFIGURED: 'NOT_CONFIGURED',
  WORKING: 'WORKING',
  FAILING: 'FAILING',
  PAUSED: 'PAUSED',
} as const;
export type CollectionState = keyof typeof CollectionState;
registerEnumType(CollectionState, {
  name: 'CollectionState',
  description: 'How collecting goes.',
  valuesConfig: {
    NOT_CONFIGURED: { description: 'A required setting is missing: no mail is collected.' },
    WORKING: { description: 'The last session succeeded, or the first is about to begin.' },
    FAILING: { description: 'The last session failed; it is tried again.' },
    PAUSED: { description: 'Paused by an administrator.' },
  },
});

/** How collecting from a mailbox goes. One row per mailbox. */
@Entity('mailbox_status')
export class MailboxStatus {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  mailboxId: string;

  @Column({ type: 'varchar', length: 16 })
  state: CollectionState = 'NOT_CONFIGURED';

  @Column({ type: 'text', nullable: true })
  reason: string | null = null;

  @Column(nullableTime)
  since: Date | null = null;

  @Column(nullableTime)
  lastSuccessAt: Date | null = null;

  @Column(nullableTime)
  nextAttemptAt: Date | null = null;

  /** Failed sessions in a row. */
  @Column({ type: 'int' })
  failures: number = 0;

  @Column({ type: 'boolean' })
  paused: boolean = false;

  @Column(nullableTime)
  collectingSince: Date | null = null;

  @Column({ type: 'int', nullable: true })
  leftOnServer: number | null = null;

  /** The server claimed PIPELINING and broke it. */
  @Column({ type: 'boolean' })
  pipeliningBroken: boolean = false;
}
