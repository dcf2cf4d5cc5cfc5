import { DialectMigration } from './dialect-migration.ts';

/** What tickets teach about articles, what became of suggestions, and the floor under which none is shown. */
export class Suggestions1704000000001 extends DialectMigration {
  readonly name = 'Suggestions1704000000001';

  readonly sqlite = [
    'ALTER TABLE "support_settings" ADD COLUMN "suggestionFloor" double',
    'CREATE TABLE "article_feedback" ("id" varchar(36) PRIMARY KEY NOT NULL, "articleId" varchar(36) NOT NULL, "ticketId" varchar(36), "kind" varchar(16) NOT NULL, "text" longtext NOT NULL, "createdAt" datetime(3) NOT NULL)',
    'CREATE INDEX "IDX_b7492aea77b15179a7c4461d5a" ON "article_feedback" ("ticketId")',
    'CREATE INDEX "IDX_01229a29b4badba9787156ff36" ON "article_feedback" ("articleId", "kind", "id")',
    'CREATE TABLE "suggestion_gap" ("ticketId" varchar(36) PRIMARY KEY NOT NULL, "ticketNumber" integer NOT NULL, "subject" varchar(500) NOT NULL, "day" varchar(10) NOT NULL, "createdAt" datetime(3) NOT NULL)',
    'CREATE INDEX "IDX_5a3e1820e8ded319350ef71c69" ON "suggestion_gap" ("day")',
    'CREATE TABLE "suggestion_use" ("ticketId" varchar(36) NOT NULL, "articleId" varchar(36) NOT NULL, "day" varchar(10) NOT NULL, "shownAt" datetime(3) NOT NULL, "insertedAt" datetime(3), "replyId" varchar(36), "repliedAt" datetime(3), "sentUnchanged" boolean NOT NULL, "dismissedAt" datetime(3), PRIMARY KEY ("ticketId", "articleId"))',
    'CREATE INDEX "IDX_c7792781093d1c6918ce37992d" ON "suggestion_use" ("day")',
    'CREATE INDEX "IDX_ff0f067345c9a0d07c740a08e3" ON "suggestion_use" ("articleId", "day")',
  ];

  readonly mysql = [
    'ALTER TABLE `support_settings` ADD `suggestionFloor` double NULL',
    'CREATE TABLE `article_feedback` (`id` varchar(36) NOT NULL, `articleId` varchar(36) NOT NULL, `ticketId` varchar(36) NULL, `kind` varchar(16) NOT NULL, `text` longtext NOT NULL, `createdAt` datetime(3) NOT NULL, INDEX `IDX_b7492aea77b15179a7c4461d5a` (`ticketId`), INDEX `IDX_01229a29b4badba9787156ff36` (`articleId`, `kind`, `id`), PRIMARY KEY (`id`)) ENGINE=InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin',
    'CREATE TABLE `suggestion_gap` (`ticketId` varchar(36) NOT NULL, `ticketNumber` int NOT NULL, `subject` varchar(500) NOT NULL, `day` varchar(10) NOT NULL, `createdAt` datetime(3) NOT NULL, INDEX `IDX_5a3e1820e8ded319350ef71c69` (`day`), PRIMARY KEY (`ticketId`)) ENGINE=InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin',
    'CREATE TABLE `suggestion_use` (`ticketId` varchar(36) NOT NULL, `articleId` varchar(36) NOT NULL, `day` varchar(10) NOT NULL, `shownAt` datetime(3) NOT NULL, `insertedAt` datetime(3) NULL, `replyId` varchar(36) NULL, `repliedAt` datetime(3) NULL, `sentUnchanged` tinyint NOT NULL, `dismissedAt` datetime(3) NULL, INDEX `IDX_c7792781093d1c6918ce37992d` (`day`), INDEX `IDX_ff0f067345c9a0d07c740a08e3` (`articleId`, `day`), PRIMARY KEY (`ticketId`, `articleId`)) ENGINE=InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin',
  ];
}
