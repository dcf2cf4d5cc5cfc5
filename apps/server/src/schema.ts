import 'reflect-metadata';
import { createPubSub } from '@graphql-yoga/subscription';
import type { GraphQLSchema } from 'graphql';
import { GraphQLDateTime } from 'graphql-scalars';
import { buildSchema, type NonEmptyArray } from 'type-graphql';
import { AccountResolver } from './accounts/account.resolver.ts';
import { DecryptionResolver } from './intake/decryption.resolver.ts';
import { DeleteTicketResolver } from './intake/delete-ticket.resolver.ts';
import { DryRunResolver } from './intake/dry-run.resolver.ts';
import { IntakeResolver, MailboxCollectionResolver } from './intake/intake.resolver.ts';
import { StoppedConfirmationsResolver } from './intake/stopped-confirmations.resolver.ts';
import { ArticleResolver, ArticleVersionResolver } from './knowledge-base/article.resolver.ts';
import { ImportResolver } from './knowledge-base/import.resolver.ts';
import { ArticleCategoryResolver, KnowledgeBaseResolver } from './knowledge-base/knowledge-base.resolver.ts';
import { SuggestionResolver } from './knowledge-base/suggestion.resolver.ts';
import { UnpublishedChangesResolver } from './knowledge-base/unpublished-changes.resolver.ts';
import { CampaignRecipientResolver, CampaignResolver, TicketCampaignResolver } from './mass-mail/campaign.resolver.ts';
import { RetryOutgoingResolver } from './mass-mail/retry-outgoing.resolver.ts';
import { SenderPreviewResolver } from './outbound/sender-preview.resolver.ts';
import { TemplateResolver } from './outbound/template.resolver.ts';
import { SavedReplyResolver } from './saved-replies/saved-reply.resolver.ts';
import { SettingsResolver } from './settings/settings.resolver.ts';
import { ComposeResolver, DraftResolver, UploadResolver } from './tickets/compose.resolver.ts';
import { DeletedTicketResolver } from './tickets/deleted-ticket.resolver.ts';
import { AttachmentResolver, MessageResolver } from './tickets/message.resolver.ts';
import { RequesterResolver } from './tickets/requester.resolver.ts';
import { RequesterKeyResolver } from './tickets/requester-key.resolver.ts';
import { SectionResolver } from './tickets/section.resolver.ts';
import { SendingResolver } from './tickets/sending.resolver.ts';
import { SendingPageResolver } from './tickets/sending-page.resolver.ts';
import { TicketSuggestionResolver } from './tickets/suggestion.resolver.ts';
import { TicketResolver } from './tickets/ticket.resolver.ts';
import { TicketEventResolver } from './tickets/ticket-event.resolver.ts';
import { TicketLinksResolver } from './tickets/ticket-links.resolver.ts';

/** Every resolver of the product. */
const resolvers: NonEmptyArray<new () => object> = [
  AccountResolver,
  SettingsResolver,
  TicketResolver,
  TicketLinksResolver,
  TicketEventResolver,
  SectionResolver,
  MessageResolver,
  AttachmentResolver,
  ComposeResolver,
  DraftResolver,
  UploadResolver,
  SendingResolver,
  SendingPageResolver,
  RetryOutgoingResolver,
  TemplateResolver,
  SenderPreviewResolver,
  RequesterResolver,
  IntakeResolver,
  DryRunResolver,
  MailboxCollectionResolver,
  KnowledgeBaseResolver,
  ArticleCategoryResolver,
  ArticleResolver,
  ArticleVersionResolver,
  UnpublishedChangesResolver,
  ImportResolver,
  SuggestionResolver,
  TicketSuggestionResolver,
  CampaignResolver,
  CampaignRecipientResolver,
  TicketCampaignResolver,
  RequesterKeyResolver,
  DecryptionResolver,
  StoppedConfirmationsResolver,
  DeletedTicketResolver,
  DeleteTicketResolver,
  SavedReplyResolver,
];

/** Where live events reach the subscriptions of this process. */
export type LivePubSub = ReturnType<typeof makePubSub>;

/** A hub for the subscriptions of one process. */
export function makePubSub() {
  return createPubSub<Record<string, [object]>>();
}

/** The executable schema; with a path it is also printed there. */
export async function makeSchema(pubSub: LivePubSub, printTo?: string): Promise<GraphQLSchema> {
  return buildSchema({
    resolvers: resolvers as never,
    pubSub: pubSub as never,
    scalarsMap: [{ type: Date, scalar: GraphQLDateTime }],
    validate: { forbidUnknownValues: false, whitelist: false },
    ...(printTo ? { emitSchemaFile: { path: printTo, sortedSchema: true } } : {}),
  });
}
