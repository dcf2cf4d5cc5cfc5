import { buildEntryIndex, decideSender, type EntryIndex } from '@support-center/mail';
import type { AddressState } from '../outbound/address-state.entity.ts';

/** Why no mass mail goes to an address. */
export type Exclusion = 'optedOut' | 'undeliverable' | 'blocked';

const NO_HIGHLIGHT = buildEntryIndex([]);

/** What speaks against writing to this address, by what is known of it and the list Spam E-mails; null: nothing. */
export function exclusionOf(
  address: string,
  states: ReadonlyMap<string, AddressState>,
  spam: EntryIndex,
): Exclusion | null {
  const state = states.get(address);
  if (state?.optedOutAt) return 'optedOut';
  if (state?.undeliverableAt) return 'undeliverable';
  return decideSender(address, NO_HIGHLIGHT, spam).kind === 'spam' ? 'blocked' : null;
}
