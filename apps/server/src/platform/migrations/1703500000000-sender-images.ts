import { DialectMigration } from './dialect-migration.ts';

/** Whose remote images an agent always wants to see. */
export class SenderImages1703500000000 extends DialectMigration {
  readonly name = 'SenderImages1703500000000';

  readonly sqlite = [
    'CREATE TABLE "sender_images" ("agentId" varchar(36) NOT NULL, "address" varchar(320) NOT NULL, "since" datetime(3) NOT NULL, PRIMARY KEY ("agentId", "address"))',
  ];

  readonly mysql = [
    'CREATE TABLE `sender_images` (`agentId` varchar(36) NOT NULL, `address` varchar(320) NOT NULL, `since` datetime(3) NOT NULL, PRIMARY KEY (`agentId`, `address`)) ENGINE=InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin',
  ];
}
