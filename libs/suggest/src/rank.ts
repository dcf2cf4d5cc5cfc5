import { grown } from './growing.ts';
import type { Block } from './posting-lists.ts';
import type { Query } from './query.ts';
import type { RankSettings } from './settings.ts';
import { Payload, type TextIndex } from './text-index.ts';

/** A document and its BM25 score. */
export interface Scored {
  readonly document: number;
  readonly score: number;
}

/**
 * Scores every document that has a word of the query, field by field, and keeps the best. One per index: it holds the
 * scratch space that all queries share.
 */
export class Ranker {
  readonly #index: TextIndex;
  readonly #settings: RankSettings;
  #scores = new Float32Array(0);
  #met = new Int32Array(0);

  constructor(index: TextIndex, settings: RankSettings) {
    this.#index = index;
    this.#settings = settings;
  }

  /** The `first` best documents that are admitted, best first; equal scores keep the order of the documents' numbers. */
  best(query: Query, first: number, isAdmitted: (document: number) => boolean = () => true): Scored[] {
    this.#scores = grown(this.#scores, this.#index.capacity);
    this.#met = grown(this.#met, this.#index.capacity);
    let met = 0;
    for (const { variants } of query.words) {
      for (const { id, weight, inFeedback } of variants) met = this.#addTerm(id, weight, inFeedback, met);
    }
    return this.#collect(met, first, isAdmitted);
  }

  #addTerm(term: number, weight: number, learntShare: number, metBefore: number): number {
    const { postings } = this.#index;
    const { k1, titleWeight, bodyWeight, feedbackWeight } = this.#settings;
    const all = weight * (k1 + 1);
    let met = metBefore;
    for (let n = 0; n < postings.blocksOf(term); n++) {
      const block = postings.block(term, n);
      met = this.#addBlock(block, all * titleWeight, all * bodyWeight, all * learntShare * feedbackWeight, met);
    }
    return met;
  }

  #addBlock(
    { keys, payloads, from, to }: Block,
    title: number,
    body: number,
    feedback: number,
    before: number,
  ): number {
    const titleNorms = this.#index.title.norms();
    const bodyNorms = this.#index.body.norms();
    const feedbackNorms = this.#index.feedback.norms();
    const scores = this.#scores;
    const noted = this.#met;
    let met = before;
    for (let at = from; at < to; at++) {
      const document = keys[at]!;
      const payload = payloads[at]!;
      const inBody = (payload >>> Payload.bodyShift) & Payload.body;
      let points = 0;
      if (inBody !== 0) points = (body * inBody) / (inBody + bodyNorms[document]!);
      // Most words stand in the body alone.
      if (payload !== inBody << Payload.bodyShift) {
        const inTitle = payload & Payload.title;
        const inFeedback = payload >>> Payload.feedbackShift;
        if (inTitle !== 0) points += (title * inTitle) / (inTitle + titleNorms[document]!);
        if (inFeedback !== 0) points += (feedback * inFeedback) / (inFeedback + feedbackNorms[document]!);
      }
      const score = scores[document]!;
      if (score === 0) noted[met++] = document;
      scores[document] = score + points;
    }
    return met;
  }

  /** Picks the best of those met and clears the scores for the next query. */
  #collect(met: number, first: number, isAdmitted: (document: number) => boolean): Scored[] {
    const scores = this.#scores;
    const noted = this.#met;
    const best = new BestOf(first);
    for (let i = 0; i < met; i++) {
      const document = noted[i]!;
      const score = scores[document]!;
      scores[document] = 0;
      if (score >= best.least && isAdmitted(document)) best.offer(document, score);
    }
    return best.inOrder();
  }
}

/** The best few of many documents: a heap whose root is the worst of them. */
class BestOf {
  /** What is under it has no place here. */
  least = 0;
  readonly #most: number;
  readonly #heap: Scored[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  offer(document: number, score: number): void {
    const heap = this.#heap;
    if (heap.length < this.#most) {
      heap.push({ document, score });
      if (heap.length === this.#most) for (let at = (heap.length >>> 1) - 1; at >= 0; at--) this.#sink(at);
    } else if (this.#most > 0 && isBetter({ document, score }, heap[0]!)) {
      heap[0] = { document, score };
      this.#sink(0);
    }
    if (heap.length === this.#most) this.least = heap[0]?.score ?? 0;
  }

  inOrder(): Scored[] {
    return this.#heap.sort((a, b) => b.score - a.score || a.document - b.document);
  }

  #sink(start: number): void {
    const heap = this.#heap;
    const sinking = heap[start]!;
    let at = start;
    for (let child = 2 * at + 1; child < heap.length; child = 2 * at + 1) {
      if (child + 1 < heap.length && isBetter(heap[child]!, heap[child + 1]!)) child++;
      if (!isBetter(sinking, heap[child]!)) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = sinking;
  }
}

function isBetter(a: Scored, b: Scored): boolean {
  return a.score > b.score || (a.score === b.score && a.document < b.document);
}
