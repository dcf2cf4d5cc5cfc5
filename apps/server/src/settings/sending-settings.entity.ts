import { Column, Entity, PrimaryColumn } from 'typeorm';
import { nullableTime } from '../platform/columns.ts';

/** How mail goes out. One row. */
@Entity('sending_settings')
export class SendingSettingsRow {
  @PrimaryColumn({ type: 'int' })
  id: number = 1;

  /** Connections to the mail server at one time; one of them is kept free for what is no mass mail. */
  @Column({ type: 'int' })
  smtpConnections: number = 4;

  /** Null: no limit. */
  @Column({ type: 'int', nullable: true })
  mailsPerMinute: number | null = null;

  /** An agent's reply waits so long before it goes out, and can be taken back meanwhile. */
  @Column({ type: 'int' })
  undoSeconds: number = 10;

  @Column({ type: 'boolean' })
  sendCloseNotice: boolean = false;

  @Column({ type: 'varchar', length: 253, nullable: true })
  dkimDomain: string | null = null;

  @Column({ type: 'varchar', length: 63, nullable: true })
  dkimSelector: string | null = null;

  @Column(nullableTime)
  updatedAt: Date | null = null;
}
