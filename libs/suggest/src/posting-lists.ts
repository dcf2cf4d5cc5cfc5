import { grown } from './growing.ts';

const segmentBits = 20;
const segmentSize = 1 << segmentBits;
const segmentMask = segmentSize - 1;
const firstSegment = 1 << 10;

/** Capacities 1, 2, 3, 4, 6, 8, 12 ... segmentSize: two steps an octave. */
const capacities: readonly number[] = [1, ...Array.from({ length: 20 }, (_, i) => [2 << i, 3 << i]).flat()].filter(
  (capacity) => capacity <= segmentSize,
);

/** The longest list that can be kept. */
export const longestList: number = segmentSize;

/**
 * Many sorted lists of whole numbers, each entry with a small payload (16 bits), in few large typed arrays: no object
 * per list, nothing for the garbage collector to walk, and space of a list that moved is used again.
 */
export class PostingLists {
  /** Entries of every list, by segment; see `segmentOf` and `offsetOf`. */
  readonly #keys: Int32Array[] = [];
  readonly #payloads: Uint16Array[] = [];
  readonly #hasPayload: boolean;
  readonly #free: number[][] = capacities.map(() => []);
  #used = 0;
  #starts = new Int32Array(0);
  #lengths = new Uint32Array(0);
  #classes = new Uint8Array(0);

  constructor(hasPayload: boolean) {
    this.#hasPayload = hasPayload;
  }

  lengthOf(list: number): number {
    return this.#lengths[list] ?? 0;
  }

  /** The array that holds the list's entries, from `offsetOf(list)` on; valid until the next change. */
  keysOf(list: number): Int32Array {
    return this.#keys[this.#starts[list]! >>> segmentBits]!;
  }

  payloadsOf(list: number): Uint16Array {
    return this.#payloads[this.#starts[list]! >>> segmentBits]!;
  }

  offsetOf(list: number): number {
    return this.#starts[list]! & segmentMask;
  }

  /** Adds an entry in its place; a key that is there gets the new payload. */
  insert(list: number, key: number, payload: number): void {
    this.#reserve(list);
    const length = this.#lengths[list]!;
    const start = this.#starts[list]!;
    const segment = start >>> segmentBits;
    const keys = this.#keys[segment]!;
    const offset = start & segmentMask;
    // New documents have the largest number, so that most entries go to the end.
    const at = length === 0 || keys[offset + length - 1]! < key ? length : this.#find(list, key);
    const isThere = at < length && keys[offset + at] === key;
    if (!isThere) {
      if (at < length) this.#move(list, at, at + 1, length - at);
      this.#lengths[list] = length + 1;
      keys[offset + at] = key;
    }
    if (this.#hasPayload) this.#payloads[segment]![offset + at] = payload;
  }

  /** Takes an entry out; tells whether it was there. */
  remove(list: number, key: number): boolean {
    const length = this.lengthOf(list);
    if (length === 0) return false;
    const at = this.#find(list, key);
    if (at >= length || this.keysOf(list)[this.offsetOf(list) + at] !== key) return false;
    this.#move(list, at + 1, at, length - at - 1);
    this.#lengths[list] = length - 1;
    if (length === 1) {
      this.#release(list);
    }
    return true;
  }

  /** Makes room for one more entry. */
  #reserve(list: number): void {
    if (list >= this.#lengths.length) {
      this.#starts = grown(this.#starts, list + 1);
      this.#classes = grown(this.#classes, list + 1);
      this.#lengths = grown(this.#lengths, list + 1);
    }
    const length = this.#lengths[list]!;
    if (length === 0) {
      this.#classes[list] = 0;
      this.#starts[list] = this.#allocate(0);
    } else if (length === capacities[this.#classes[list]!]) {
      this.#enlarge(list, length);
    }
  }

  #enlarge(list: number, length: number): void {
    const next = this.#classes[list]! + 1;
    if (next >= capacities.length) throw new RangeError(`a list cannot hold more than ${longestList} entries`);
    const start = this.#allocate(next);
    const from = this.offsetOf(list);
    const keys = this.keysOf(list).subarray(from, from + length);
    this.#keys[start >>> segmentBits]!.set(keys, start & segmentMask);
    if (this.#hasPayload) {
      const payloads = this.payloadsOf(list).subarray(from, from + length);
      this.#payloads[start >>> segmentBits]!.set(payloads, start & segmentMask);
    }
    this.#release(list);
    this.#starts[list] = start;
    this.#classes[list] = next;
  }

  #release(list: number): void {
    this.#free[this.#classes[list]!]!.push(this.#starts[list]!);
  }

  #allocate(sizeClass: number): number {
    const reused = this.#free[sizeClass]!.pop();
    if (reused !== undefined) return reused;
    const capacity = capacities[sizeClass]!;
    // A list lies in one segment; what is left of the old one stays unused (half a segment at most, and seldom).
    if ((this.#used & segmentMask) + capacity > segmentSize)
      this.#used = ((this.#used >>> segmentBits) + 1) << segmentBits;
    const start = this.#used;
    this.#used += capacity;
    this.#provide(start >>> segmentBits, (start & segmentMask) + capacity);
    return start;
  }

  #provide(segment: number, size: number): void {
    const length =
      segment === 0 ? Math.min(segmentSize, Math.max(firstSegment, 2 ** Math.ceil(Math.log2(size)))) : segmentSize;
    const keys = this.#keys[segment] ?? new Int32Array(length);
    this.#keys[segment] = keys.length >= size ? keys : resized(keys, new Int32Array(length));
    if (!this.#hasPayload) return;
    const payloads = this.#payloads[segment] ?? new Uint16Array(length);
    this.#payloads[segment] = payloads.length >= size ? payloads : resized(payloads, new Uint16Array(length));
  }

  #move(list: number, from: number, to: number, count: number): void {
    if (count === 0) return;
    const offset = this.offsetOf(list);
    this.keysOf(list).copyWithin(offset + to, offset + from, offset + from + count);
    if (this.#hasPayload) this.payloadsOf(list).copyWithin(offset + to, offset + from, offset + from + count);
  }

  /** Where the key stands or would stand. */
  #find(list: number, key: number): number {
    const keys = this.keysOf(list);
    const offset = this.offsetOf(list);
    let low = 0;
    let high = this.#lengths[list]!;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (keys[offset + middle]! < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function resized<T extends Int32Array | Uint16Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
