import { Column, Entity, PrimaryColumn } from 'typeorm';
import { idColumn, timeColumn } from '../platform/columns.ts';

/** A reply that was asked for under a key of the caller's: asked for again it is answered, not sent again. */
@Entity('idempotency')
export class Idempotency {
  /** SHA-256 of who asked and the key. */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  keyHash: string;

  /** SHA-256 of the input, to tell another wish under the same key. */
  @Column({ type: 'varchar', length: 64 })
  inputHash: string;

  @Column(idColumn)
  messageId: string;

  @Column(timeColumn)
  createdAt: Date;
}
