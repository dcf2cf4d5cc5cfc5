import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { bigintNumber, idColumn, nullableTime } from '../platform/columns.ts';

/**
 * By which name a mail server knows a letter: its UIDL, or hash and occurrence where it has none. A server that renumbers
 * gives a letter a second name; a name that was gone and comes back may be another letter and is read again.
 */
@Entity('mailbox_key')
export class MailboxKey {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  mailboxId: string;

  @PrimaryColumn({ type: 'varchar', length: 150 })
  sourceKey: string;

  @Index()
  @Column(idColumn)
  inboundMailId: string;

  /** What LIST said when it was fetched. */
  @Column({ type: 'bigint', nullable: true, transformer: bigintNumber })
  listedBytes: number | null;

  /** Set when the server confirmed the removal. */
  @Column(nullableTime)
  removedAt: Date | null;

  /** It was removed and is still listed with the same bytes: the server keeps what it is told to remove. */
  @Column({ type: 'boolean' })
  keptByServer: boolean;
}
