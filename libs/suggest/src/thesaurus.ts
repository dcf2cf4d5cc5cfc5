import { baseLanguage } from './stemming.ts';
import { termsOf } from './terms.ts';
import { groups } from './thesaurus-words.ts';

type Thesaurus = ReadonlyMap<string, ReadonlySet<string>>;

const none: ReadonlySet<string> = new Set();
const ready = new Map<string, Thesaurus>();

function makeThesaurus(language: string): Thesaurus {
  const terms = termsOf(language);
  const related = new Map<string, Set<string>>();
  const lines = Object.hasOwn(groups, language) ? groups[language]!.split('\n') : [];
  for (const line of lines) {
    const group = line
      .trim()
      .split(/\s+/)
      .map((word) => terms.termOf(word).text);
    for (const word of group) {
      const others = related.get(word) ?? new Set<string>();
      for (const other of group) if (other !== word) others.add(other);
      related.set(word, others);
    }
  }
  return related;
}

/** Terms that say nearly the same as a term, in a language; none where we have no list. */
export function synonymsOf(term: string, language: string): ReadonlySet<string> {
  const code = baseLanguage(language);
  let thesaurus = ready.get(code);
  if (!thesaurus) {
    thesaurus = makeThesaurus(code);
    if (thesaurus.size > 0) ready.set(code, thesaurus);
  }
  return thesaurus.get(term) ?? none;
}
