/**
 * The message that came into the ticket last, or undefined. The thread is in order of the letters' own dates, and a
 * letter may have been under way for hours; ids grow with the time of filing.
 */
export function lastFiled<M extends { id: string }>(messages: readonly M[]): M | undefined {
  return messages.reduce<M | undefined>((last, one) => (last && last.id > one.id ? last : one), undefined);
}

/** The newest reply of each ticket that was sent from this window; the thread on screen may not have it yet. */
const sentHere = new Map<string, string>();

/** Remembers a reply of this window. It was let through, so all before it had been seen or overruled. */
export function noteSentHere(ticketId: string, messageId: string): void {
  sentHere.set(ticketId, messageId);
}

/** The later one of the last message on screen and the last one that this window has sent. */
export function lastSeen(ticketId: string, onScreen: string | undefined): string | undefined {
  const own = sentHere.get(ticketId);
  return own !== undefined && (onScreen === undefined || own > onScreen) ? own : onScreen;
}
