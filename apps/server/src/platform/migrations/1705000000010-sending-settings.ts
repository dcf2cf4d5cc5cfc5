import { DialectMigration } from './dialect-migration.ts';

/** How mail goes out, and how it stands with it. */
export class SendingSettings1705000000010 extends DialectMigration {
  readonly name = 'SendingSettings1705000000010';

  readonly sqlite = [
    'CREATE TABLE "sending_settings" ("id" integer PRIMARY KEY NOT NULL, "smtpConnections" integer NOT NULL, "mailsPerMinute" integer, "undoSeconds" integer NOT NULL, "sendCloseNotice" boolean NOT NULL, "dkimDomain" varchar(253), "dkimSelector" varchar(63), "updatedAt" datetime(3))',
    'CREATE TABLE "sending_state" ("id" integer PRIMARY KEY NOT NULL, "nextFreeMs" bigint NOT NULL, "trouble" text, "troubleSince" datetime(3), "nextTryAt" datetime(3))',
  ];

  readonly mysql = [
    'CREATE TABLE `sending_settings` (`id` int NOT NULL, `smtpConnections` int NOT NULL, `mailsPerMinute` int NULL, `undoSeconds` int NOT NULL, `sendCloseNotice` tinyint NOT NULL, `dkimDomain` varchar(253) NULL, `dkimSelector` varchar(63) NULL, `updatedAt` datetime(3) NULL, PRIMARY KEY (`id`)) ENGINE=InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin',
    'CREATE TABLE `sending_state` (`id` int NOT NULL, `nextFreeMs` bigint NOT NULL, `trouble` text NULL, `troubleSince` datetime(3) NULL, `nextTryAt` datetime(3) NULL, PRIMARY KEY (`id`)) ENGINE=InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin',
  ];
}
