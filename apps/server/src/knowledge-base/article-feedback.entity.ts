import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { idColumn, nullableId, timeColumn } from '../platform/columns.ts';

/** What a ticket has taught about an article: `ANSWERED`, it answered such letters; `NOT_USEFUL`, it did not fit them. */
export type FeedbackKind = 'ANSWERED' | 'NOT_USEFUL';

/** The cleaned words of a ticket that an article has learnt from. */
@Entity('article_feedback')
@Index(['articleId', 'kind', 'id'])
export class ArticleFeedback {
  @PrimaryColumn(idColumn)
  id: string;

  @Column(idColumn)
  articleId: string;

  /** Null: it came with an import. */
  @Index()
  @Column(nullableId)
  ticketId: string | null;

  @Column({ type: 'varchar', length: 16 })
  kind: FeedbackKind;

  @Column({ type: 'longtext' })
  text: string;

  @Column(timeColumn)
  createdAt: Date;
}
