import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { bigintNumber, idColumn, timeColumn } from './columns.ts';

/** Something that happened, written in the transaction that made it happen. The relay gives it its number. */
@Entity('event')
export class EventRow {
  @PrimaryColumn(idColumn)
  id: string;

  @Column({ type: 'varchar', length: 64 })
  name: string;

  /** JSON: ids and small facts. */
  @Column({ type: 'longtext' })
  payload: string;

  @Column(timeColumn)
  createdAt: Date;

  /** Null until the relay has seen it; then unique and without gaps in time. */
  @Index({ unique: true })
  @Column({ type: 'bigint', nullable: true, transformer: bigintNumber })
  seq: number | null;
}
