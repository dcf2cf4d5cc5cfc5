/**
 * The message that came into the ticket last, or undefined. The thread is in order of the letters' own dates, and a
 * letter may have been under way for hours; ids grow with the time of filing.
 */
export function lastFiled<M extends { id: string }>(messages: readonly M[]): M | undefined {
  return messages.reduce<M | undefined>((last, one) => (last && last.id > one.id ? last : one), undefined);
}
