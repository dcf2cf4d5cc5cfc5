import { Column, Entity, PrimaryColumn } from 'typeorm';
import { idColumn } from '../platform/columns.ts';

/** What readers of the public pages did with an article. */
@Entity('article_count')
export class ArticleCount {
  @PrimaryColumn(idColumn)
  articleId: string;

  @Column({ type: 'int' })
  views: number;

  @Column({ type: 'int' })
  helpful: number;

  @Column({ type: 'int' })
  notHelpful: number;
}
