import { DialectMigration } from './dialect-migration.ts';

/** How far a mailing is, is counted from indexes alone, whatever its size. */
export class CountMailings1709000000010 extends DialectMigration {
  readonly name = 'CountMailings1709000000010';

  readonly sqlite = [
    'CREATE INDEX "IDX_94a7175fc7e3eb922ecd9f703f" ON "outgoing_mail" ("campaignId", "state", "sentAt")',
    'DROP INDEX "IDX_cb73ea4ada13668ff4336b6c60"',
    'CREATE INDEX "IDX_6843c2984e47ccb53cb100e139" ON "campaign_recipient" ("campaignId", "unsubscribedAt")',
  ];

  readonly mysql = [
    'CREATE INDEX `IDX_94a7175fc7e3eb922ecd9f703f` ON `outgoing_mail` (`campaignId`, `state`, `sentAt`)',
    'DROP INDEX `IDX_cb73ea4ada13668ff4336b6c60` ON `outgoing_mail`',
    'CREATE INDEX `IDX_6843c2984e47ccb53cb100e139` ON `campaign_recipient` (`campaignId`, `unsubscribedAt`)',
  ];
}
