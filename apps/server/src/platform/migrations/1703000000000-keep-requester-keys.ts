import { DialectMigration } from './dialect-migration.ts';

/** Public keys of requesters, whether opened text is kept, and which letters wait to be opened. */
export class KeepRequesterKeys1703000000000 extends DialectMigration {
  readonly name = 'KeepRequesterKeys1703000000000';

  readonly sqlite = [
    'CREATE TABLE "requester_key" ("id" varchar(36) PRIMARY KEY NOT NULL, "address" varchar(254) NOT NULL, "fingerprint" varchar(64) NOT NULL, "keyIds" longtext NOT NULL, "userIds" longtext NOT NULL, "createdAt" datetime(3) NOT NULL, "expiresAt" datetime(3), "publicKey" longtext NOT NULL, "offeredAt" datetime(3) NOT NULL, "verifiedAt" datetime(3), "verifiedById" varchar(36))',
    'CREATE UNIQUE INDEX "IDX_98680efd047bf0cf7d4924ed54" ON "requester_key" ("address", "fingerprint")',
    'ALTER TABLE "support_settings" ADD COLUMN "keepOpenedText" boolean NOT NULL DEFAULT 1',
    'ALTER TABLE "message" ADD COLUMN "pgpFailedAt" datetime(3)',
    'CREATE INDEX "IDX_d955bc02dee1344796a0f25188" ON "message" ("pgpFailedAt")',
  ];

  readonly mysql = [
    'CREATE TABLE `requester_key` (`id` varchar(36) NOT NULL, `address` varchar(254) NOT NULL, `fingerprint` varchar(64) NOT NULL, `keyIds` longtext NOT NULL, `userIds` longtext NOT NULL, `createdAt` datetime(3) NOT NULL, `expiresAt` datetime(3) NULL, `publicKey` longtext NOT NULL, `offeredAt` datetime(3) NOT NULL, `verifiedAt` datetime(3) NULL, `verifiedById` varchar(36) NULL, UNIQUE INDEX `IDX_98680efd047bf0cf7d4924ed54` (`address`, `fingerprint`), PRIMARY KEY (`id`)) ENGINE=InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin',
    'ALTER TABLE `support_settings` ADD `keepOpenedText` tinyint NOT NULL DEFAULT 1',
    'ALTER TABLE `message` ADD `pgpFailedAt` datetime(3) NULL',
    'CREATE INDEX `IDX_d955bc02dee1344796a0f25188` ON `message` (`pgpFailedAt`)',
  ];
}
