import type { TemplateKind } from '../gql/graphql.ts';

/** What each kind of template is called in the address and on the page, and when such a mail is sent. */
export const TEMPLATES = {
  confirmation: {
    kind: 'CONFIRMATION',
    title: 'Confirmation',
    text: 'Goes out once for each new ticket. It tells the number, and of the letter nothing but the subject.',
  },
  'reply-frame': {
    kind: 'REPLY_FRAME',
    title: 'Reply frame',
    text: 'Stands around the words of every reply. Each assistant has a signature of their own, under Profile.',
  },
  'close-notice': {
    kind: 'CLOSE_NOTICE',
    title: 'Close notice',
    text: 'Tells the requester that the ticket was closed, where that is switched on.',
  },
} as const satisfies Record<string, { kind: TemplateKind; title: string; text: string }>;
export type TemplateName = keyof typeof TEMPLATES;

/** The open template, from the address. */
export function readTemplateSearch(search: Record<string, unknown>): { kind?: TemplateName | undefined } {
  const kind = String(search.kind);
  return { kind: Object.hasOwn(TEMPLATES, kind) ? (kind as TemplateName) : undefined };
}
