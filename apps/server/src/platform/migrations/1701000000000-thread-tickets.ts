import { DialectMigration } from './dialect-migration.ts';

/** Links between tickets, the history of what was done by hand, and the settings of threading. */
export class ThreadTickets1701000000000 extends DialectMigration {
  readonly name = 'ThreadTickets1701000000000';

  readonly sqlite = [
    'CREATE TABLE "ticket_event" ("id" varchar(36) PRIMARY KEY NOT NULL, "ticketId" varchar(36) NOT NULL, "otherTicketId" varchar(36), "kind" varchar(16) NOT NULL, "at" datetime(3) NOT NULL, "agentId" varchar(36), "messageId" varchar(36), "address" varchar(320), "before" longtext NOT NULL, "undoneAt" datetime(3))',
    'CREATE INDEX "IDX_caefef1acb37c7824de45e0e31" ON "ticket_event" ("otherTicketId", "at", "id")',
    'CREATE INDEX "IDX_e31a358a00c22f2a7a6ffe8c89" ON "ticket_event" ("ticketId", "at", "id")',
    'ALTER TABLE "support_settings" ADD COLUMN "subjectMatchDays" integer NOT NULL DEFAULT (90)',
    'ALTER TABLE "support_settings" ADD COLUMN "authservId" varchar(255)',
    'ALTER TABLE "support_settings" ADD COLUMN "signedReplyAddress" boolean NOT NULL DEFAULT (0)',
    'ALTER TABLE "message" ADD COLUMN "warnings" longtext',
    'ALTER TABLE "ticket" ADD COLUMN "linkedToTicketId" varchar(36)',
    'CREATE INDEX "IDX_d932e2f31590816269416e9d34" ON "ticket" ("mergedIntoId")',
    'CREATE INDEX "IDX_70d282bdcf4015ce2a3351c100" ON "ticket" ("linkedToTicketId")',
  ];

  readonly mysql = [
    'CREATE TABLE `ticket_event` (`id` varchar(36) NOT NULL, `ticketId` varchar(36) NOT NULL, `otherTicketId` varchar(36) NULL, `kind` varchar(16) NOT NULL, `at` datetime(3) NOT NULL, `agentId` varchar(36) NULL, `messageId` varchar(36) NULL, `address` varchar(320) NULL, `before` longtext NOT NULL, `undoneAt` datetime(3) NULL, INDEX `IDX_caefef1acb37c7824de45e0e31` (`otherTicketId`, `at`, `id`), INDEX `IDX_e31a358a00c22f2a7a6ffe8c89` (`ticketId`, `at`, `id`), PRIMARY KEY (`id`)) ENGINE=InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin',
    "ALTER TABLE `support_settings` ADD `subjectMatchDays` int NOT NULL DEFAULT '90'",
    'ALTER TABLE `support_settings` ADD `authservId` varchar(255) NULL',
    'ALTER TABLE `support_settings` ADD `signedReplyAddress` tinyint NOT NULL DEFAULT 0',
    'ALTER TABLE `message` ADD `warnings` longtext NULL',
    'ALTER TABLE `ticket` ADD `linkedToTicketId` varchar(36) NULL',
    'CREATE INDEX `IDX_d932e2f31590816269416e9d34` ON `ticket` (`mergedIntoId`)',
    'CREATE INDEX `IDX_70d282bdcf4015ce2a3351c100` ON `ticket` (`linkedToTicketId`)',
  ];
}
