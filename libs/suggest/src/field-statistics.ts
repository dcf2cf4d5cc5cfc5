import { grown } from './growing.ts';

const drift = 0.01;

/**
 * Lengths of one field over all documents, and BM25's length norm k1 x (1 - b + b x length / average) of each document.
 * The average is taken over documents that have the field; norms are renewed when it moved by 1 %.
 */
export class FieldStatistics {
  readonly #k1: number;
  readonly #b: number;
  #lengths = new Uint32Array(0);
  #norms = new Float32Array(0);
  #total = 0;
  #filled = 0;
  #averageOfNorms = 1;

  constructor(k1: number, b: number) {
    this.#k1 = k1;
    this.#b = b;
  }

  get averageLength(): number {
    return this.#filled === 0 ? 1 : this.#total / this.#filled;
  }

  /** Sets the number of words a document has in this field; 0 takes it out. */
  setLength(document: number, length: number): void {
    this.#lengths = grown(this.#lengths, document + 1);
    this.#norms = grown(this.#norms, document + 1);
    const before = this.#lengths[document]!;
    this.#total += length - before;
    this.#filled += Number(length > 0) - Number(before > 0);
    this.#lengths[document] = length;
    this.#norms[document] = this.#normOf(length);
  }

  /** Norms by document number, in step with the average. */
  norms(): Float32Array {
    const average = this.averageLength;
    if (Math.abs(average - this.#averageOfNorms) > drift * this.#averageOfNorms) {
      this.#averageOfNorms = average;
      for (let i = 0; i < this.#lengths.length; i++) this.#norms[i] = this.#normOf(this.#lengths[i]!);
    }
    return this.#norms;
  }

  #normOf(length: number): number {
    return this.#k1 * (1 - this.#b + (this.#b * length) / this.#averageOfNorms);
  }
}
