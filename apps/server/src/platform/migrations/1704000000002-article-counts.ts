import { DialectMigration } from './dialect-migration.ts';

/** What readers of the public pages did with articles. */
export class ArticleCounts1704000000002 extends DialectMigration {
  readonly name = 'ArticleCounts1704000000002';

  readonly sqlite = [
    'CREATE TABLE "article_count" ("articleId" varchar(36) PRIMARY KEY NOT NULL, "views" integer NOT NULL, "helpful" integer NOT NULL, "notHelpful" integer NOT NULL)',
  ];

  readonly mysql = [
    'CREATE TABLE `article_count` (`articleId` varchar(36) NOT NULL, `views` int NOT NULL, `helpful` int NOT NULL, `notHelpful` int NOT NULL, PRIMARY KEY (`articleId`)) ENGINE=InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin',
  ];
}
