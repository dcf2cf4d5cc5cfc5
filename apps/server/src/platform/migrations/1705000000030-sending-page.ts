import { DialectMigration } from './dialect-migration.ts';

/** Lists and figures of outgoing mail. */
export class SendingPage1705000000030 extends DialectMigration {
  readonly name = 'SendingPage1705000000030';

  readonly sqlite = [
    'CREATE INDEX "IDX_4060c2e76a1d427af15f93609f" ON "outgoing_mail" ("createdAt", "id")',
    'CREATE INDEX "IDX_4c0f0a533427af9e5db17eb5cc" ON "outgoing_mail" ("state", "sentAt")',
  ];

  readonly mysql = [
    'CREATE INDEX `IDX_4060c2e76a1d427af15f93609f` ON `outgoing_mail` (`createdAt`, `id`)',
    'CREATE INDEX `IDX_4c0f0a533427af9e5db17eb5cc` ON `outgoing_mail` (`state`, `sentAt`)',
  ];
}
