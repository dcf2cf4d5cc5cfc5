import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { idColumn, nullableId, nullableTime, timeColumn } from '../platform/columns.ts';

/** What became of an article that was suggested for a ticket, or used for it without. */
@Entity('suggestion_use')
@Index(['articleId', 'day'])
export class SuggestionUse {
  @PrimaryColumn(idColumn)
  ticketId: string;

  @PrimaryColumn(idColumn)
  articleId: string;

  /** The UTC day it was first shown on, as 2026-03-02: reports count everything under it. */
  @Index()
  @Column({ type: 'varchar', length: 10 })
  day: string;

  @Column(timeColumn)
  shownAt: Date;

  @Column(nullableTime)
  insertedAt: Date | null;

  /** The newest reply that was made from it or links to it, and when. */
  @Column(nullableId)
  replyId: string | null;

  @Column(nullableTime)
  repliedAt: Date | null;

  @Column({ type: 'boolean' })
  sentUnchanged: boolean;

  @Column(nullableTime)
  dismissedAt: Date | null;
}
