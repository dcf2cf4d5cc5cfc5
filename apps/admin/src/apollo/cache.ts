import { type FieldFunctionOptions, InMemoryCache, type Reference } from '@apollo/client';

interface StoredConnection {
  nodes: Reference[];
  pageInfo: { endCursor: string | null; hasNextPage: boolean };
  totalCount: number;
}

/** Joins windows of a keyset list: a window without `after` starts the list anew, any other is put behind what is there. */
export function joinWindows(
  existing: StoredConnection | undefined,
  incoming: StoredConnection,
  { args, readField }: Pick<FieldFunctionOptions, 'args' | 'readField'>,
): StoredConnection {
  if (!args?.after || !existing) return incoming;
  const known = new Set(existing.nodes.map((node) => readField('id', node)));
  const added = incoming.nodes.filter((node) => !known.has(readField('id', node)));
  return { ...incoming, nodes: [...existing.nodes, ...added] };
}

const keysetList = (keyArgs: string[] | false) => ({ keyArgs, merge: joinWindows });

/** The cache of the app: lists grow window by window, everything with an id is one object. */
export function createCache(): InMemoryCache {
  return new InMemoryCache({
    typePolicies: {
      Query: {
        fields: {
          tickets: keysetList(['filter']),
          inboundMails: keysetList(['filter']),
          campaigns: keysetList(false),
          savedReplies: keysetList(false),
          outgoingMails: { keyArgs: ['filter', 'after'] },
          ticket: {
            read: (existing, { args, toReference }) =>
              existing ?? (args?.id ? toReference({ __typename: 'Ticket', id: args.id }) : undefined),
          },
        },
      },
      Ticket: {
        fields: {
          messages: keysetList(false),
          suggestions: { merge: (_, incoming) => incoming },
          draft: { merge: true },
        },
      },
      Campaign: {
        fields: { recipients: keysetList(['state', 'search']), counts: { merge: (_, incoming) => incoming } },
      },
      KnowledgeBase: { fields: { articles: keysetList(['filter']), categories: { merge: (_, incoming) => incoming } } },
      Article: {
        fields: {
          versions: keysetList(false),
          linkProblems: { merge: (_, incoming) => incoming },
          unpublishedChanges: { merge: true },
        },
      },
      UnpublishedChanges: { keyFields: false, fields: { linkProblems: { merge: (_, incoming) => incoming } } },
      SuggestionStats: { keyFields: false },
      SuggestionIndex: { keyFields: [] },
      SupportSettings: { keyFields: [] },
      Sending: {
        keyFields: [],
        fields: {
          waiting: { merge: (_, incoming) => incoming },
          failureCauses: { merge: (_, incoming) => incoming },
        },
      },
      MailTemplate: { keyFields: ['kind'], fields: { placeholders: { merge: (_, incoming) => incoming } } },
      SenderProfile: { keyFields: [], fields: { placeholders: { merge: (_, incoming) => incoming } } },
      SetupState: { keyFields: [] },
      TicketCounts: { keyFields: [] },
      TicketSection: { keyFields: ['name'] },
      Requester: { keyFields: false, merge: true },
      Undeliverable: { keyFields: false },
      Highlight: { keyFields: false },
      Draft: { keyFields: false },
      ReplyAll: { keyFields: false },
      UploadLimits: { keyFields: [] },
      WaitingMails: { keyFields: [], fields: { nodes: { merge: (_, incoming) => incoming } } },
    },
  });
}
