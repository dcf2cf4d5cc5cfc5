import { grown } from './growing.ts';

const segmentBits = 16;
const segmentSize = 1 << segmentBits;
const segmentMask = segmentSize - 1;
const firstSegment = 1 << 10;

/** A list longer than this is kept in several blocks, so that no change moves or copies more. */
export const blockSize = 1024;

/** Capacities 1, 2, 3, 4, 6, 8, 12 ... blockSize: two steps an octave. */
const capacities: readonly number[] = [1, ...Array.from({ length: 10 }, (_, i) => [2 << i, 3 << i]).flat()].filter(
  (capacity) => capacity <= blockSize,
);
const wholeBlock = capacities.length - 1;

/** A run of entries of one list: those from `from` to before `to` of the arrays. */
export interface Block {
  readonly keys: Int32Array;
  /** Empty where the lists have no payloads. */
  readonly payloads: Uint16Array;
  readonly from: number;
  readonly to: number;
}

/** The blocks of a long list before its last one, in order; each starts at `starts[n]` and holds `lengths[n]` entries. */
interface Chain {
  starts: Int32Array;
  lengths: Uint16Array;
  blocks: number;
}

/**
 * Many sorted lists of whole numbers, each entry with a small payload (16 bits), in few typed arrays: no object per short
 * list, hardly anything for the garbage collector to walk, and space that a list left is used again. A change of one entry
 * costs the same in the longest list as in one of a thousand entries.
 */
