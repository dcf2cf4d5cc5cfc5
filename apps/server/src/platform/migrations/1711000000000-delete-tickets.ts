import { DialectMigration } from './dialect-migration.ts';

/** What is left of deleted tickets, and who still names the bytes that would go with them. */
export class DeleteTickets1711000000000 extends DialectMigration {
  readonly name = 'DeleteTickets1711000000000';

  readonly sqlite = [
    'CREATE TABLE "deleted_ticket" ("id" varchar(36) PRIMARY KEY NOT NULL, "number" integer NOT NULL, "mailboxId" varchar(36) NOT NULL, "deletedAt" datetime(3) NOT NULL, "deletedById" varchar(36), "deletedBy" varchar(200))',
    'ALTER TABLE "inbound_mail" ADD COLUMN "forgottenAt" datetime(3)',
    'ALTER TABLE "outgoing_mail" ADD COLUMN "forgottenAt" datetime(3)',
    'CREATE UNIQUE INDEX "IDX_d3d4dc2c1e4056ca1b9500baf6" ON "deleted_ticket" ("number")',
    'CREATE INDEX "IDX_7ee04b6fd682a1d18a6b1e7856" ON "inbound_mail" ("rawBlobId")',
    'CREATE INDEX "IDX_5bc20ae238032c0451f2a3e829" ON "outgoing_mail" ("blobId")',
    'CREATE INDEX "IDX_2829b422f9d0b0c306572572a1" ON "attachment" ("blobId")',
    'CREATE INDEX "IDX_095c3c862c6845bca09b6f7359" ON "upload" ("blobId")',
  ];

  readonly mysql = [
    'CREATE TABLE `deleted_ticket` (`id` varchar(36) NOT NULL, `number` int NOT NULL, `mailboxId` varchar(36) NOT NULL, `deletedAt` datetime(3) NOT NULL, `deletedById` varchar(36) NULL, `deletedBy` varchar(200) NULL, UNIQUE INDEX `IDX_d3d4dc2c1e4056ca1b9500baf6` (`number`), PRIMARY KEY (`id`)) ENGINE=InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin',
    'ALTER TABLE `inbound_mail` ADD `forgottenAt` datetime(3) NULL',
    'ALTER TABLE `outgoing_mail` ADD `forgottenAt` datetime(3) NULL',
    'CREATE INDEX `IDX_7ee04b6fd682a1d18a6b1e7856` ON `inbound_mail` (`rawBlobId`)',
    'CREATE INDEX `IDX_5bc20ae238032c0451f2a3e829` ON `outgoing_mail` (`blobId`)',
    'CREATE INDEX `IDX_2829b422f9d0b0c306572572a1` ON `attachment` (`blobId`)',
    'CREATE INDEX `IDX_095c3c862c6845bca09b6f7359` ON `upload` (`blobId`)',
  ];
}
