import { DialectMigration } from './dialect-migration.ts';

/** Files that wait for a mail, blind copies, and what a reply needs to be taken back. */
export class UploadsAndUndo1705000000020 extends DialectMigration {
  readonly name = 'UploadsAndUndo1705000000020';

  readonly sqlite = [
    'CREATE TABLE "upload" ("id" varchar(36) PRIMARY KEY NOT NULL, "owner" varchar(100) NOT NULL, "name" varchar(255) NOT NULL, "mimeType" varchar(127) NOT NULL, "sizeBytes" bigint NOT NULL, "blobId" varchar(36) NOT NULL, "createdAt" datetime(3) NOT NULL)',
    'CREATE INDEX "IDX_5741b8f3287c35b7abcf125f88" ON "upload" ("createdAt")',
    'CREATE TABLE "sent_reply" ("messageId" varchar(36) PRIMARY KEY NOT NULL, "agentId" varchar(36) NOT NULL, "undoUntil" datetime(3) NOT NULL, "before" longtext NOT NULL)',
    'CREATE INDEX "IDX_6792a3866e443d7c0b1f2cdd7e" ON "sent_reply" ("undoUntil")',
    'ALTER TABLE "message" ADD COLUMN "bcc" longtext',
  ];

  readonly mysql = [
    'CREATE TABLE `upload` (`id` varchar(36) NOT NULL, `owner` varchar(100) NOT NULL, `name` varchar(255) NOT NULL, `mimeType` varchar(127) NOT NULL, `sizeBytes` bigint NOT NULL, `blobId` varchar(36) NOT NULL, `createdAt` datetime(3) NOT NULL, INDEX `IDX_5741b8f3287c35b7abcf125f88` (`createdAt`), PRIMARY KEY (`id`)) ENGINE=InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin',
    'CREATE TABLE `sent_reply` (`messageId` varchar(36) NOT NULL, `agentId` varchar(36) NOT NULL, `undoUntil` datetime(3) NOT NULL, `before` longtext NOT NULL, INDEX `IDX_6792a3866e443d7c0b1f2cdd7e` (`undoUntil`), PRIMARY KEY (`messageId`)) ENGINE=InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin',
    'ALTER TABLE `message` ADD `bcc` longtext NULL',
  ];
}
