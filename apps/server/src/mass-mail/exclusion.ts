import { buildEntryIndex, type EntryIndex, matchEntry, parseEntryList, withoutSubAddress } from '@support-center/mail';
import type { AddressState } from '../outbound/address-state.entity.ts';
import type { SupportSettings } from '../settings/read-settings.ts';

/** Why no mass mail goes to an address. */
export type Exclusion = 'own' | 'optedOut' | 'undeliverable' | 'blocked';

/** Why, as the end of a sentence that begins with the address. */
export const exclusionWords: Readonly<Record<Exclusion, string>> = {
  own: 'is an address of the desk itself',
  optedOut: 'wants no more of these mails',
  undeliverable: 'is an address that mail came back from',
  blocked: 'stands on the list Spam E-mails',
};

/** What the settings say about who gets no mass mail. */
export interface ExclusionRules {
  /** The addresses of the desk itself: what is sent there would come back in as mail. */
  readonly own: ReadonlySet<string>;
  /** The list Spam E-mails. */
  readonly spam: EntryIndex;
}

/** The rules of these settings. Pure. */
export function exclusionRules(
  settings: Pick<SupportSettings, 'supportEmail' | 'defaultEmailFrom' | 'spamEntries'>,
): ExclusionRules {
  const own = [settings.supportEmail, settings.defaultEmailFrom].filter((address) => address !== null);
  return { own: new Set(own), spam: buildEntryIndex(parseEntryList(settings.spamEntries).entries) };
}

/** What speaks against writing to this normalised address, by what is known of it and by the settings; null: nothing. */
export function exclusionOf(
  address: string,
  states: ReadonlyMap<string, AddressState>,
  { own, spam }: ExclusionRules,
): Exclusion | null {
  if (own.has(address) || own.has(withoutSubAddress(address))) return 'own';
  const state = states.get(address);
  if (state?.optedOutAt) return 'optedOut';
  if (state?.undeliverableAt) return 'undeliverable';
  return matchEntry(address, spam) ? 'blocked' : null;
}
