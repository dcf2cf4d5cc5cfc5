import { DialectMigration } from './dialect-migration.ts';

/** What we know of writing to an address moves from the requester to a table of its own, since mass mail goes to others too. */
export class AddressState1702000000000 extends DialectMigration {
  readonly name = 'AddressState1702000000000';

  readonly sqlite = [
    'CREATE TABLE "address_state" ("address" varchar(254) PRIMARY KEY NOT NULL, "undeliverableAt" datetime(3), "undeliverableReason" varchar(500), "hardBounces" integer NOT NULL, "hardBouncedAt" datetime(3), "softBounces" integer NOT NULL, "countedMailId" varchar(36), "optedOutAt" datetime(3))',
    'INSERT INTO "address_state" ("address", "undeliverableAt", "hardBounces", "softBounces") SELECT "email", "undeliverableAt", 0, 0 FROM "requester" WHERE "email" IS NOT NULL AND "undeliverableAt" IS NOT NULL',
    'ALTER TABLE "requester" DROP COLUMN "undeliverableAt"',
  ];

  readonly mysql = [
    'CREATE TABLE `address_state` (`address` varchar(254) NOT NULL, `undeliverableAt` datetime(3) NULL, `undeliverableReason` varchar(500) NULL, `hardBounces` int NOT NULL, `hardBouncedAt` datetime(3) NULL, `softBounces` int NOT NULL, `countedMailId` varchar(36) NULL, `optedOutAt` datetime(3) NULL, PRIMARY KEY (`address`)) ENGINE=InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin',
    'INSERT INTO `address_state` (`address`, `undeliverableAt`, `hardBounces`, `softBounces`) SELECT `email`, `undeliverableAt`, 0, 0 FROM `requester` WHERE `email` IS NOT NULL AND `undeliverableAt` IS NOT NULL',
    'ALTER TABLE `requester` DROP COLUMN `undeliverableAt`',
  ];
}
