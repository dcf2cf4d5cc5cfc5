import { DialectMigration } from './dialect-migration.ts';

/** Where articles were published before they got another address. */
export class FormerAddresses1713000000000 extends DialectMigration {
  readonly name = 'FormerAddresses1713000000000';

  readonly sqlite = [
    'CREATE TABLE "former_address" ("knowledgeBaseId" varchar(36) NOT NULL, "slug" varchar(120) NOT NULL, "articleId" varchar(36) NOT NULL, "leftAt" datetime(3) NOT NULL, PRIMARY KEY ("knowledgeBaseId", "slug", "articleId"))',
    'CREATE INDEX "IDX_ef41229e727f2c0b19c2046f89" ON "former_address" ("articleId", "leftAt")',
  ];

  readonly mysql = [
    'CREATE TABLE `former_address` (`knowledgeBaseId` varchar(36) NOT NULL, `slug` varchar(120) NOT NULL, `articleId` varchar(36) NOT NULL, `leftAt` datetime(3) NOT NULL, INDEX `IDX_ef41229e727f2c0b19c2046f89` (`articleId`, `leftAt`), PRIMARY KEY (`knowledgeBaseId`, `slug`, `articleId`)) ENGINE=InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin',
  ];
}
