import 'reflect-metadata';
import type { MigrationInterface } from 'typeorm';
import { CreateTables1700000000000 } from './1700000000000-create-tables.ts';
import { ThreadTickets1701000000000 } from './1701000000000-thread-tickets.ts';
import { AddressState1702000000000 } from './1702000000000-address-state.ts';
import { KeepRequesterKeys1703000000000 } from './1703000000000-keep-requester-keys.ts';
import { SenderImages1703500000000 } from './1703500000000-sender-images.ts';
import { KnowledgeBases1704000000000 } from './1704000000000-knowledge-bases.ts';
import { Suggestions1704000000001 } from './1704000000001-suggestions.ts';
import { ArticleCounts1704000000002 } from './1704000000002-article-counts.ts';
import { SendInBatches1705000000000 } from './1705000000000-send-in-batches.ts';
import { SendingSettings1705000000010 } from './1705000000010-sending-settings.ts';
import { UploadsAndUndo1705000000020 } from './1705000000020-uploads-and-undo.ts';
import { SendingPage1705000000030 } from './1705000000030-sending-page.ts';
import { MailTemplates1705000000040 } from './1705000000040-mail-templates.ts';
import { CreateCampaigns1706000000000 } from './1706000000000-create-campaigns.ts';
import { ComposeDrafts1707000000000 } from './1707000000000-compose-drafts.ts';
import { ListByActivity1709000000000 } from './1709000000000-list-by-activity.ts';
import { CountMailings1709000000010 } from './1709000000010-count-mailings.ts';
import { DeleteTickets1711000000000 } from './1711000000000-delete-tickets.ts';
import { UnpublishedChanges1712000000000 } from './1712000000000-unpublished-changes.ts';
import { FormerAddresses1713000000000 } from './1713000000000-former-addresses.ts';
import { SavedReplies1714000000000 } from './1714000000000-saved-replies.ts';
import { InsteadOfRetry1715000000000 } from './1715000000000-instead-of-retry.ts';

type MigrationClass = new () => MigrationInterface;

/** Every migration, oldest first. Forward only: a published one is never changed. */
export const migrations: MigrationClass[] = [
  CreateTables1700000000000,
  ThreadTickets1701000000000,
  AddressState1702000000000,
  KeepRequesterKeys1703000000000,
  SenderImages1703500000000,
  KnowledgeBases1704000000000,
  Suggestions1704000000001,
  ArticleCounts1704000000002,
  SendInBatches1705000000000,
  SendingSettings1705000000010,
  UploadsAndUndo1705000000020,
  SendingPage1705000000030,
  MailTemplates1705000000040,
  CreateCampaigns1706000000000,
  ComposeDrafts1707000000000,
  ListByActivity1709000000000,
  CountMailings1709000000010,
  DeleteTickets1711000000000,
  UnpublishedChanges1712000000000,
  FormerAddresses1713000000000,
  SavedReplies1714000000000,
  InsteadOfRetry1715000000000,
];
