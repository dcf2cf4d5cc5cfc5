import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { bigintNumber, idColumn, timeColumn } from '../platform/columns.ts';

/** Remembers for a while that an article was deleted, so that every index takes it out. */
@Entity('article_removal')
@Index(['indexVersion', 'articleId'])
export class ArticleRemoval {
  @PrimaryColumn(idColumn)
  articleId: string;

  @Column({ type: 'bigint', transformer: bigintNumber })
  indexVersion: number;

  @Index()
  @Column(timeColumn)
  removedAt: Date;
}
