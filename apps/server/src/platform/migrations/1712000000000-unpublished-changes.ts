import { DialectMigration } from './dialect-migration.ts';

/** Changes of published articles that wait for their publishing; earlier states of them stand among those of the article. */
export class UnpublishedChanges1712000000000 extends DialectMigration {
  readonly name = 'UnpublishedChanges1712000000000';

  readonly sqlite = [
    'CREATE TABLE "unpublished_changes" ("articleId" varchar(36) PRIMARY KEY NOT NULL, "version" varchar(36) NOT NULL, "articleVersion" integer NOT NULL, "title" varchar(300) NOT NULL, "summary" varchar(500) NOT NULL, "body" longtext NOT NULL, "keywords" longtext NOT NULL, "language" varchar(35) NOT NULL, "staffOnly" boolean NOT NULL, "categoryId" varchar(36), "updatedAt" datetime(3) NOT NULL, "updatedById" varchar(36))',
    'CREATE INDEX "IDX_b2d59f556e4dc48076f0d1e255" ON "unpublished_changes" ("categoryId")',
    'ALTER TABLE "article_version" ADD COLUMN "unpublished" boolean NOT NULL DEFAULT (0)',
    'CREATE INDEX "IDX_e1632f8d803a1aa45a3992d47f" ON "article_version" ("articleId", "id")',
    'DROP INDEX "IDX_b51dfa65d6468e7fb778acecf7"',
  ];

  readonly mysql = [
    'CREATE TABLE `unpublished_changes` (`articleId` varchar(36) NOT NULL, `version` varchar(36) NOT NULL, `articleVersion` int NOT NULL, `title` varchar(300) NOT NULL, `summary` varchar(500) NOT NULL, `body` longtext NOT NULL, `keywords` longtext NOT NULL, `language` varchar(35) NOT NULL, `staffOnly` tinyint NOT NULL, `categoryId` varchar(36) NULL, `updatedAt` datetime(3) NOT NULL, `updatedById` varchar(36) NULL, INDEX `IDX_b2d59f556e4dc48076f0d1e255` (`categoryId`), PRIMARY KEY (`articleId`)) ENGINE=InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin',
    'ALTER TABLE `article_version` ADD `unpublished` tinyint NOT NULL DEFAULT 0',
    'CREATE INDEX `IDX_e1632f8d803a1aa45a3992d47f` ON `article_version` (`articleId`, `id`)',
    'DROP INDEX `IDX_b51dfa65d6468e7fb778acecf7` ON `article_version`',
  ];
}
