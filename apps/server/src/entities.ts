import { Agent } from './accounts/agent.entity.ts';
import { AgentPassword } from './accounts/agent-password.entity.ts';
import { ApiToken } from './accounts/api-token.entity.ts';
import { ApiTokenSecret } from './accounts/api-token-secret.entity.ts';
import { Session } from './accounts/session.entity.ts';
import { InboundMail } from './intake/inbound-mail.entity.ts';
import { MailboxEvent } from './intake/mailbox-event.entity.ts';
import { MailboxKey } from './intake/mailbox-key.entity.ts';
import { MailboxStatus } from './intake/mailbox-status.entity.ts';
import { Article } from './knowledge-base/article.entity.ts';
import { ArticleCategory } from './knowledge-base/article-category.entity.ts';
import { ArticleCount } from './knowledge-base/article-count.entity.ts';
import { ArticleFeedback } from './knowledge-base/article-feedback.entity.ts';
import { ArticleRemoval } from './knowledge-base/article-removal.entity.ts';
import { ArticleSequence } from './knowledge-base/article-sequence.entity.ts';
import { ArticleVersion } from './knowledge-base/article-version.entity.ts';
import { FormerAddress } from './knowledge-base/former-address.entity.ts';
import { KnowledgeBase } from './knowledge-base/knowledge-base.entity.ts';
import { SuggestionGap } from './knowledge-base/suggestion-gap.entity.ts';
import { SuggestionUse } from './knowledge-base/suggestion-use.entity.ts';
import { UnpublishedChanges } from './knowledge-base/unpublished-changes.entity.ts';
import { Campaign } from './mass-mail/campaign.entity.ts';
import { CampaignRecipient } from './mass-mail/campaign-recipient.entity.ts';
import { AddressState } from './outbound/address-state.entity.ts';
import { MailTemplateRow } from './outbound/mail-template.entity.ts';
import { OutgoingMail } from './outbound/outgoing-mail.entity.ts';
import { SenderProfileRow } from './outbound/sender-profile.entity.ts';
import { SendingState } from './outbound/sending-state.entity.ts';
import { BlobChunk, BlobRow } from './platform/blob.entity.ts';
import type { EntityClass } from './platform/database.ts';
import { EventRow } from './platform/event.entity.ts';
import { JobRow } from './platform/job.entity.ts';
import { Lease } from './platform/lease.entity.ts';
import { ThrottleRow } from './platform/throttle.entity.ts';
import { SavedReply } from './saved-replies/saved-reply.entity.ts';
import { Mailbox } from './settings/mailbox.entity.ts';
import { MailboxSecret } from './settings/mailbox-secret.entity.ts';
import { PgpKey } from './settings/pgp-key.entity.ts';
import { PgpKeySecret } from './settings/pgp-key-secret.entity.ts';
import { SendingSettingsRow } from './settings/sending-settings.entity.ts';
import { SupportSettingsRow } from './settings/support-settings.entity.ts';
import { Attachment } from './tickets/attachment.entity.ts';
import { Counter } from './tickets/counter.entity.ts';
import { DeletedTicket } from './tickets/deleted-ticket.entity.ts';
import { Draft } from './tickets/draft.entity.ts';
import { Idempotency } from './tickets/idempotency.entity.ts';
import { Message } from './tickets/message.entity.ts';
import { MessageRef } from './tickets/message-ref.entity.ts';
import { Participant } from './tickets/participant.entity.ts';
import { Requester } from './tickets/requester.entity.ts';
import { RequesterKey } from './tickets/requester-key.entity.ts';
import { SenderImages } from './tickets/sender-images.entity.ts';
import { SentReply } from './tickets/sent-reply.entity.ts';
import { Ticket } from './tickets/ticket.entity.ts';
import { TicketEvent } from './tickets/ticket-event.entity.ts';
import { TicketRead } from './tickets/ticket-read.entity.ts';
import { Upload } from './tickets/upload.entity.ts';

/** Every table of the product. */
export const entities: EntityClass[] = [
  Agent,
  AgentPassword,
  ApiToken,
  ApiTokenSecret,
  Session,
  InboundMail,
  MailboxEvent,
  MailboxKey,
  MailboxStatus,
  Article,
  ArticleCategory,
  ArticleCount,
  ArticleFeedback,
  ArticleRemoval,
  ArticleSequence,
  ArticleVersion,
  FormerAddress,
  KnowledgeBase,
  SuggestionGap,
  SuggestionUse,
  UnpublishedChanges,
  AddressState,
  Campaign,
  CampaignRecipient,
  MailTemplateRow,
  OutgoingMail,
  SenderProfileRow,
  SendingState,
  BlobChunk,
  BlobRow,
  EventRow,
  JobRow,
  Lease,
  ThrottleRow,
  SavedReply,
  Mailbox,
  MailboxSecret,
  PgpKey,
  PgpKeySecret,
  SendingSettingsRow,
  SupportSettingsRow,
  Attachment,
  Counter,
  DeletedTicket,
  Draft,
  Idempotency,
  Message,
  MessageRef,
  Participant,
  Requester,
  RequesterKey,
  SentReply,
  SenderImages,
  Ticket,
  TicketEvent,
  TicketRead,
  Upload,
];
