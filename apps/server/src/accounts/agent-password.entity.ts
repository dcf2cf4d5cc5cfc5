import { Column, Entity, PrimaryColumn } from 'typeorm';
import { idColumn, timeColumn } from '../platform/columns.ts';

/** The argon2id hash of an agent's password (PHC string). */
@Entity('agent_password')
export class AgentPassword {
  @PrimaryColumn(idColumn)
  agentId: string;

  @Column({ type: 'varchar', length: 255 })
  hash: string;

  @Column(timeColumn)
  changedAt: Date;
}
