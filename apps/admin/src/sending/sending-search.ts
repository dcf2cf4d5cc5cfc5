import type { DeliveryState, OutgoingKind, OutgoingMailFilter } from '../gql/graphql.ts';

/** What the address of the page says: which mails are shown. */
export interface SendingSearch {
  state?: StateChoice | undefined;
  kind?: KindChoice | undefined;
  q?: string | undefined;
  /** Where the window before this one ended. */
  after?: string | undefined;
}

const LONGEST_SEARCH = 200;
const LONGEST_CURSOR = 200;

/** The states to choose from, in the order of the buttons. */
export const STATE_CHOICES = {
  waiting: { name: 'Waiting', states: ['QUEUED', 'SENDING'] },
  failed: { name: 'Failed', states: ['FAILED'] },
  unknown: { name: 'Unknown', states: ['UNKNOWN'] },
  returned: { name: 'Came back', states: ['BOUNCED'] },
  sent: { name: 'Sent', states: ['SENT'] },
  held: { name: 'Kept back', states: ['HELD'] },
  discarded: { name: 'Given up', states: ['DISCARDED'] },
} as const satisfies Record<string, { name: string; states: readonly DeliveryState[] }>;
export type StateChoice = keyof typeof STATE_CHOICES;

/** The kinds to choose from. */
export const KIND_CHOICES = {
  replies: { name: 'Replies', kind: 'REPLY' },
  confirmations: { name: 'Confirmations', kind: 'CONFIRMATION' },
  notices: { name: 'Notices', kind: 'NOTICE' },
  mailings: { name: 'Mass mail', kind: 'CAMPAIGN' },
} as const satisfies Record<string, { name: string; kind: OutgoingKind }>;
export type KindChoice = keyof typeof KIND_CHOICES;

const text = (value: unknown, longest: number): string | undefined => {
  const words = typeof value === 'number' ? String(value) : value;
  return typeof words === 'string' && words.trim() ? words.slice(0, longest) : undefined;
};

/** Reads the address; what is not understood is left out. */
export function readSendingSearch(search: Record<string, unknown>): SendingSearch {
  const state = String(search.state);
  const kind = String(search.kind);
  return {
    state: Object.hasOwn(STATE_CHOICES, state) ? (state as StateChoice) : undefined,
    kind: Object.hasOwn(KIND_CHOICES, kind) ? (kind as KindChoice) : undefined,
    q: text(search.q, LONGEST_SEARCH),
    after: text(search.after, LONGEST_CURSOR),
  };
}

/** The same for the API; null: all mails. */
export function toFilter({ state, kind, q }: SendingSearch): OutgoingMailFilter | null {
  if (!state && !kind && !q) return null;
  return {
    ...(state ? { state: [...STATE_CHOICES[state].states] } : {}),
    ...(kind ? { kind: [KIND_CHOICES[kind].kind] } : {}),
    ...(q ? { search: q } : {}),
  };
}