export class PostingLists {
  /** Entries of every list, by segment; a start holds segment and offset. */
  readonly #keys: Int32Array[] = [];
  readonly #payloads: Uint16Array[] = [];
  readonly #hasPayload: boolean;
  readonly #free: number[][] = capacities.map(() => []);
  #used = 0;
  #lengths = new Uint32Array(0);
  /** By list: where its last block starts, how many entries are in it, and its capacity's place among the capacities. */
  #starts = new Int32Array(0);
  #tails = new Uint16Array(0);
  #classes = new Uint8Array(0);
  readonly #chains = new Map<number, Chain>();
  readonly #opened: { -readonly [K in keyof Block]: Block[K] } = {
    keys: new Int32Array(0),
    payloads: new Uint16Array(0),
    from: 0,
    to: 0,
  };

  constructor(hasPayload: boolean) {
    this.#hasPayload = hasPayload;
  }

  lengthOf(list: number): number {
    return this.#lengths[list] ?? 0;
  }

  /** A list is read block by block: `for (let n = 0; n < lists.blocksOf(list); n++) lists.block(list, n)`. */
  blocksOf(list: number): number {
    const length = this.lengthOf(list);
    if (length === this.#tails[list]) return Math.min(1, length);
    return length === 0 ? 0 : this.#chains.get(list)!.blocks + 1;
  }

  /** One block of a list that is not empty; what is given holds until the next call or change. */
  block(list: number, n: number): Block {
    const opened = this.#opened;
    let start = this.#starts[list]!;
    let length = this.#tails[list]!;
    if (length < this.#lengths[list]!) {
      const chain = this.#chains.get(list)!;
      if (n < chain.blocks) {
        start = chain.starts[n]!;
        length = chain.lengths[n]!;
      }
    }
    const segment = start >>> segmentBits;
    opened.keys = this.#keys[segment]!;
    if (this.#hasPayload) opened.payloads = this.#payloads[segment]!;
    opened.from = start & segmentMask;
    opened.to = opened.from + length;
    return opened;
  }

  /** Adds an entry in its place; a key that is there gets the new payload. */
  insert(list: number, key: number, payload: number): void {
    this.#reserve(list);
    const tail = this.#tails[list]!;
    const start = this.#starts[list]!;
    // New documents have the largest number, so that most entries go to the end.
    if (tail === 0 || tail === this.#lengths[list] || this.#keyAt(start, 0) <= key) {
      if (tail === blockSize) this.#insertInFull(list, key, payload);
      else if (this.#put(start, tail, key, payload)) {
        this.#tails[list] = tail + 1;
        this.#lengths[list]!++;
      }
    } else if (this.#insertInChain(this.#chains.get(list)!, key, payload)) this.#lengths[list]!++;
  }

  /** Takes an entry out; tells whether it was there. */
  remove(list: number, key: number): boolean {
    const length = this.lengthOf(list);
    if (length === 0) return false;
    const tail = this.#tails[list]!;
    if (tail === length || this.#keyAt(this.#starts[list]!, 0) <= key) {
      if (!this.#take(this.#starts[list]!, tail, key)) return false;
      this.#tails[list] = tail - 1;
      if (tail === 1) this.#dropLast(list);
    } else if (!this.#removeFromChain(list, key)) return false;
    this.#lengths[list] = length - 1;
    return true;
  }

  /** Makes room for one more entry, unless the last block is a whole one. */
  #reserve(list: number): void {
    if (list >= this.#lengths.length) {
      this.#starts = grown(this.#starts, list + 1);
      this.#tails = grown(this.#tails, list + 1);
      this.#classes = grown(this.#classes, list + 1);
      this.#lengths = grown(this.#lengths, list + 1);
    }
    const tail = this.#tails[list]!;
    const sizeClass = this.#classes[list]!;
    if (tail === 0) {
      this.#classes[list] = 0;
      this.#starts[list] = this.#allocate(0);
    } else if (sizeClass !== wholeBlock && tail === capacities[sizeClass]) this.#enlarge(list, tail, sizeClass);
  }

  #enlarge(list: number, length: number, sizeClass: number): void {
    const from = this.#starts[list]!;
    const start = this.#allocate(sizeClass + 1);
    this.#copy(from, start, length);
    this.#free[sizeClass]!.push(from);
    this.#starts[list] = start;
    this.#classes[list] = sizeClass + 1;
  }

  /** The last block is full: another one takes the new entry, or the upper half where that goes in between. */
  #insertInFull(list: number, key: number, payload: number): void {
    const start = this.#starts[list]!;
    const last = this.#keyAt(start, blockSize - 1);
    if (key <= last && this.#has(start, blockSize, key)) {
      this.#put(start, blockSize, key, payload);
      return;
    }
    const chain = this.#chains.get(list) ?? { starts: new Int32Array(4), lengths: new Uint16Array(4), blocks: 0 };
    this.#chains.set(list, chain);
    const kept = key > last ? blockSize : blockSize >>> 1;
    const next = this.#allocate(wholeBlock);
    this.#copy(start + kept, next, blockSize - kept);
    makeRoom(chain, chain.blocks);
    chain.starts[chain.blocks - 1] = start;
    chain.lengths[chain.blocks - 1] = kept;
    this.#starts[list] = next;
    this.#tails[list] = blockSize - kept;
    if (kept === blockSize || this.#keyAt(next, 0) <= key) {
      this.#put(next, blockSize - kept, key, payload);
      this.#tails[list]!++;
    } else {
      this.#put(start, kept, key, payload);
      chain.lengths[chain.blocks - 1]!++;
    }
    this.#lengths[list]!++;
  }

  #insertInChain(chain: Chain, key: number, payload: number): boolean {
    let n = this.#blockFor(chain, key);
    const start = chain.starts[n]!;
    if (chain.lengths[n] === blockSize && !this.#has(start, blockSize, key)) {
      // Halves, so that the next ones find room on either side.
      const half = blockSize >>> 1;
      makeRoom(chain, n + 1);
      chain.starts[n + 1] = this.#allocate(wholeBlock);
      this.#copy(start + half, chain.starts[n + 1]!, blockSize - half);
      chain.lengths[n] = half;
      chain.lengths[n + 1] = blockSize - half;
      if (this.#keyAt(chain.starts[n + 1]!, 0) <= key) n++;
    }
    if (!this.#put(chain.starts[n]!, chain.lengths[n]!, key, payload)) return false;
    chain.lengths[n]!++;
    return true;
  }

  #removeFromChain(list: number, key: number): boolean {
    const chain = this.#chains.get(list)!;
    const n = this.#blockFor(chain, key);
    if (!this.#take(chain.starts[n]!, chain.lengths[n]!, key)) return false;
    const length = --chain.lengths[n]!;
    if (length === 0) this.#dropBlock(chain, n);
    else if (length < blockSize >>> 2) this.#join(chain, n);
    if (chain.blocks === 0) this.#chains.delete(list);
    return true;
  }

  /** A block that became short goes into a neighbour that has room. */
  #join(chain: Chain, n: number): void {
    const [left, right] = n + 1 < chain.blocks ? [n, n + 1] : [n - 1, n];
    if (left < 0) return;
    const [some, more] = [chain.lengths[left]!, chain.lengths[right]!];
    if (some + more > (3 * blockSize) >>> 2) return;
    this.#copy(chain.starts[right]!, chain.starts[left]! + some, more);
    chain.lengths[left] = some + more;
    this.#dropBlock(chain, right);
  }

  #dropBlock(chain: Chain, n: number): void {
    this.#free[wholeBlock]!.push(chain.starts[n]!);
    chain.starts.copyWithin(n, n + 1, chain.blocks);
    chain.lengths.copyWithin(n, n + 1, chain.blocks);
    chain.blocks--;
  }

  /** The last block is empty: the one before it is the last now, if there is one. */
  #dropLast(list: number): void {
    this.#free[this.#classes[list]!]!.push(this.#starts[list]!);
    this.#classes[list] = 0;
    const chain = this.#chains.get(list);
    if (!chain) return;
    const n = --chain.blocks;
    this.#starts[list] = chain.starts[n]!;
    this.#tails[list] = chain.lengths[n]!;
    this.#classes[list] = wholeBlock;
    if (n === 0) this.#chains.delete(list);
  }

  /** The block a key stands in or belongs to: the last one that does not begin behind it. */
  #blockFor(chain: Chain, key: number): number {
    let low = 0;
    let high = chain.blocks - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.#keyAt(chain.starts[middle]!, 0) <= key) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #allocate(sizeClass: number): number {
    const reused = this.#free[sizeClass]!.pop();
    if (reused !== undefined) return reused;
    const capacity = capacities[sizeClass]!;
    // A block lies in one segment; what is left of the old one stays unused.
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

  #copy(from: number, to: number, count: number): void {
    const source = from & segmentMask;
    const target = to & segmentMask;
    this.#keys[to >>> segmentBits]!.set(this.#keys[from >>> segmentBits]!.subarray(source, source + count), target);
    if (!this.#hasPayload) return;
    const payloads = this.#payloads[from >>> segmentBits]!.subarray(source, source + count);
    this.#payloads[to >>> segmentBits]!.set(payloads, target);
  }

  /** Puts an entry in its place among `length` others that have room for it; tells whether it is a new one. */
  #put(start: number, length: number, key: number, payload: number): boolean {
    const segment = start >>> segmentBits;
    const keys = this.#keys[segment]!;
    const offset = start & segmentMask;
    const at = length === 0 || keys[offset + length - 1]! < key ? length : this.#find(start, length, key);
    const isNew = at >= length || keys[offset + at] !== key;
    if (isNew) {
      if (at < length) this.#move(start, at, at + 1, length - at);
      keys[offset + at] = key;
    }
    if (this.#hasPayload) this.#payloads[segment]![offset + at] = payload;
    return isNew;
  }

  /** Takes an entry out of `length` ones; tells whether it was there. */
  #take(start: number, length: number, key: number): boolean {
    const at = this.#find(start, length, key);
    if (at >= length || this.#keyAt(start, at) !== key) return false;
    this.#move(start, at + 1, at, length - at - 1);
    return true;
  }

  #has(start: number, length: number, key: number): boolean {
    const at = this.#find(start, length, key);
    return at < length && this.#keyAt(start, at) === key;
  }

  #keyAt(start: number, at: number): number {
    return this.#keys[start >>> segmentBits]![(start & segmentMask) + at]!;
  }

  #move(start: number, from: number, to: number, count: number): void {
    if (count === 0) return;
    const offset = start & segmentMask;
    const segment = start >>> segmentBits;
    this.#keys[segment]!.copyWithin(offset + to, offset + from, offset + from + count);
    if (this.#hasPayload) this.#payloads[segment]!.copyWithin(offset + to, offset + from, offset + from + count);
  }

  /** Where the key stands or would stand. */
  #find(start: number, length: number, key: number): number {
    const keys = this.#keys[start >>> segmentBits]!;
    const offset = start & segmentMask;
    let low = 0;
    let high = length;
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

/** Makes a place for one more block before the n-th. */
function makeRoom(chain: Chain, n: number): void {
  chain.starts = grown(chain.starts, chain.blocks + 1);
  chain.lengths = grown(chain.lengths, chain.blocks + 1);
  chain.starts.copyWithin(n + 1, n, chain.blocks);
  chain.lengths.copyWithin(n + 1, n, chain.blocks);
  chain.blocks++;
}
