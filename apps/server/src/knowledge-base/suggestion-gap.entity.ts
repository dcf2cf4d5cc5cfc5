import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { idColumn, timeColumn } from '../platform/columns.ts';

/** A ticket for which no article was good enough when an agent looked. */
@Entity('suggestion_gap')
export class SuggestionGap {
  @PrimaryColumn(idColumn)
  ticketId: string;

  @Column({ type: 'int' })
  ticketNumber: number;

  @Column({ type: 'varchar', length: 500 })
  subject: string;

  @Index()
  @Column({ type: 'varchar', length: 10 })
  day: string;

  @Column(timeColumn)
  createdAt: Date;
}
