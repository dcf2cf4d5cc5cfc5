import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The last number given, such as a ticket's. */
@Entity('counter')
export class Counter {
  @PrimaryColumn({ type: 'varchar', length: 32 })
  name: string;

  @Column({ type: 'int' })
  value: number;
}
