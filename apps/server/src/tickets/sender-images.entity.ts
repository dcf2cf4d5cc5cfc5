import { Column, Entity, PrimaryColumn } from 'typeorm';
import { idColumn, timeColumn } from '../platform/columns.ts';

/** A sender whose remote images an agent wants to see without being asked. */
@Entity('sender_images')
export class SenderImages {
  @PrimaryColumn(idColumn)
  agentId: string;

  /** As addresses are compared: normalised. */
  @PrimaryColumn({ type: 'varchar', length: 320 })
  address: string;

  @Column(timeColumn)
  since: Date;
}
