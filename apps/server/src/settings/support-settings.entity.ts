import { Column, Entity, PrimaryColumn } from 'typeorm';
import { longJson, nullableId, nullableTime } from '../platform/columns.ts';

/** The settings of the desk that are no mailbox and no secret. One row. */
@Entity('support_settings')
export class SupportSettingsRow {
  @PrimaryColumn({ type: 'int' })
  id: number = 1;

  @Column({ type: 'varchar', length: 254, nullable: true })
  defaultEmailFrom: string | null = null;

  /** Null: at once; -1: never; else days. */
  @Column({ type: 'int', nullable: true })
  closeAnsweredAfterDays: number | null = 7;

  @Column({ type: 'boolean' })
  showAnswered: boolean = true;

  @Column({ type: 'boolean' })
  showOnHold: boolean = true;

  @Column(nullableId)
  defaultKnowledgeBaseId: string | null = null;

  @Column(nullableId)
  defaultSupportKnowledgeBaseId: string | null = null;

  @Column({ type: 'int' })
  maxSuggestions: number = 5;

  /** Null: the measure that the engine was made with. */
  @Column({ type: 'double', nullable: true })
  suggestionFloor: number | null = null;

  @Column({ type: 'boolean' })
  suppressConfirmations: boolean = false;

  @Column({ type: 'boolean' })
  ignoreSenderAddress: boolean = false;

  /** Follow-ups by subject alone join tickets with activity within so many days. */
  @Column({ type: 'int', default: 90 })
  subjectMatchDays: number = 90;

  /** Whose Authentication-Results are believed; null: nobody's. */
  @Column({ type: 'varchar', length: 255, nullable: true })
  authservId: string | null = null;

  /** Our mails ask for answers to a signed sub-address of the Support Email. */
  @Column({ type: 'boolean', default: false })
  signedReplyAddress: boolean = false;

  @Column(longJson)
  highlightEntries: string[] = [];

  @Column(longJson)
  spamEntries: string[] = [];

  /** Text that came encrypted is stored opened; otherwise it is opened each time it is read. */
  @Column({ type: 'boolean', default: true })
  keepOpenedText: boolean = true;

  @Column(nullableTime)
  updatedAt: Date | null = null;
}
