import { Column, Entity, PrimaryColumn } from 'typeorm';
import { bigintNumber } from '../platform/columns.ts';

/** The last number given to a change that an index must follow. One row. */
@Entity('article_sequence')
export class ArticleSequence {
  @PrimaryColumn({ type: 'int' })
  id: number;

  @Column({ type: 'bigint', transformer: bigintNumber })
  value: number;
}
