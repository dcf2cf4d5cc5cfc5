import type { RankSettings } from './settings.ts';
import type { TextIndex } from './text-index.ts';
import type { Token } from './tokens.ts';

/** A term of the index that stands for a word of the letter: the word itself (likeness 1) or one that looks like it. */
export interface Variant {
  readonly id: number;
  readonly likeness: number;
  /** What one fully counting occurrence adds to an article's score. */
  readonly weight: number;
}

/** One word of the letter, with all that is looked up for it. */
export interface QueryWord {
  /** As it stands in the letter, at its first occurrence. */
  readonly surface: string;
  readonly term: string;
  readonly isStop: boolean;
  /** Its weight in the letter: how rare, how often, function word or not. */
  readonly mass: number;
  /** Empty when neither the word nor anything like it is known. */
  readonly variants: readonly Variant[];
}

/** A letter, ready to be looked up. */
export interface Query {
  readonly words: readonly QueryWord[];
  /** Places in `words` of words that stand side by side in the letter. */
  readonly pairs: readonly (readonly [number, number])[];
  /** Sum of the masses of all words, known or not. */
  readonly totalMass: number;
}

/** Part of a letter and how often each of its words counts. */
export interface QueryPart {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly times: number;
}

interface Count {
  readonly surface: string;
  readonly term: string;
  readonly isStop: boolean;
  readonly isCode: boolean;
  times: number;
}

type Weighed = Count & { readonly id: number | undefined; readonly documents: number; readonly mass: number };

/** Chooses the words of a letter that are looked up in an index, and weighs them. */
export function buildQuery(index: TextIndex, parts: readonly QueryPart[], settings: RankSettings): Query {
  const counts = countTerms(parts);
  const weighed = [...counts.values()].map((count) => weigh(index, count, settings)).sort((a, b) => b.mass - a.mass);
  const chosen = withoutCommon(index, weighed, settings).slice(0, settings.maxTerms);
  const words = withVariants(index, chosen, settings);
  const places = new Map(words.map((word, place) => [word.term, place]));
  return { words, pairs: pairsOf(parts, places), totalMass: chosen.reduce((sum, word) => sum + word.mass, 0) };
}

function countTerms(parts: readonly QueryPart[]): Map<string, Count> {
  const counts = new Map<string, Count>();
  for (const { text, tokens, times } of parts) {
    for (const { term, start, end } of tokens) {
      const known = counts.get(term.text);
      if (known) known.times += times;
      else {
        const { isStop, isCode } = term;
        counts.set(term.text, { surface: text.slice(start, end), term: term.text, isStop, isCode, times });
      }
    }
  }
  return counts;
}

/** BM25's inverse document frequency; never negative. */
export function rarity(documents: number, all: number): number {
  return Math.log(1 + (all - documents + 0.5) / (documents + 0.5));
}

function weigh(index: TextIndex, count: Count, settings: RankSettings): Weighed {
  const id = index.vocabulary.idOf(count.term);
  const documents = id === undefined ? 0 : index.documentsWith(id);
  return { ...count, id, documents, mass: emphasis(count, settings) * rarity(documents, index.size) };
}

function emphasis({ times, isStop }: Count, { k3, stopWeight }: RankSettings): number {
  return (((k3 + 1) * times) / (k3 + times)) * (isStop ? stopWeight : 1);
}

function withoutCommon(index: TextIndex, words: readonly Weighed[], settings: RankSettings): readonly Weighed[] {
  if (index.size < settings.commonFrom) return words;
  const most = settings.commonShare * index.size;
  const isRare = (word: Weighed) => word.documents <= most;
  const rareContent = words.filter((word) => !word.isStop && word.documents > 0 && isRare(word));
  return rareContent.length >= settings.keptTerms ? words.filter(isRare) : words;
}

/** Adds what stands for each word; look-alikes only while the lists to be read stay within the budget. */
function withVariants(index: TextIndex, words: readonly Weighed[], settings: RankSettings): QueryWord[] {
  let postings = words.reduce((sum, word) => sum + word.documents, 0);
  let searched = 0;
  let read = 0;
  return words.map((word) => {
    const { surface, term, isStop, mass } = word;
    const strength = emphasis(word, settings);
    const variants: Variant[] = [];
    if (word.id !== undefined) variants.push({ id: word.id, likeness: 1, weight: mass });
    const cost = isStop || word.isCode ? 0 : index.vocabulary.costOfAlike(term);
    const isAffordable = searched < settings.alikeWords && read + cost <= settings.alikeBudget;
    if (!isStop && !word.isCode && isAffordable) {
      searched++;
      read += cost;
      for (const { id, weight } of index.vocabulary.alike(term)) {
        const documents = index.documentsWith(id);
        if (postings + documents > settings.postingBudget) continue;
        postings += documents;
        // A rare look-alike of a common word must not weigh more than the word itself.
        const rare = rarity(Math.max(documents, word.documents), index.size);
        variants.push({ id, likeness: weight, weight: strength * weight * rare });
      }
    }
    return { surface, term, isStop, mass, variants };
  });
}

function pairsOf(parts: readonly QueryPart[], places: ReadonlyMap<string, number>): (readonly [number, number])[] {
  const pairs = new Map<number, readonly [number, number]>();
  for (const { tokens } of parts) {
    let before: number | undefined;
    for (const { term } of tokens) {
      const place = places.get(term.text);
      if (before !== undefined && place !== undefined) pairs.set(before * 65536 + place, [before, place]);
      before = place;
    }
  }
  return [...pairs.values()];
}
