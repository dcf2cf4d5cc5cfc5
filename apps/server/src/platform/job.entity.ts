import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { bigintNumber } from './columns.ts';

/** Work for later, written in the transaction that wants it done. One row per name and key. */
@Entity('job')
@Index(['name', 'jobKey'], { unique: true })
@Index(['runAt'])
export class JobRow {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id: string;

  @Column({ type: 'varchar', length: 64 })
  name: string;

  @Column({ type: 'varchar', length: 190 })
  jobKey: string;

  @Column({ type: 'longtext' })
  payload: string;

  /** Milliseconds by the database's clock. */
  @Column({ type: 'bigint', transformer: bigintNumber })
  runAt: number;

  /** Failures in a row. */
  @Column({ type: 'int' })
  attempts: number;

  /** Counts up when the job is asked for again, so that a wish that comes while it runs is not lost. */
  @Column({ type: 'int' })
  generation: number;

  @Column({ type: 'varchar', length: 36, nullable: true })
  leaseToken: string | null;

  @Column({ type: 'bigint', nullable: true, transformer: bigintNumber })
  leaseUntil: number | null;

  @Column({ type: 'text', nullable: true })
  lastError: string | null;
}
