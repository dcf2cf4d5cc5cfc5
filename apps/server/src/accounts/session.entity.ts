import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { idColumn, timeColumn } from '../platform/columns.ts';

/** One signed-in browser. The cookie's value is not stored, only its SHA-256. */
@Entity('session')
export class Session {
  @PrimaryColumn({ type: 'varchar', length: 64 })
  tokenHash: string;

  @Index()
  @Column(idColumn)
  agentId: string;

  @Column(timeColumn)
  createdAt: Date;

  @Column(timeColumn)
  lastUsedAt: Date;

  @Column(timeColumn)
  expiresAt: Date;
}
