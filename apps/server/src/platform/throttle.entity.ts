import { Column, Entity, PrimaryColumn } from 'typeorm';
import { bigintNumber } from './columns.ts';

/** How often something happened in the running window. */
@Entity('throttle')
export class ThrottleRow {
  @PrimaryColumn({ type: 'varchar', length: 128 })
  bucket: string;

  @Column({ type: 'int' })
  hits: number;

  /** Milliseconds; the count starts anew after it. */
  @Column({ type: 'bigint', transformer: bigintNumber })
  resetAt: number;
}
