import type { DraftFieldsFragment } from '../gql/graphql.ts';
import { readStored, writeStored } from '../ui/use-stored.ts';

/** A file that the server has taken. */
export interface UploadedFile {
  id: string;
  name: string;
  mimeType: string;
  sizeBytes: number;
}

/** A file of this mail. `isPicture`: it was put into the words, and goes along only while it stands there. */
export interface DraftFile extends UploadedFile {
  isPicture: boolean;
}

/** What an agent is writing. `key` names this one answer, so that sending it twice sends it once. */
export interface ReplyDraft {
  text: string;
  html: string | null;
  isNote: boolean;
  key: string;
  suggestionArticleId: string | null;
  /** Whom a forwarded message goes to, as typed; a reply goes to the requester. */
  to: string[];
  cc: string[];
  bcc: string[];
  /** Recipients were chosen by hand, so they are worth keeping without a word. */
  hasOwnPeople: boolean;
  files: DraftFile[];
  /** The message that is sent on; null: it answers the ticket. */
  forwardOfId: string | null;
  /** Files of that message that do not go along. */
  leftOutIds: string[];
  /** Files that were sent up elsewhere and cannot be had here. */
  lostFiles: number;
  /** When it was last changed, ISO. */
  updatedAt: string;
}

/** What the editor makes: an answer, words for the team, or a message for somebody else. */
export type ReplyMode = 'reply' | 'note' | 'forward';

/** What a draft is meant to become. */
export const modeOf = ({ isNote, forwardOfId }: Pick<ReplyDraft, 'isNote' | 'forwardOfId'>): ReplyMode =>
  isNote ? 'note' : forwardOfId ? 'forward' : 'reply';

const storageKey = (ticketId: string) => `draft:${ticketId}`;

/** 128 random bits in hex; works on pages without TLS too, where crypto.randomUUID does not exist. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** An empty draft with a key of its own. */
export function emptyDraft(isNote: boolean): ReplyDraft {
  return {
    text: '',
    html: null,
    isNote,
    key: newKey(),
    suggestionArticleId: null,
    to: [],
    cc: [],
    bcc: [],
    hasOwnPeople: false,
    files: [],
    forwardOfId: null,
    leftOutIds: [],
    lostFiles: 0,
    updatedAt: new Date(0).toISOString(),
  };
}

/** Whether the words hold anything: letters, or a picture. */
export const hasWords = ({ text, html }: Pick<ReplyDraft, 'text' | 'html'>): boolean =>
  text.trim() !== '' || html?.includes('<img') === true;

/** Whether anything would be lost with the draft. */
export const isWorthKeeping = (draft: ReplyDraft): boolean =>
  hasWords(draft) || draft.files.length > 0 || (draft.hasOwnPeople && hasPeople(draft));

const hasPeople = ({ to, cc, bcc }: ReplyDraft) => to.length + cc.length + bcc.length > 0;

/** The files that go with the mail: a picture whose place in the words is gone stays behind. */
export function filesToSend({ files, html }: Pick<ReplyDraft, 'files' | 'html'>): DraftFile[] {
  return files.filter(({ id, isPicture }) => !isPicture || standsIn(html, id));
}

/** Whether a file is shown within the words. */
export const standsIn = (html: string | null, fileId: string): boolean => html?.includes(`/uploads/${fileId}`) ?? false;

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string');

/** A draft that was stored, as far as it can be read; null: it cannot. */
export function readDraft(stored: string | null): ReplyDraft | null {
  if (!stored) return null;
  try {
    const draft = JSON.parse(stored) as Partial<ReplyDraft>;
    if (typeof draft.text !== 'string' || typeof draft.updatedAt !== 'string') return null;
    const whole = { ...emptyDraft(draft.isNote === true), ...draft };
    for (const list of ['to', 'cc', 'bcc', 'leftOutIds'] as const) if (!isTexts(whole[list])) whole[list] = [];
    if (!Array.isArray(whole.files)) whole.files = [];
    return whole;
  } catch {
    return null;
  }
}

/** The draft that this browser keeps; null when there is none or it cannot be read. */
export function readLocalDraft(ticketId: string): ReplyDraft | null {
  return readDraft(readStored(storageKey(ticketId)));
}

/** Keeps the draft in this browser; an empty one is forgotten. */
export function writeLocalDraft(ticketId: string, draft: ReplyDraft): void {
  writeStored(storageKey(ticketId), isWorthKeeping(draft) ? JSON.stringify(draft) : null);
}

/** Forgets the draft in this browser. */
export function dropLocalDraft(ticketId: string): void {
  writeStored(storageKey(ticketId), null);
}

/** A draft of the server as the editor takes it. */
export function fromServer(draft: DraftFieldsFragment): ReplyDraft {
  const { text, html, isNote, to, cc, bcc, attachments, forwardOfId, leftOutIds, lostAttachments, updatedAt } = draft;
  return {
    ...emptyDraft(isNote),
    text,
    html,
    to: [...to],
    cc: [...cc],
    bcc: [...bcc],
    hasOwnPeople: true,
    files: attachments.map(({ id, name, mimeType, sizeBytes }) => {
      return { id, name, mimeType, sizeBytes, isPicture: standsIn(html, id) };
    }),
    forwardOfId,
    leftOutIds: [...leftOutIds],
    lostFiles: lostAttachments,
    updatedAt,
  };
}

/** The newer of what this browser and what the server keeps; null when neither has one. */
export function newestDraft(local: ReplyDraft | null, server: DraftFieldsFragment | null): ReplyDraft | null {
  if (!server) return local;
  const kept = fromServer(server);
  if (!isWorthKeeping(kept) && kept.lostFiles === 0) return local;
  if (local && Date.parse(local.updatedAt) >= Date.parse(server.updatedAt)) return local;
  return kept;
}
