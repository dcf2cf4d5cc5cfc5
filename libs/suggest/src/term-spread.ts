import { grown } from './growing.ts';

/** Logarithms are kept as whole numbers of this many a unit, so that what is added and taken away again leaves nothing. */
const unit = 2 ** 20;

/**
 * How evenly the occurrences of a term are spread over the documents that have it. A word that nearly all learnt texts of
 * one article have, and a few of each other one, stands in every article and still tells that one from the others.
 */
export class TermSpread {
  #occurrences = new Uint32Array(0);
  /** By term, over its documents: sum of times x ln(times). */
  #clustering = new Float64Array(0);

  /** A document has the term so many times. */
  add(term: number, times: number): void {
    this.#occurrences = grown(this.#occurrences, term + 1);
    this.#clustering = grown(this.#clustering, term + 1);
    this.#occurrences[term]! += times;
    this.#clustering[term]! += clusteringOf(times);
  }

  /** Takes away what `add` was told. */
  remove(term: number, times: number): void {
    this.#occurrences[term]! -= times;
    this.#clustering[term]! -= clusteringOf(times);
  }

  /**
   * How many documents have the term, where it is as frequent in each; less, down to 1, the more it keeps to some of them.
   * The exponential of the entropy of its shares (Hill, Diversity and evenness, 1973, order 1); 0 for a term of no document.
   */
  of(term: number): number {
    const occurrences = this.#occurrences[term] ?? 0;
    return occurrences === 0 ? 0 : occurrences * Math.exp(-this.#clustering[term]! / unit / occurrences);
  }
}

const known = Float64Array.from({ length: 256 }, (_, times) => logarithmOf(times));

function clusteringOf(times: number): number {
  return known[times] ?? logarithmOf(times);
}

function logarithmOf(times: number): number {
  return times === 0 ? 0 : Math.round(times * Math.log(times) * unit);
}
