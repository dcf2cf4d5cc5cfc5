import { Column, Entity, PrimaryColumn } from 'typeorm';
import { idColumn, timeColumn } from '../platform/columns.ts';

/** An address that takes part in a ticket beside its requester: somebody in Cc, or one that an agent added. */
@Entity('participant')
export class Participant {
  @PrimaryColumn(idColumn)
  ticketId: string;

  @PrimaryColumn({ type: 'varchar', length: 190 })
  address: string;

  @Column(timeColumn)
  addedAt: Date;
}
