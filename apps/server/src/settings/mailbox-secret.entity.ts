import { Column, Entity, PrimaryColumn } from 'typeorm';
import { timeColumn } from '../platform/columns.ts';

/** A sealed password of a mailbox. */
@Entity('mailbox_secret')
export class MailboxSecret {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  mailboxId: string;

  @PrimaryColumn({ type: 'varchar', length: 16 })
  kind: 'POP3' | 'SMTP' | 'DKIM';

  @Column({ type: 'text' })
  sealed: string;

  @Column(timeColumn)
  updatedAt: Date;
}
