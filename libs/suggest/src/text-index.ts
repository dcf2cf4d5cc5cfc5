import { FieldStatistics } from './field-statistics.ts';
import { grown } from './growing.ts';
import { PostingLists } from './posting-lists.ts';
import type { RankSettings } from './settings.ts';
import { TermSpread } from './term-spread.ts';
import type { Term } from './terms.ts';
import { Vocabulary } from './vocabulary.ts';
import { type Sequence, SequenceStore } from './word-sequence.ts';

/** A posting's payload holds how often the term stands in each field: title 3 bits, body 6, feedback 7. */
export const Payload = { title: 7, body: 63, bodyShift: 3, feedback: 127, feedbackShift: 9 } as const;

/** The most documents of one index. */
export const mostDocuments: number = 1 << 20;

/** The words of a document, per field, in reading order. */
export interface FieldWords {
  readonly title: readonly Term[];
  readonly body: readonly Term[];
  readonly feedback: readonly Term[];
}

/**
 * The inverted index of one base: which documents (by small numbers) have which terms, how often, in which field. Kept
 * exact by every single `add` and `remove`; what a removed document leaves is used again.
 */
export class TextIndex {
  readonly vocabulary: Vocabulary;
  readonly postings = new PostingLists(true);
  readonly title: FieldStatistics;
  readonly body: FieldStatistics;
  readonly feedback: FieldStatistics;
  readonly #spread = new TermSpread();
  readonly #sequences = new SequenceStore();
  readonly #freeDocuments: number[] = [];
  #capacity = 0;
  #size = 0;
  /** Scratch of one change. Counts are by term, and all zero between changes. */
  #counts = new Uint32Array(0);
  #met = new Int32Array(256);
  #ids = new Int32Array(256);

  constructor(settings: RankSettings) {
    this.vocabulary = new Vocabulary(settings);
    this.title = new FieldStatistics(settings.k1, settings.bTitle);
    this.body = new FieldStatistics(settings.k1, settings.bBody);
    this.feedback = new FieldStatistics(settings.k1, settings.bFeedback);
  }

  /** Documents in the index. */
  get size(): number {
    return this.#size;
  }

  /** Document numbers are smaller than this. */
  get capacity(): number {
    return this.#capacity;
  }

  /** In how many documents the term stands. */
  documentsWith(term: number): number {
    return this.postings.lengthOf(term);
  }

  /** Over how many documents the term is spread: all that have it, or fewer where the learnt texts of some have it more often. */
  spreadOf(term: number): number {
    return this.#spread.of(term);
  }

  /** The terms of a document in reading order; what is given holds until the next call or change. */
  termsOf(document: number): Sequence {
    return this.#sequences.get(document);
  }

  /** Takes a document in and gives its number. @throws RangeError when the index is full (a million documents) */
  add({ title, body, feedback }: FieldWords): number {
    if (this.#size >= mostDocuments) throw new RangeError(`an index holds no more than ${mostDocuments} documents`);
    const document = this.#freeDocuments.pop() ?? this.#capacity++;
    const titleEnd = this.#intern(title, 0);
    const bodyEnd = this.#intern(body, titleEnd);
    const end = this.#intern(feedback, bodyEnd);
    this.#link(document, { ids: this.#ids, titleEnd, bodyEnd, end });
    this.#size++;
    return document;
  }

  /** Puts other learnt words in the place of those a document has. */
  replaceFeedback(document: number, words: readonly Term[]): void {
    const { ids, titleEnd, bodyEnd } = this.termsOf(document);
    const kept = ids.slice(0, bodyEnd);
    const end = this.#intern(words, bodyEnd);
    this.#ids.set(kept);
    // Words that stay keep their numbers; only what is in nothing any more is released.
    this.#unlink(document, new Set(this.#ids.subarray(0, end)));
    this.#link(document, { ids: this.#ids, titleEnd, bodyEnd, end });
  }

  /** Takes a document out; its number is given again later. */
  remove(document: number): void {
    this.#unlink(document);
    for (const field of [this.title, this.body, this.feedback]) field.setLength(document, 0);
    this.#sequences.remove(document);
    this.#freeDocuments.push(document);
    this.#size--;
  }

  /** Writes the numbers of words to the scratch from `start` on; gives where they end. */
  #intern(words: readonly Term[], start: number): number {
    this.#ids = grown(this.#ids, start + words.length);
    for (let i = 0; i < words.length; i++) this.#ids[start + i] = this.vocabulary.intern(words[i]!);
    return start + words.length;
  }

  #link(document: number, sequence: Sequence): void {
    this.#sequences.put(document, sequence);
    const met = this.#countFields(sequence);
    for (let i = 0; i < met; i++) {
      const id = this.#met[i]!;
      const payload = this.#counts[id]!;
      this.#counts[id] = 0;
      this.postings.insert(id, document, payload);
      this.#spread.add(id, timesOf(payload));
    }
    const { titleEnd, bodyEnd, end } = sequence;
    this.title.setLength(document, titleEnd);
    this.body.setLength(document, bodyEnd - titleEnd);
    this.feedback.setLength(document, end - bodyEnd);
  }

  /** Counts the terms of a document by field, as a payload holds them; gives how many different ones were met. */
  #countFields({ ids, titleEnd, bodyEnd, end }: Sequence): number {
    let met = this.#count(ids, 0, titleEnd, 0, 1, Payload.title);
    met = this.#count(ids, titleEnd, bodyEnd, met, 1 << Payload.bodyShift, Payload.body << Payload.bodyShift);
    return this.#count(ids, bodyEnd, end, met, 1 << Payload.feedbackShift, Payload.feedback << Payload.feedbackShift);
  }

  /** Adds `one` for each of these terms, `most` at most, and notes those not met before. */
  #count(ids: Int32Array, from: number, to: number, metBefore: number, one: number, most: number): number {
    this.#counts = grown(this.#counts, this.vocabulary.capacity);
    this.#met = grown(this.#met, metBefore + to - from);
    const counts = this.#counts;
    let met = metBefore;
    for (let i = from; i < to; i++) {
      const id = ids[i]!;
      const before = counts[id]!;
      if (before === 0) this.#met[met++] = id;
      if ((before & most) !== most) counts[id] = before + one;
    }
    return met;
  }

  #unlink(document: number, keep?: ReadonlySet<number>): void {
    const met = this.#countFields(this.termsOf(document));
    for (let i = 0; i < met; i++) {
      const id = this.#met[i]!;
      this.#spread.remove(id, timesOf(this.#counts[id]!));
      this.#counts[id] = 0;
      this.postings.remove(id, document);
      if (this.documentsWith(id) === 0 && !keep?.has(id)) this.vocabulary.release(id);
    }
  }
}

/** Title and body say a word once, however often; each learnt text is another customer who says it. */
function timesOf(payload: number): number {
  const learnt = payload >>> Payload.feedbackShift;
  return payload === learnt << Payload.feedbackShift ? learnt : learnt + 1;
}
