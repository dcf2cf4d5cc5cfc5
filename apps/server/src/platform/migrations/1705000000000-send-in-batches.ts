import { DialectMigration } from './dialect-migration.ts';

/** What the sender needs to take mails in batches, and what ties a mail to its mailing. */
export class SendInBatches1705000000000 extends DialectMigration {
  readonly name = 'SendInBatches1705000000000';

  readonly sqlite = [
    'ALTER TABLE "outgoing_mail" ADD COLUMN "campaignId" varchar(36)',
    'ALTER TABLE "outgoing_mail" ADD COLUMN "subject" varchar(1000)',
    'ALTER TABLE "outgoing_mail" ADD COLUMN "openRecipients" longtext',
    'ALTER TABLE "outgoing_mail" ADD COLUMN "claim" varchar(36)',
    'DROP INDEX "IDX_a2d85e32df4dd1b80f65e0d7b6"',
    'CREATE INDEX "IDX_ab74734af3f98c2bf4c1595746" ON "outgoing_mail" ("state", "kind", "nextAttemptAt")',
    'CREATE INDEX "IDX_cb73ea4ada13668ff4336b6c60" ON "outgoing_mail" ("campaignId", "state")',
  ];

  readonly mysql = [
    'ALTER TABLE `outgoing_mail` ADD `campaignId` varchar(36) NULL, ADD `subject` varchar(1000) NULL, ADD `openRecipients` longtext NULL, ADD `claim` varchar(36) NULL',
    'DROP INDEX `IDX_a2d85e32df4dd1b80f65e0d7b6` ON `outgoing_mail`',
    'CREATE INDEX `IDX_ab74734af3f98c2bf4c1595746` ON `outgoing_mail` (`state`, `kind`, `nextAttemptAt`)',
    'CREATE INDEX `IDX_cb73ea4ada13668ff4336b6c60` ON `outgoing_mail` (`campaignId`, `state`)',
  ];
}
