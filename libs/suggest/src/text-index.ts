import { FieldStatistics } from './field-statistics.ts';
import { grown } from './growing.ts';
import { longestList, PostingLists } from './posting-lists.ts';
import type { RankSettings } from './settings.ts';
import type { Token } from './tokens.ts';
import { Vocabulary } from './vocabulary.ts';
import { type FieldTerms, packTerms, unpackTerms } from './word-sequence.ts';

/** A posting's payload holds how often the term stands in each field: title 3 bits, body 6, feedback 7. */
export const Payload = { title: 7, body: 63, bodyShift: 3, feedback: 127, feedbackShift: 9 } as const;

/** The words of a document, per field, in reading order. */
export interface FieldTokens {
  readonly title: readonly Token[];
  readonly body: readonly Token[];
  readonly feedback: readonly Token[];
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
  readonly #sequences: (Uint8Array | undefined)[] = [];
  readonly #freeDocuments: number[] = [];
  #size = 0;
  #counts = new Uint32Array(0);

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
    return this.#sequences.length;
  }

  /** In how many documents the term stands. */
  documentsWith(term: number): number {
    return this.postings.lengthOf(term);
  }

  /** The terms of a document in reading order. */
  termsOf(document: number): FieldTerms {
    const sequence = this.#sequences[document];
    return sequence ? unpackTerms(sequence) : { title: [], body: [], feedback: [] };
  }

  /** Takes a document in and gives its number. @throws RangeError when the index is full (a million documents) */
  add(tokens: FieldTokens): number {
    if (this.#size >= longestList) throw new RangeError(`an index holds no more than ${longestList} documents`);
    const document = this.#freeDocuments.pop() ?? this.#sequences.length;
    this.#link(document, {
      title: this.#intern(tokens.title),
      body: this.#intern(tokens.body),
      feedback: this.#intern(tokens.feedback),
    });
    this.#size++;
    return document;
  }

  /** Puts other learnt words in the place of those a document has. */
  replaceFeedback(document: number, tokens: readonly Token[]): void {
    const { title, body } = this.termsOf(document);
    const next = { title, body, feedback: this.#intern(tokens) };
    // Linking first keeps the numbers of words that stay; only what is in nothing any more is released after.
    this.#unlink(document, new Set([...title, ...body, ...next.feedback]));
    this.#link(document, next);
  }

  /** Takes a document out; its number is given again later. */
  remove(document: number): void {
    this.#unlink(document, new Set());
    for (const field of [this.title, this.body, this.feedback]) field.setLength(document, 0);
    this.#sequences[document] = undefined;
    this.#freeDocuments.push(document);
    this.#size--;
  }

  #intern(tokens: readonly Token[]): number[] {
    return tokens.map(({ term }) => this.vocabulary.intern(term));
  }

  #link(document: number, terms: FieldTerms): void {
    this.#sequences[document] = packTerms(terms);
    this.#counts = grown(this.#counts, this.vocabulary.capacity);
    const counts = this.#counts;
    const met: number[] = [];
    const count = (ids: readonly number[], one: number, most: number) => {
      for (const id of ids) {
        const before = counts[id]!;
        if (before === 0) met.push(id);
        if ((before & most) !== most) counts[id] = before + one;
      }
    };
    count(terms.title, 1, Payload.title);
    count(terms.body, 1 << Payload.bodyShift, Payload.body << Payload.bodyShift);
    count(terms.feedback, 1 << Payload.feedbackShift, Payload.feedback << Payload.feedbackShift);
    for (const id of met) {
      this.postings.insert(id, document, counts[id]!);
      counts[id] = 0;
    }
    this.title.setLength(document, terms.title.length);
    this.body.setLength(document, terms.body.length);
    this.feedback.setLength(document, terms.feedback.length);
  }

  #unlink(document: number, keep: ReadonlySet<number>): void {
    const { title, body, feedback } = this.termsOf(document);
    for (const id of new Set([...title, ...body, ...feedback])) {
      this.postings.remove(id, document);
      if (this.documentsWith(id) === 0 && !keep.has(id)) this.vocabulary.release(id);
    }
  }
}
