import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { idColumn, timeColumn } from '../platform/columns.ts';

/** An address under which an article of a base was published. Several may have had the same, one after the other. */
@Entity('former_address')
@Index(['articleId', 'leftAt'])
export class FormerAddress {
  @PrimaryColumn(idColumn)
  knowledgeBaseId: string;

  @PrimaryColumn({ type: 'varchar', length: 120 })
  slug: string;

  @PrimaryColumn(idColumn)
  articleId: string;

  /** When the article left it, or was withdrawn under it. */
  @Column(timeColumn)
  leftAt: Date;
}
