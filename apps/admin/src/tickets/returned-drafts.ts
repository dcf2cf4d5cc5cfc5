const listeners = new Set<(ticketId: string) => void>();
const savers = new Map<string, () => Promise<void>>();

/** Calls back with the ticket whose draft was put into this browser by something else than its editor. Returns the way to stop. */
export function onDraftReturned(listener: (ticketId: string) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Says that a ticket's draft was put into this browser. */
export function draftReturned(ticketId: string): void {
  for (const listener of listeners) listener(ticketId);
}

/** An open editor tells how its draft is saved at once. Returns the way to stop. */
export function offerSaving(ticketId: string, save: () => Promise<void>): () => void {
  savers.set(ticketId, save);
  return () => {
    if (savers.get(ticketId) === save) savers.delete(ticketId);
  };
}

/** Saves what stands in the open editor of a ticket, if there is one. */
export async function saveOpenDraft(ticketId: string): Promise<void> {
  await savers.get(ticketId)?.();
}
