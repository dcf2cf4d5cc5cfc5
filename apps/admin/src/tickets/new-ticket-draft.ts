import { readStored, writeStored } from '../ui/use-stored.ts';
import { emptyDraft, isWorthKeeping, type ReplyDraft, readDraft } from './reply-draft.ts';

/** A mail that opens a ticket, as it is being written. */
export interface NewTicket extends ReplyDraft {
  requesterEmail: string;
  requesterName: string;
  subject: string;
}

const KEPT_AS = 'draft:new-ticket';
const listeners = new Set<() => void>();

/** What this browser keeps of a new ticket; an empty form where there is nothing. */
export function readNewTicket(): NewTicket {
  const draft = readDraft(readStored(KEPT_AS)) ?? emptyDraft(false);
  const { requesterEmail, requesterName, subject } = draft as Partial<NewTicket>;
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  return {
    ...draft,
    requesterEmail: text(requesterEmail),
    requesterName: text(requesterName),
    subject: text(subject),
  };
}

/** Keeps what is typed in this browser; null forgets it. */
export function writeNewTicket(ticket: NewTicket | null): void {
  writeStored(KEPT_AS, ticket && JSON.stringify(ticket));
}

/** Calls back when a ticket that was taken back stands in the form. Returns the way to stop. */
export function onNewTicketReturned(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Puts a ticket that was taken back into the form, below what was typed there meanwhile, and lets the form open. */
export function returnNewTicket(returned: NewTicket): void {
  writeNewTicket(joined(readNewTicket(), returned));
  for (const listener of listeners) listener();
}

function joined(typed: NewTicket, returned: NewTicket): NewTicket {
  const head = (['requesterEmail', 'requesterName', 'subject'] as const).filter((name) => typed[name].trim() !== '');
  if (head.length === 0 && !isWorthKeeping(typed)) return returned;
  // Two matters in one form: what there is only one place for stands above the words.
  const lost = head.filter((name) => typed[name] !== returned[name] && returned[name] !== '');
  const lines = lost.map((name) => `${LABELS[name]}: ${returned[name]}`);
  const both = (one: readonly string[], other: readonly string[]) => [...new Set([...one, ...other])];
  return {
    ...returned,
    ...Object.fromEntries(head.map((name) => [name, typed[name]])),
    text: [typed.text, lines.join('\n'), returned.text].filter((part) => part.trim() !== '').join('\n\n'),
    html: `${htmlOf(typed)}${lines.map(paragraph).join('')}${htmlOf(returned)}`,
    cc: both(typed.cc, returned.cc),
    bcc: both(typed.bcc, returned.bcc),
    files: [...typed.files, ...returned.files],
  };
}

const LABELS = { requesterEmail: 'To', requesterName: 'Name', subject: 'Subject' } as const;

function htmlOf({ html, text }: ReplyDraft): string {
  return html ?? text.split('\n').map(paragraph).join('');
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

function paragraph(line: string): string {
  return `<p>${line.replace(/[&<>]/g, (sign) => ENTITIES[sign]!)}</p>`;
}
