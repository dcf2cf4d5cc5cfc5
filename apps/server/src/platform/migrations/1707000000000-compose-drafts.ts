import { DialectMigration } from './dialect-migration.ts';

/** What a draft holds beside its words: recipients, files, and the message that it sends on. */
export class ComposeDrafts1707000000000 extends DialectMigration {
  readonly name = 'ComposeDrafts1707000000000';

  readonly sqlite = [
    'ALTER TABLE "draft" ADD COLUMN "to" longtext',
    'ALTER TABLE "draft" ADD COLUMN "cc" longtext',
    'ALTER TABLE "draft" ADD COLUMN "bcc" longtext',
    'ALTER TABLE "draft" ADD COLUMN "attachmentIds" longtext',
    'ALTER TABLE "draft" ADD COLUMN "forwardOfId" varchar(36)',
    'ALTER TABLE "draft" ADD COLUMN "leftOutIds" longtext',
  ];

  readonly mysql = [
    'ALTER TABLE `draft` ADD `to` longtext NULL, ADD `cc` longtext NULL, ADD `bcc` longtext NULL, ADD `attachmentIds` longtext NULL, ADD `forwardOfId` varchar(36) NULL, ADD `leftOutIds` longtext NULL',
  ];
}
