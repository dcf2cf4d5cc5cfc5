import { DialectMigration } from './dialect-migration.ts';

/** What becomes of a mail that is put off after its mailing was paused or stopped. */
export class InsteadOfRetry1715000000000 extends DialectMigration {
  readonly name = 'InsteadOfRetry1715000000000';

  readonly sqlite = ['ALTER TABLE "outgoing_mail" ADD COLUMN "insteadOfRetry" varchar(16)'];

  readonly mysql = ['ALTER TABLE `outgoing_mail` ADD COLUMN `insteadOfRetry` varchar(16) NULL'];
}
