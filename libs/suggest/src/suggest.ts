import { BaseIndex } from './base-index.ts';
import type { StoredDocument, SuggestDocument } from './document.ts';
import { type Examined, Examiner } from './examine.ts';
import { Explainer, type Explanation } from './explain.ts';
import { letterWords, longestSubject } from './letter-text.ts';
import { buildQuery, type QueryPart } from './query.ts';
import { defaultSettings, type RankSettings } from './settings.ts';
import { tokenise } from './tokens.ts';

/** What is asked: the articles of one base that answer a letter. */
export interface SuggestQuery {
  readonly base: string;
  readonly subject?: string;
  /** The letter, plain text; what is over 20,000 characters is not looked at. */
  readonly text: string;
  /** ISO 639-1 code of the letter; guessed when left out. */
  readonly language?: string;
  /** At most so many results, 0 to 50. */
  readonly first: number;
  /** Least confidence of a result, 0 to 1: what is under it is silence, not a weak suggestion. `defaultFloor` when left out. */
  readonly floor?: number;
  /** A factor for an article's score, as for one found not useful for such letters; see `weakening`. */
  readonly weaken?: (id: string) => number;
}

/** One suggested article. */
export interface SuggestResult extends Explanation {
  readonly id: string;
  /** For a bar, 0 to 1, falling down the list: the best article's coverage, and the others in proportion to their raw score. */
  readonly score: number;
  /** BM25 points; comparable within one answer only. */
  readonly rawScore: number;
  /** Share of the weight of the letter's content words that this article has, 0 to 1. */
  readonly coverage: number;
  /** How sure the engine is, 0 to 1: what the floor is held against. A match in title or learnt texts says more than one in the body. */
  readonly confidence: number;
}

/** The confidence under which nothing is shown, unless the query says otherwise. */
export const defaultFloor = 0.22;
export const mostResults = 50;

/** The factor for an article that was found not useful so many times for such letters: 0.8 each time, never under 0.5. */
export function weakening(times: number): number {
  return Math.max(0.5, 0.8 ** Math.max(0, times));
}

/**
 * Articles of several bases in memory, and the best of them for a letter, with the reason. Exact after every single call,
 * so it can be filled in slices and kept in step with a database. It never throws on any text.
 */
export class SuggestIndex {
  readonly #settings: RankSettings;
  readonly #bases = new Map<string, BaseIndex>();
  readonly #baseOf = new Map<string, string>();

  constructor(settings: Partial<RankSettings> = {}) {
    this.#settings = { ...defaultSettings, ...settings };
  }

  /** Number of articles, in one base or in all. */
  size(base?: string): number {
    return base === undefined ? this.#baseOf.size : (this.#bases.get(base)?.size ?? 0);
  }

  has(id: string): boolean {
    return this.#baseOf.has(id);
  }

  /** Takes an article in; one with the same id is replaced, also when it was in another base. @throws RangeError over a million articles a base */
  add(article: SuggestDocument): void {
    this.remove(article.id);
    let base = this.#bases.get(article.base);
    if (!base) {
      base = new BaseIndex(this.#settings);
      this.#bases.set(article.base, base);
    }
    base.add(article);
    this.#baseOf.set(article.id, article.base);
  }

  /** The same as `add`, for the reader's sake. */
  update(article: SuggestDocument): void {
    this.add(article);
  }

  /** Takes an article out; tells whether it was there. */
  remove(id: string): boolean {
    const name = this.#baseOf.get(id);
    const base = name === undefined ? undefined : this.#bases.get(name);
    if (name === undefined || !base) return false;
    base.remove(id);
    this.#baseOf.delete(id);
    if (base.size === 0) this.#bases.delete(name);
    return true;
  }

  /** Puts these learnt texts (cleaned, newest first) in the place of those an article had; tells whether it is there. */
  setFeedback(id: string, texts: readonly string[]): boolean {
    const base = this.#bases.get(this.#baseOf.get(id) ?? '');
    if (!base || !this.#baseOf.has(id)) return false;
    base.setFeedback(id, texts);
    return true;
  }

  /** The articles of a base that answer a letter, best first; empty when none covers enough of it. */
  suggest(query: SuggestQuery): SuggestResult[] {
    const base = this.#bases.get(query.base);
    const first = Math.min(mostResults, Math.max(0, Math.floor(query.first) || 0));
    if (!base || first === 0) return [];
    const parts = partsOf(base, query, this.#settings.subjectWeight);
    const built = buildQuery(base.index, parts, this.#settings);
    const examiner = new Examiner(base.index, built, this.#settings);
    const ranked = base.ranker
      .best(built, Math.max(this.#settings.examined, first))
      .map((scored) => examined(base, examiner.examine(scored), query.weaken))
      .sort((a, b) => b.score - a.score || a.document - b.document)
      .filter(({ confidence }) => confidence >= (query.floor ?? defaultFloor))
      .slice(0, first);
    const explainer = new Explainer(base.index, built);
    return ranked.map((one) => resultOf(one, ranked[0]!, explainer));
  }
}

type Candidate = Examined & { readonly article: StoredDocument };

function partsOf(base: BaseIndex, query: SuggestQuery, subjectWeight: number): QueryPart[] {
  const subject = (query.subject ?? '').slice(0, longestSubject);
  const text = letterWords(query.text);
  const language = base.languageFor(`${subject}\n${text}`, query.language ?? '');
  return [
    { text: subject, tokens: tokenise(subject, language), times: subjectWeight },
    { text, tokens: tokenise(text, language), times: 1 },
  ];
}

function examined(base: BaseIndex, one: Examined, weaken?: (id: string) => number): Candidate {
  const article = base.articleOf(one.document)!;
  return { ...one, article, score: one.score * (weaken?.(article.id) ?? 1) };
}

function resultOf(one: Candidate, best: Candidate, explainer: Explainer): SuggestResult {
  return {
    id: one.article.id,
    score: best.score > 0 ? best.coverage * (one.score / best.score) : 0,
    rawScore: one.score,
    coverage: one.coverage,
    confidence: one.confidence,
    ...explainer.explain(one.article, one),
  };
}
