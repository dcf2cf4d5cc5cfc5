import { ByteStore } from './byte-store.ts';
import { grown } from './growing.ts';

/** The term numbers of one document in reading order: title, body and feedback one after the other. */
export interface Sequence {
  readonly ids: Int32Array;
  /** Where title, body and feedback end in `ids`. */
  readonly titleEnd: number;
  readonly bodyEnd: number;
  readonly end: number;
}

/** Keeps the term numbers of documents, packed in as few bytes as they need: 7 bits a byte, the lengths of the fields first. */
export class SequenceStore {
  readonly #bytes = new ByteStore();
  readonly #sequence: { -readonly [K in keyof Sequence]: Sequence[K] } = {
    ids: new Int32Array(256),
    titleEnd: 0,
    bodyEnd: 0,
    end: 0,
  };

  put(document: number, { ids, titleEnd, bodyEnd, end }: Sequence): void {
    let length = bytesFor(titleEnd) + bytesFor(bodyEnd - titleEnd) + bytesFor(end - bodyEnd);
    for (let i = 0; i < end; i++) length += bytesFor(ids[i]!);
    const { bytes, from } = this.#bytes.reserve(document, length);
    let at = writeNumber(bytes, titleEnd, from);
    at = writeNumber(bytes, bodyEnd - titleEnd, at);
    at = writeNumber(bytes, end - bodyEnd, at);
    for (let i = 0; i < end; i++) at = writeNumber(bytes, ids[i]!, at);
  }

  /** What was put; empty where nothing is. It holds until the next call. */
  get(document: number): Sequence {
    const { bytes, from, to } = this.#bytes.open(document);
    const sequence = this.#sequence;
    // No number needs less than a byte.
    sequence.ids = grown(sequence.ids, to - from);
    const ids = sequence.ids;
    const lengths = [0, 0, 0];
    let at = from;
    let place = -3;
    while (at < to) {
      let byte = bytes[at++]!;
      let value = byte & 127;
      for (let shift = 7; byte > 127; shift += 7) {
        byte = bytes[at++]!;
        value |= (byte & 127) << shift;
      }
      if (place < 0) lengths[place + 3] = value;
      else ids[place] = value;
      place++;
    }
    sequence.titleEnd = lengths[0]!;
    sequence.bodyEnd = lengths[0]! + lengths[1]!;
    sequence.end = sequence.bodyEnd + lengths[2]!;
    return sequence;
  }

  remove(document: number): void {
    this.#bytes.remove(document);
  }
}

function bytesFor(value: number): number {
  let length = 1;
  for (let rest = value >>> 7; rest > 0; rest >>>= 7) length++;
  return length;
}

function writeNumber(bytes: Uint8Array, value: number, start: number): number {
  let rest = value;
  let at = start;
  while (rest > 127) {
    bytes[at++] = (rest & 127) | 128;
    rest >>>= 7;
  }
  bytes[at++] = rest;
  return at;
}
