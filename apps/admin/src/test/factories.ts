import type {
  ArticleFieldsFragment,
  DraftFieldsFragment,
  MessageCardFragment,
  OutgoingRowFragment,
  SendingFieldsFragment,
  SettingsFieldsFragment,
  TicketRowFragment,
} from '../gql/graphql.ts';

/** A ticket of the main queue as a row has it. */
export function buildTicketRow(part: Partial<TicketRowFragment> = {}): TicketRowFragment {
  return {
    __typename: 'Ticket',
    id: 't1',
    number: 48_209,
    subject: 'Site down',
    snippet: 'All three shops answer 502.',
    status: 'OPEN',
    unread: false,
    encrypted: false,
    attachmentCount: 0,
    messageCount: 1,
    mailbox: 'support@example.com',
    createdAt: '2026-01-05T09:00:00.000Z',
    lastActivityAt: '2026-01-05T09:29:00.000Z',
    closesAt: null,
    requester: { __typename: 'Requester', name: 'Freya Nyström', email: 'freya@northwind.example' },
    assignee: null,
    highlight: null,
    ...part,
  };
}

/** The settings of a desk that works. */
export function buildSettings(part: Partial<SettingsFieldsFragment> = {}): SettingsFieldsFragment {
  return {
    __typename: 'SupportSettings',
    defaultEmailFrom: 'news@example.com',
    supportEmail: 'support@example.com',
    pop3Host: 'mail.example.com',
    pop3Port: 995,
    pop3Security: 'TLS',
    pop3User: 'support@example.com',
    pop3PasswordIsSet: true,
    pollIntervalSeconds: 60,
    smtpHost: 'mail.example.com',
    smtpPort: 587,
    smtpSecurity: 'STARTTLS',
    smtpUser: 'support@example.com',
    smtpPasswordIsSet: true,
    mailsPerMinute: null,
    smtpConnections: 4,
    undoSeconds: 10,
    sendCloseNotice: false,
    dkimDomain: null,
    dkimSelector: null,
    dkimKeyIsSet: false,
    dkimRecord: null,
    confirmationsStopped: 0,
    closeAnsweredAfterDays: 7,
    showAnswered: true,
    showOnHold: true,
    defaultKnowledgeBaseId: null,
    defaultSupportKnowledgeBaseId: null,
    maxSuggestions: 5,
    suggestionFloor: 0.22,
    suppressConfirmations: false,
    ignoreSenderAddress: false,
    subjectMatchDays: 90,
    authservId: null,
    signedReplyAddress: false,
    highlightEntries: [],
    spamEntries: [],
    keepOpenedText: true,
    pgpKeys: [],
    problems: [],
    updatedAt: null,
    ...part,
  };
}

/** A customer's message. */
export function buildMessage(part: Partial<MessageCardFragment> = {}): MessageCardFragment {
  return {
    __typename: 'Message',
    id: 'm1',
    kind: 'INBOUND',
    createdAt: '2026-01-05T09:29:00.000Z',
    sentAt: null,
    subject: 'Site down',
    from: 'freya@northwind.example',
    fromName: 'Freya Nyström',
    to: ['support@example.com'],
    cc: [],
    bcc: [],
    author: null,
    text: 'Hello\n\n> quoted',
    newText: 'Hello',
    hasQuote: true,
    htmlUrl: null,
    formatted: false,
    blockedImages: 0,
    showsSenderImages: false,
    hidesText: false,
    newSender: false,
    warnings: [],
    delivery: null,
    deliveryDetail: null,
    nextAttemptAt: null,
    undoUntil: null,
    rawUrl: null,
    pgp: null,
    reasons: [],
    attachments: [],
    ...part,
  };
}

/** A draft as the server keeps it. */
export function buildDraft(part: Partial<DraftFieldsFragment> = {}): DraftFieldsFragment {
  return {
    __typename: 'Draft',
    text: 'Hello',
    html: null,
    isNote: false,
    to: [],
    cc: [],
    bcc: [],
    forwardOfId: null,
    leftOutIds: [],
    attachments: [],
    lostAttachments: 0,
    updatedAt: '2026-01-05T10:00:00.000Z',
    ...part,
  };
}

/** A draft of a knowledge base. */
export function buildArticle(part: Partial<ArticleFieldsFragment> = {}): ArticleFieldsFragment {
  return {
    __typename: 'Article',
    id: 'art1',
    knowledgeBaseId: 'kb1',
    categoryId: null,
    title: 'Reset your password',
    slug: 'reset-your-password',
    summary: '',
    body: 'Press **Forgot password**.',
    keywords: ['login'],
    language: 'en',
    published: false,
    staffOnly: false,
    url: null,
    version: 1,
    updatedAt: '2026-01-05T10:00:00.000Z',
    updatedBy: null,
    views: 0,
    helpful: 0,
    notHelpful: 0,
    learntCount: 0,
    suggestionStats: { __typename: 'SuggestionStats', shown: 0, inserted: 0, sentUnchanged: 0, dismissed: 0 },
    linkProblems: [],
    unpublishedChanges: null,
    ...part,
  };
}

/** A way out that works, with nothing on it. */
export function buildSending(part: Partial<SendingFieldsFragment> = {}): SendingFieldsFragment {
  return {
    __typename: 'Sending',
    queued: 0,
    sending: 0,
    held: 0,
    failed: 0,
    unknown: 0,
    bounced: 0,
    oldestQueuedAt: null,
    sentLastMinute: 0,
    sentLastHour: 0,
    mailsPerMinute: null,
    trouble: null,
    troubleSince: null,
    nextTryAt: null,
    lastSentAt: null,
    missing: null,
    waiting: [],
    failureCauses: [],
    ...part,
  };
}

/** A reply that the mail server took. */
export function buildOutgoing(part: Partial<OutgoingRowFragment> = {}): OutgoingRowFragment {
  return {
    __typename: 'OutgoingMail',
    id: 'out1',
    kind: 'REPLY',
    to: ['freya@northwind.example'],
    subject: 'Re: Site down [#48209]',
    state: 'SENT',
    detail: '250 2.0.0 taken',
    attempts: 1,
    createdAt: '2026-01-05T09:29:00.000Z',
    nextAttemptAt: '2026-01-05T09:29:00.000Z',
    sentAt: '2026-01-05T09:29:02.000Z',
    campaignId: null,
    ticketNumber: 48_209,
    canRetry: false,
    canMarkSent: false,
    canDiscard: false,
    ...part,
  };
}
