import { BaseIndex } from './base-index.ts';
import { type Gist, gistOf } from './dismissals.ts';
import type { StoredDocument, SuggestDocument } from './document.ts';
import type { Examined } from './examine.ts';
import { Explainer } from './explain.ts';
import { letterWords, longestSubject } from './letter-text.ts';
import { buildQuery, type Query, type QueryPart } from './query.ts';
import { defaultSettings, type RankSettings } from './settings.ts';
import type { Rescore, RescoreCandidate, SuggestQuery, SuggestResult } from './suggest-query.ts';
import { tokenise } from './tokens.ts';

/** The confidence under which nothing is shown, unless the query says otherwise. */
export const defaultFloor = 0.18;
export const mostResults = 50;

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
    const base = this.#baseWith(id);
    base?.setFeedback(id, texts);
    return base !== undefined;
  }

  /**
   * Puts these texts (cleaned, newest first) in the place of those an article was found not useful for; tells whether it is
   * there. For each of them that has most content words in common with a letter, the article keeps 0.8 of its score, never under
   * 0.5.
   */
  setDismissed(id: string, texts: readonly string[]): boolean {
    const base = this.#baseWith(id);
    base?.setDismissed(id, texts);
    return base !== undefined;
  }

  /** The articles of a base that answer a letter, best first; empty when none covers enough of it. */
  suggest(query: SuggestQuery): SuggestResult[] {
    const search = this.#search(query, Math.max(wanted(query.first), this.#settings.examined));
    return search ? resultsOf(search, query.first) : [];
  }

  /**
   * As `suggest`, with the 50 best put in the order an owner's own model gives them. It decides about the order alone; what
   * is under the floor stays away. What the model throws is passed on. Articles that change meanwhile are taken as they are
   * when the model has answered.
   *
   * @throws RangeError unless the model gives one finite score, not negative, for each candidate
   */
  async suggestRescored(query: SuggestQuery, rescore: Rescore): Promise<SuggestResult[]> {
    const found = this.#search(query, mostResults);
    const top50 = found?.candidates.map((one) => toRescore(found.base, one)) ?? [];
    if (top50.length === 0) return [];
    const scores = await rescore(query, top50);
    if (scores.length !== top50.length || !scores.every((score) => Number.isFinite(score) && score >= 0)) {
      throw new RangeError(`expected ${top50.length} finite scores, none negative, from the model`);
    }
    const scoreOf = new Map(top50.map(({ id }, place) => [id, scores[place]!]));
    const search = this.#search(query, mostResults);
    if (!search) return [];
    const candidates = search.candidates
      .flatMap((one) => {
        const score = scoreOf.get(one.article.id);
        return score === undefined ? [] : [{ ...one, score }];
      })
      .sort(byScore);
    return resultsOf({ ...search, candidates }, query.first);
  }

  #baseWith(id: string): BaseIndex | undefined {
    const name = this.#baseOf.get(id);
    return name === undefined ? undefined : this.#bases.get(name);
  }

  /** Everything that may be shown for a letter, best first; undefined when nothing is asked for. */
  #search(query: SuggestQuery, depth: number): Search | undefined {
    const base = this.#bases.get(query.base);
    if (!base || wanted(query.first) === 0) return undefined;
    const parts = partsOf(base, query, this.#settings.subjectWeight);
    const built = buildQuery(base.index, parts, this.#settings);
    const { examiner } = base;
    examiner.take(built);
    const gist = gistOf(parts.flatMap(({ tokens }) => tokens));
    const { floor = defaultFloor, enoughCoverage = Number.POSITIVE_INFINITY } = query;
    const candidates = base.ranker
      .best(built, depth, query.withoutRestricted ? (document) => !base.articleOf(document)!.restricted : undefined)
      .map(({ document }) => candidateOf(base, examiner.examine(document), gist, query.weaken))
      .sort(byScore)
      .filter(({ confidence, coverage }) => confidence >= floor || coverage >= enoughCoverage);
    return { base, built, candidates };
  }
}

type Candidate = Examined & { readonly article: StoredDocument };

interface Search {
  readonly base: BaseIndex;
  readonly built: Query;
  readonly candidates: readonly Candidate[];
}

function wanted(first: number): number {
  return Math.min(mostResults, Math.max(0, Math.floor(first) || 0));
}

function byScore(a: Candidate, b: Candidate): number {
  return b.score - a.score || a.document - b.document;
}

function partsOf(base: BaseIndex, query: SuggestQuery, subjectWeight: number): QueryPart[] {
  const subject = (query.subject ?? '').slice(0, longestSubject);
  const text = letterWords(query.text);
  const language = base.languageFor(`${subject}\n${text}`, query.language ?? '');
  return [
    { text: subject, tokens: tokenise(subject, language), times: subjectWeight, language },
    { text, tokens: tokenise(text, language), times: 1, language },
  ];
}

function candidateOf(base: BaseIndex, one: Examined, gist: Gist, weaken: SuggestQuery['weaken']): Candidate {
  const article = base.articleOf(one.document)!;
  const factor = Math.min(base.weakeningFor(article.id, gist), weaken?.get(article.id) ?? 1);
  return { ...one, article, score: one.score * factor };
}

function toRescore(base: BaseIndex, { article, score, confidence }: Candidate): RescoreCandidate {
  return { id: article.id, title: article.title, body: base.bodyOf(article.document), rawScore: score, confidence };
}

function resultsOf({ base, built, candidates }: Search, first: number): SuggestResult[] {
  const explainer = new Explainer(base.index, built);
  const best = candidates[0];
  return candidates.slice(0, wanted(first)).map((one) => ({
    id: one.article.id,
    score: best && best.score > 0 ? best.coverage * (one.score / best.score) : 0,
    rawScore: one.score,
    coverage: one.coverage,
    confidence: one.confidence,
    ...explainer.explain(one.article, base.bodyOf(one.document), base.examiner.matchesOf(one.document)),
  }));
}
