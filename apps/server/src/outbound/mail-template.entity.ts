import { registerEnumType } from 'type-graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { timeColumn } from '../platform/columns.ts';

/** What a template is for. */
export const TemplateKind = {
  CONFIRMATION: 'CONFIRMATION',
  REPLY_FRAME: 'REPLY_FRAME',
  CLOSE_NOTICE: 'CLOSE_NOTICE',
} as const;
export type TemplateKind = keyof typeof TemplateKind;
registerEnumType(TemplateKind, {
  name: 'TemplateKind',
  description: 'What a template is for.',
  valuesConfig: {
    CONFIRMATION: { description: 'The automatic mail that says a letter has come in.' },
    REPLY_FRAME: { description: 'What stands around the words of every reply.' },
    CLOSE_NOTICE: { description: 'The automatic mail that says a ticket was closed, where it is switched on.' },
  },
});

/** The desk's own words for a kind of mail; without a row the built-in ones hold. */
@Entity('mail_template')
export class MailTemplateRow {
  @PrimaryColumn({ type: 'varchar', length: 16 })
  kind: TemplateKind;

  @Column({ type: 'longtext' })
  text: string;

  @Column(timeColumn)
  updatedAt: Date;
}
