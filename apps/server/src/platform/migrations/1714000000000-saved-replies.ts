import { DialectMigration } from './dialect-migration.ts';

/** Words that are written once and put into many replies. */
export class SavedReplies1714000000000 extends DialectMigration {
  readonly name = 'SavedReplies1714000000000';

  readonly sqlite = [
    'CREATE TABLE "saved_reply" ("id" varchar(36) PRIMARY KEY NOT NULL, "ownerId" varchar(36) NOT NULL, "name" varchar(100) NOT NULL, "nameKey" varchar(200) NOT NULL, "html" longtext NOT NULL, "excerpt" varchar(240) NOT NULL, "version" integer NOT NULL, "createdAt" datetime(3) NOT NULL, "updatedAt" datetime(3) NOT NULL, "updatedById" varchar(36))',
    'CREATE UNIQUE INDEX "IDX_1a4132821904f861346d66e456" ON "saved_reply" ("ownerId", "nameKey")',
  ];

  readonly mysql = [
    'CREATE TABLE `saved_reply` (`id` varchar(36) NOT NULL, `ownerId` varchar(36) NOT NULL, `name` varchar(100) NOT NULL, `nameKey` varchar(200) NOT NULL, `html` longtext NOT NULL, `excerpt` varchar(240) NOT NULL, `version` int NOT NULL, `createdAt` datetime(3) NOT NULL, `updatedAt` datetime(3) NOT NULL, `updatedById` varchar(36) NULL, UNIQUE INDEX `IDX_1a4132821904f861346d66e456` (`ownerId`, `nameKey`), PRIMARY KEY (`id`)) ENGINE=InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin',
  ];
}
