import { Column, Entity, PrimaryColumn } from 'typeorm';
import { bigintNumber, nullableTime } from '../platform/columns.ts';

/** What all processes must know of sending. One row. */
@Entity('sending_state')
export class SendingState {
  @PrimaryColumn({ type: 'int' })
  id: number = 1;

  /** When the next mail may go by the rate per minute, in milliseconds of our clock. */
  @Column({ type: 'bigint', transformer: bigintNumber })
  nextFreeMs: number = 0;

  /** Why nothing goes out now; null: it goes. */
  @Column({ type: 'text', nullable: true })
  trouble: string | null = null;

  @Column(nullableTime)
  troubleSince: Date | null = null;

  /** With trouble: when the next mail is tried. */
  @Column(nullableTime)
  nextTryAt: Date | null = null;
}
