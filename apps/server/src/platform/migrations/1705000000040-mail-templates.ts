import { DialectMigration } from './dialect-migration.ts';

/** The desk's own words for its mails, and how agents sign. */
export class MailTemplates1705000000040 extends DialectMigration {
  readonly name = 'MailTemplates1705000000040';

  readonly sqlite = [
    'CREATE TABLE "mail_template" ("kind" varchar(16) PRIMARY KEY NOT NULL, "text" longtext NOT NULL, "updatedAt" datetime(3) NOT NULL)',
    'CREATE TABLE "sender_profile" ("agentId" varchar(36) PRIMARY KEY NOT NULL, "displayName" varchar(200) NOT NULL, "signature" text NOT NULL)',
  ];

  readonly mysql = [
    'CREATE TABLE `mail_template` (`kind` varchar(16) NOT NULL, `text` longtext NOT NULL, `updatedAt` datetime(3) NOT NULL, PRIMARY KEY (`kind`)) ENGINE=InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin',
    'CREATE TABLE `sender_profile` (`agentId` varchar(36) NOT NULL, `displayName` varchar(200) NOT NULL, `signature` text NOT NULL, PRIMARY KEY (`agentId`)) ENGINE=InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin',
  ];
}
