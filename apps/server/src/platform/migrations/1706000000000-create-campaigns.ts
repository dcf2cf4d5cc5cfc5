import { DialectMigration } from './dialect-migration.ts';

/** Mailings, whom they go to, and which tickets answer them. */
export class CreateCampaigns1706000000000 extends DialectMigration {
  readonly name = 'CreateCampaigns1706000000000';

  readonly sqlite = [
    'CREATE TABLE "campaign" ("id" varchar(36) PRIMARY KEY NOT NULL, "state" varchar(16) NOT NULL, "fromAddress" varchar(254) NOT NULL, "subject" varchar(500) NOT NULL, "text" longtext NOT NULL, "html" longtext, "createdAt" datetime(3) NOT NULL, "createdById" varchar(36), "scheduledAt" datetime(3), "startedAt" datetime(3), "endedAt" datetime(3), "audience" longtext, "listVersion" integer NOT NULL, "columns" longtext NOT NULL, "removed" longtext NOT NULL, "listProblems" longtext NOT NULL, "recipientCount" integer NOT NULL)',
    'CREATE INDEX "IDX_b8ee3315731ed865510c8a8326" ON "campaign" ("createdAt", "id")',
    'CREATE TABLE "campaign_recipient" ("id" varchar(36) PRIMARY KEY NOT NULL, "campaignId" varchar(36) NOT NULL, "address" varchar(254) NOT NULL, "name" varchar(200), "fields" longtext NOT NULL, "state" varchar(16) NOT NULL, "skippedBecause" varchar(200), "unsubscribedAt" datetime(3))',
    'CREATE INDEX "IDX_3b8a1e06c8614583b3021eb726" ON "campaign_recipient" ("address")',
    'CREATE INDEX "IDX_bde5a2060b1ec9b8052e4e2173" ON "campaign_recipient" ("campaignId", "state", "id")',
    'CREATE UNIQUE INDEX "IDX_20274d795313b54e6bf1ef8a90" ON "campaign_recipient" ("campaignId", "address")',
    'ALTER TABLE "ticket" ADD COLUMN "campaignId" varchar(36)',
    'CREATE INDEX "IDX_bc0bbd708066c3581647c1fad7" ON "ticket" ("campaignId")',
  ];

  readonly mysql = [
    'CREATE TABLE `campaign` (`id` varchar(36) NOT NULL, `state` varchar(16) NOT NULL, `fromAddress` varchar(254) NOT NULL, `subject` varchar(500) NOT NULL, `text` longtext NOT NULL, `html` longtext NULL, `createdAt` datetime(3) NOT NULL, `createdById` varchar(36) NULL, `scheduledAt` datetime(3) NULL, `startedAt` datetime(3) NULL, `endedAt` datetime(3) NULL, `audience` longtext NULL, `listVersion` int NOT NULL, `columns` longtext NOT NULL, `removed` longtext NOT NULL, `listProblems` longtext NOT NULL, `recipientCount` int NOT NULL, INDEX `IDX_b8ee3315731ed865510c8a8326` (`createdAt`, `id`), PRIMARY KEY (`id`)) ENGINE=InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin',
    'CREATE TABLE `campaign_recipient` (`id` varchar(36) NOT NULL, `campaignId` varchar(36) NOT NULL, `address` varchar(254) NOT NULL, `name` varchar(200) NULL, `fields` longtext NOT NULL, `state` varchar(16) NOT NULL, `skippedBecause` varchar(200) NULL, `unsubscribedAt` datetime(3) NULL, INDEX `IDX_3b8a1e06c8614583b3021eb726` (`address`), INDEX `IDX_bde5a2060b1ec9b8052e4e2173` (`campaignId`, `state`, `id`), UNIQUE INDEX `IDX_20274d795313b54e6bf1ef8a90` (`campaignId`, `address`), PRIMARY KEY (`id`)) ENGINE=InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin',
    'ALTER TABLE `ticket` ADD `campaignId` varchar(36) NULL',
    'CREATE INDEX `IDX_bc0bbd708066c3581647c1fad7` ON `ticket` (`campaignId`)',
  ];
}
