import { DialectMigration } from './dialect-migration.ts';

/** The list of all tickets that stand for themselves, newest activity first, is read from an index as it stands. */
export class ListByActivity1709000000000 extends DialectMigration {
  readonly name = 'ListByActivity1709000000000';

  readonly sqlite = [
    'DROP INDEX "IDX_d932e2f31590816269416e9d34"',
    'CREATE INDEX "IDX_065f1fc2c4e35e8b7cf1bdaac6" ON "ticket" ("mergedIntoId", "lastActivityAt", "id")',
  ];

  readonly mysql = [
    'CREATE INDEX `IDX_065f1fc2c4e35e8b7cf1bdaac6` ON `ticket` (`mergedIntoId`, `lastActivityAt`, `id`)',
    'DROP INDEX `IDX_d932e2f31590816269416e9d34` ON `ticket`',
  ];
}
