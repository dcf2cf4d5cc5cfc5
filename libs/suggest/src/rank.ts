import { grown } from './growing.ts';
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

  /** The `first` best documents, best first; equal scores keep the order of the documents' numbers. */
  best(query: Query, first: number): Scored[] {
    this.#scores = grown(this.#scores, this.#index.capacity);
    this.#met = grown(this.#met, this.#index.capacity);
    let met = 0;
    for (const { variants } of query.words) {
      for (const { id, weight, inFeedback } of variants) met = this.#addTerm(id, weight, inFeedback, met);
    }
    return this.#collect(met, first);
  }

  #addTerm(term: number, weight: number, learntShare: number, metBefore: number): number {
    const { postings, title, body, feedback } = this.#index;
    const length = postings.lengthOf(term);
    if (length === 0) return metBefore;
    const { k1, titleWeight, bodyWeight, feedbackWeight } = this.#settings;
    const documents = postings.keysOf(term);
    const payloads = postings.payloadsOf(term);
    const start = postings.offsetOf(term);
    const titleNorms = title.norms();
    const bodyNorms = body.norms();
    const feedbackNorms = feedback.norms();
    const scores = this.#scores;
    const all = weight * (k1 + 1);
    let met = metBefore;
    for (let at = start; at < start + length; at++) {
      const document = documents[at]!;
      const payload = payloads[at]!;
      const inTitle = payload & Payload.title;
      const inBody = (payload >>> Payload.bodyShift) & Payload.body;
      const inFeedback = payload >>> Payload.feedbackShift;
      let fields = 0;
      if (inBody !== 0) fields = (bodyWeight * inBody) / (inBody + bodyNorms[document]!);
      if (inTitle !== 0) fields += (titleWeight * inTitle) / (inTitle + titleNorms[document]!);
      if (inFeedback !== 0)
        fields += (learntShare * feedbackWeight * inFeedback) / (inFeedback + feedbackNorms[document]!);
      if (scores[document] === 0) this.#met[met++] = document;
      scores[document] = scores[document]! + all * fields;
    }
    return met;
  }

  /** Picks the best of those met and clears the scores for the next query. */
  #collect(met: number, first: number): Scored[] {
    const scores = this.#scores;
    const best: Scored[] = [];
    let least = 0;
    for (let i = 0; i < met; i++) {
      const document = this.#met[i]!;
      const score = scores[document]!;
      scores[document] = 0;
      if (best.length >= first && score <= least) continue;
      best.push({ document, score });
      if (best.length >= 4 * first + 64) {
        best.sort(byScore).splice(first);
        least = best[first - 1]?.score ?? 0;
      }
    }
    return best.sort(byScore).slice(0, first);
  }
}

function byScore(a: Scored, b: Scored): number {
  return b.score - a.score || a.document - b.document;
}
