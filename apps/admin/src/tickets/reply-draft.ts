import { readStored, writeStored } from '../ui/use-stored.ts';

/** What an agent is writing. `key` names this one answer, so that sending it twice sends it once. */
export interface ReplyDraft {
  text: string;
  html: string | null;
  isNote: boolean;
  key: string;
  suggestionArticleId: string | null;
  /** When it was last changed, ISO. */
  updatedAt: string;
}

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
    updatedAt: new Date(0).toISOString(),
  };
}

/** The draft that this browser keeps; null when there is none or it cannot be read. */
export function readLocalDraft(ticketId: string): ReplyDraft | null {
  const stored = readStored(storageKey(ticketId));
  if (!stored) return null;
  try {
    const draft = JSON.parse(stored) as Partial<ReplyDraft>;
    if (typeof draft.text !== 'string' || typeof draft.updatedAt !== 'string') return null;
    return { ...emptyDraft(draft.isNote === true), ...draft } as ReplyDraft;
  } catch {
    return null;
  }
}

/** Keeps the draft in this browser; an empty one is forgotten. */
export function writeLocalDraft(ticketId: string, draft: ReplyDraft): void {
  writeStored(storageKey(ticketId), draft.text.trim() ? JSON.stringify(draft) : null);
}

/** Forgets the draft in this browser. */
export function dropLocalDraft(ticketId: string): void {
  writeStored(storageKey(ticketId), null);
}

interface ServerDraft {
  text: string;
  html: string | null;
  isNote: boolean;
  updatedAt: string;
}

/** The newer of what this browser and what the server keeps; null when neither has one. */
export function newestDraft(local: ReplyDraft | null, server: ServerDraft | null): ReplyDraft | null {
  if (!server?.text.trim()) return local;
  if (local && Date.parse(local.updatedAt) >= Date.parse(server.updatedAt)) return local;
  const { text, html, isNote, updatedAt } = server;
  return { ...emptyDraft(isNote), text, html, updatedAt };
}
