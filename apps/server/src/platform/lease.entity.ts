import { Column, Entity, PrimaryColumn } from 'typeorm';
import { bigintNumber } from './columns.ts';

/** A right that one process holds at a time, by the database's clock. */
@Entity('lease')
export class Lease {
  @PrimaryColumn({ type: 'varchar', length: 64 })
  name: string;

  @Column({ type: 'varchar', length: 36 })
  owner: string;

  /** Milliseconds by the database's clock. */
  @Column({ type: 'bigint', transformer: bigintNumber })
  heldUntil: number;
}
