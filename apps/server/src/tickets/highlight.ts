import { buildEntryIndex, decideSender, type EntryIndex, parseEntryList } from '@support-center/mail';

/** The lists of the settings, ready for many questions. */
export interface HighlightRule {
  readonly highlight: EntryIndex;
  readonly spam: EntryIndex;
}

/** Reads the two lists once for many tickets. */
export function highlightRule(settings: {
  highlightEntries: readonly string[];
  spamEntries: readonly string[];
}): HighlightRule {
  return {
    highlight: buildEntryIndex(parseEntryList(settings.highlightEntries).entries),
    spam: buildEntryIndex(parseEntryList(settings.spamEntries).entries),
  };
}

/** The entry of Highlight E-mails that makes this sender's tickets red; null: none does, or a spam entry is as specific. */
export function highlightOf(email: string | null, rule: HighlightRule): { entry: string } | null {
  if (email === null) return null;
  const verdict = decideSender(email, rule.highlight, rule.spam);
  return verdict.kind === 'highlight' ? { entry: verdict.entry.entry } : null;
}
