import { Column, Entity, PrimaryColumn } from 'typeorm';
import { idColumn } from '../platform/columns.ts';

/** How an agent's mails are signed. */
@Entity('sender_profile')
export class SenderProfileRow {
  @PrimaryColumn(idColumn)
  agentId: string;

  /** Beside the Support Email in From; empty: the agent's name. */
  @Column({ type: 'varchar', length: 200 })
  displayName: string = '';

  @Column({ type: 'text' })
  signature: string = '';
}
