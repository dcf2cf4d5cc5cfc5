import type { RankSettings } from './settings.ts';
import type { Term } from './terms.ts';
import type { TextIndex } from './text-index.ts';
import type { Token } from './tokens.ts';
import { type LetterWord, rarity, type Variant, VariantFinder } from './variants.ts';

/** One word of the letter, with all that is looked up for it. */
export interface QueryWord {
  /** As it stands in the letter, at its first occurrence. */
  readonly surface: string;
  readonly term: string;
  readonly isStop: boolean;
  /** Everywhere in the letter only a pair of characters, nowhere a word. */
  readonly isPair: boolean;
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
  readonly language: string;
}

/** Chooses the words of a letter that are looked up in an index, and weighs them. */
export function buildQuery(index: TextIndex, parts: readonly QueryPart[], settings: RankSettings): Query {
  const weighed = countTerms(index, parts)
    .map((word) => weigh(word, index.size, settings))
    .sort((a, b) => b.mass - a.mass);
  const chosen = withoutCommon(index, weighed, settings).slice(0, settings.maxTerms);
  const finder = new VariantFinder(index, parts[0]?.language ?? '', chosen, settings);
  const words = chosen.map((word) => {
    const { surface, term, isStop, isPair, mass } = word;
    return { surface, term, isStop, isPair, mass, variants: finder.variantsOf(word) };
  });
  const places = new Map(words.map((word, place) => [word.term, place]));
  return { words, pairs: pairsOf(parts, places), totalMass: chosen.reduce((sum, word) => sum + word.mass, 0) };
}

type Weighed = LetterWord & { readonly isPair: boolean };
type Counted = { -readonly [K in keyof Weighed]: Weighed[K] } & { times: number };

/** The different words of a letter, how often each stands there, and where the index has it. */
function countTerms(index: TextIndex, parts: readonly QueryPart[]): Counted[] {
  const counts = new Map<string, Counted>();
  for (const { text, tokens, times } of parts) {
    for (const { term, start, end, isPair } of tokens) {
      const known = counts.get(term.text);
      if (known) {
        known.times += times;
        known.isPair &&= isPair;
      } else counts.set(term.text, newCount(index, term, text.slice(start, end), isPair, times));
    }
  }
  return [...counts.values()];
}

function newCount(index: TextIndex, term: Term, surface: string, isPair: boolean, times: number): Counted {
  const id = index.vocabulary.idOfTerm(term);
  const documents = id === undefined ? 0 : index.documentsWith(id);
  const spread = id === undefined ? 0 : index.spreadOf(id);
  const { text, isStop, isCode } = term;
  return { surface, term: text, isStop, isCode, isPair, times, id, documents, spread, strength: 0, mass: 0 };
}

function weigh(word: Counted, all: number, { k3, stopWeight }: RankSettings): Weighed {
  word.strength = (((k3 + 1) * word.times) / (k3 + word.times)) * (word.isStop ? stopWeight : 1);
  word.mass = word.strength * rarity(word.spread, all);
  return word;
}

function withoutCommon<T extends LetterWord>(
  index: TextIndex,
  words: readonly T[],
  settings: RankSettings,
): readonly T[] {
  if (index.size < settings.commonFrom) return words;
  const most = settings.commonShare * index.size;
  const isRare = (word: LetterWord) => word.documents <= most;
  const rareContent = words.filter((word) => !word.isStop && word.documents > 0 && isRare(word));
  return rareContent.length >= settings.keptTerms ? words.filter(isRare) : words;
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
