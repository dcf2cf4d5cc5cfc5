import { Column, Entity, PrimaryColumn } from 'typeorm';
import { nullableId, nullableTime } from '../platform/columns.ts';

/** What we know of writing to one address. The only place that says "undeliverable" or "opted out". No row: nothing is known against it. */
@Entity('address_state')
export class AddressState {
  /** Normalised. */
  @PrimaryColumn({ type: 'varchar', length: 254 })
  address: string;

  /** Since then no automatic mail goes there; cleared by any human mail from it, or by an agent. */
  @Column(nullableTime)
  undeliverableAt: Date | null;

  /** The words of the server that refused it. */
  @Column({ type: 'varchar', length: 500, nullable: true })
  undeliverableReason: string | null;

  /** Refusals for good that name no missing mailbox; the second within seven days makes the address undeliverable. */
  @Column({ type: 'int' })
  hardBounces: number;

  @Column(nullableTime)
  hardBouncedAt: Date | null;

  /** Passing troubles, such as a full mailbox; they change nothing. */
  @Column({ type: 'int' })
  softBounces: number;

  /** The last mail that was counted, so that a second report about it counts no more. */
  @Column(nullableId)
  countedMailId: string | null;

  /** Since then no mass mail goes there, by the wish of its owner. */
  @Column(nullableTime)
  optedOutAt: Date | null;
}
