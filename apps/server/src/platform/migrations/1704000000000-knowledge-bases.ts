import { DialectMigration } from './dialect-migration.ts';

/** Knowledge bases with categories, versions and the sequence that indexes follow. Nothing could write articles before, so the first tables give way to the new ones. */
export class KnowledgeBases1704000000000 extends DialectMigration {
  readonly name = 'KnowledgeBases1704000000000';

  readonly sqlite = [
    'DROP TABLE "knowledge_base"',
    'DROP TABLE "article"',
    'CREATE TABLE "article" ("id" varchar(36) PRIMARY KEY NOT NULL, "knowledgeBaseId" varchar(36) NOT NULL, "categoryId" varchar(36), "externalId" varchar(100), "title" varchar(300) NOT NULL, "slug" varchar(120) NOT NULL, "summary" varchar(500) NOT NULL, "body" longtext NOT NULL, "keywords" longtext NOT NULL, "language" varchar(35) NOT NULL, "published" boolean NOT NULL, "staffOnly" boolean NOT NULL, "version" integer NOT NULL, "indexVersion" bigint NOT NULL, "createdAt" datetime(3) NOT NULL, "updatedAt" datetime(3) NOT NULL, "updatedById" varchar(36))',
    'CREATE INDEX "IDX_70fe3e45c936c4f625e7949500" ON "article" ("indexVersion")',
    'CREATE INDEX "IDX_12824e4598ee46a0992d99ba55" ON "article" ("categoryId")',
    'CREATE UNIQUE INDEX "IDX_e1492b29a45b1551a833841b50" ON "article" ("knowledgeBaseId", "externalId")',
    'CREATE UNIQUE INDEX "IDX_a2830ce279c4a4ea20c0a0e658" ON "article" ("knowledgeBaseId", "slug")',
    'CREATE INDEX "IDX_63cf801e25d7a367d0e1810b11" ON "article" ("knowledgeBaseId", "updatedAt", "id")',
    'CREATE TABLE "article_category" ("id" varchar(36) PRIMARY KEY NOT NULL, "knowledgeBaseId" varchar(36) NOT NULL, "parentId" varchar(36), "name" varchar(120) NOT NULL, "position" integer NOT NULL)',
    'CREATE INDEX "IDX_a63f15387a74f73e7bbbfd7d0b" ON "article_category" ("knowledgeBaseId")',
    'CREATE TABLE "article_removal" ("articleId" varchar(36) PRIMARY KEY NOT NULL, "indexVersion" bigint NOT NULL, "removedAt" datetime(3) NOT NULL)',
    'CREATE INDEX "IDX_3e5ede44ddf67c588a2387daa5" ON "article_removal" ("removedAt")',
    'CREATE INDEX "IDX_6b8568e2992fbdea71f43da135" ON "article_removal" ("indexVersion", "articleId")',
    'CREATE TABLE "article_sequence" ("id" integer PRIMARY KEY NOT NULL, "value" bigint NOT NULL)',
    'CREATE TABLE "article_version" ("id" varchar(36) PRIMARY KEY NOT NULL, "articleId" varchar(36) NOT NULL, "number" integer NOT NULL, "title" varchar(300) NOT NULL, "summary" varchar(500) NOT NULL, "body" longtext NOT NULL, "keywords" longtext NOT NULL, "createdAt" datetime(3) NOT NULL, "authorId" varchar(36))',
    'CREATE UNIQUE INDEX "IDX_b51dfa65d6468e7fb778acecf7" ON "article_version" ("articleId", "number")',
    'CREATE TABLE "knowledge_base" ("id" varchar(36) PRIMARY KEY NOT NULL, "name" varchar(120) NOT NULL, "description" varchar(500) NOT NULL, "staffOnly" boolean NOT NULL, "createdAt" datetime(3) NOT NULL)',
  ];

  readonly mysql = [
    'DROP TABLE `knowledge_base`',
    'DROP TABLE `article`',
    'CREATE TABLE `article` (`id` varchar(36) NOT NULL, `knowledgeBaseId` varchar(36) NOT NULL, `categoryId` varchar(36) NULL, `externalId` varchar(100) NULL, `title` varchar(300) NOT NULL, `slug` varchar(120) NOT NULL, `summary` varchar(500) NOT NULL, `body` longtext NOT NULL, `keywords` longtext NOT NULL, `language` varchar(35) NOT NULL, `published` tinyint NOT NULL, `staffOnly` tinyint NOT NULL, `version` int NOT NULL, `indexVersion` bigint NOT NULL, `createdAt` datetime(3) NOT NULL, `updatedAt` datetime(3) NOT NULL, `updatedById` varchar(36) NULL, INDEX `IDX_70fe3e45c936c4f625e7949500` (`indexVersion`), INDEX `IDX_12824e4598ee46a0992d99ba55` (`categoryId`), UNIQUE INDEX `IDX_e1492b29a45b1551a833841b50` (`knowledgeBaseId`, `externalId`), UNIQUE INDEX `IDX_a2830ce279c4a4ea20c0a0e658` (`knowledgeBaseId`, `slug`), INDEX `IDX_63cf801e25d7a367d0e1810b11` (`knowledgeBaseId`, `updatedAt`, `id`), PRIMARY KEY (`id`)) ENGINE=InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin',
    'CREATE TABLE `article_category` (`id` varchar(36) NOT NULL, `knowledgeBaseId` varchar(36) NOT NULL, `parentId` varchar(36) NULL, `name` varchar(120) NOT NULL, `position` int NOT NULL, INDEX `IDX_a63f15387a74f73e7bbbfd7d0b` (`knowledgeBaseId`), PRIMARY KEY (`id`)) ENGINE=InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin',
    'CREATE TABLE `article_removal` (`articleId` varchar(36) NOT NULL, `indexVersion` bigint NOT NULL, `removedAt` datetime(3) NOT NULL, INDEX `IDX_3e5ede44ddf67c588a2387daa5` (`removedAt`), INDEX `IDX_6b8568e2992fbdea71f43da135` (`indexVersion`, `articleId`), PRIMARY KEY (`articleId`)) ENGINE=InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin',
    'CREATE TABLE `article_sequence` (`id` int NOT NULL, `value` bigint NOT NULL, PRIMARY KEY (`id`)) ENGINE=InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin',
    'CREATE TABLE `article_version` (`id` varchar(36) NOT NULL, `articleId` varchar(36) NOT NULL, `number` int NOT NULL, `title` varchar(300) NOT NULL, `summary` varchar(500) NOT NULL, `body` longtext NOT NULL, `keywords` longtext NOT NULL, `createdAt` datetime(3) NOT NULL, `authorId` varchar(36) NULL, UNIQUE INDEX `IDX_b51dfa65d6468e7fb778acecf7` (`articleId`, `number`), PRIMARY KEY (`id`)) ENGINE=InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin',
    'CREATE TABLE `knowledge_base` (`id` varchar(36) NOT NULL, `name` varchar(120) NOT NULL, `description` varchar(500) NOT NULL, `staffOnly` tinyint NOT NULL, `createdAt` datetime(3) NOT NULL, PRIMARY KEY (`id`)) ENGINE=InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin',
  ];
}
