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
/** Stands for a capacity where a list has several blocks. */
const chained = 255;

/** A run of entries of one list: those from `from` to before `to` of the arrays. */
export interface Block {
  readonly keys: Int32Array;
  /** Empty where the lists have no payloads. */
  readonly payloads: Uint16Array;
  readonly from: number;
  readonly to: number;
}

/** The blocks of a long list in order; each starts at `starts[n]` and holds `lengths[n]` entries. */
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
  /** By list: where it starts, or the number of its chain. */
  #starts = new Int32Array(0);
  #lengths = new Uint32Array(0);
  #classes = new Uint8Array(0);
  readonly #chains: Chain[] = [];
  readonly #freeChains: number[] = [];
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
    if (this.lengthOf(list) === 0) return 0;
    return this.#classes[list] === chained ? this.#chains[this.#starts[list]!]!.blocks : 1;
  }

  /** One block of a list that is not empty; what is given holds until the next call or change. */
  block(list: number, n: number): Block {
    const opened = this.#opened;
    const chain = this.#chainOf(list);
    const start = chain ? chain.starts[n]! : this.#starts[list]!;
    const segment = start >>> segmentBits;
    opened.keys = this.#keys[segment]!;
    if (this.#hasPayload) opened.payloads = this.#payloads[segment]!;
    opened.from = start & segmentMask;
    opened.to = opened.from + (chain ? chain.lengths[n]! : this.#lengths[list]!);
    return opened;
  }

  /** Adds an entry in its place; a key that is there gets the new payload. */
  insert(list: number, key: number, payload: number): void {
    this.#reserve(list);
    const chain = this.#chainOf(list);
    if (chain) {
      if (this.#insertInChain(chain, key, payload)) this.#lengths[list]!++;
    } else if (this.#put(this.#starts[list]!, this.#lengths[list]!, key, payload)) this.#lengths[list]!++;
  }

  /** Takes an entry out; tells whether it was there. */
  remove(list: number, key: number): boolean {
    const length = this.lengthOf(list);
    if (length === 0) return false;
    const chain = this.#chainOf(list);
    if (!(chain ? this.#removeFromChain(chain, key) : this.#take(this.#starts[list]!, length, key))) return false;
    this.#lengths[list] = length - 1;
    if (length === 1) this.#release(list);
    return true;
  }

  #chainOf(list: number): Chain | undefined {
    return this.#classes[list] === chained ? this.#chains[this.#starts[list]!] : undefined;
  }

  /** Makes room for one more entry. */
  #reserve(list: number): void {
    if (list >= this.#lengths.length) {
      this.#starts = grown(this.#starts, list + 1);
      this.#classes = grown(this.#classes, list + 1);
      this.#lengths = grown(this.#lengths, list + 1);
    }
    const length = this.#lengths[list]!;
    const sizeClass = this.#classes[list]!;
    if (length === 0) {
      this.#classes[list] = 0;
      this.#starts[list] = this.#allocate(0);
    } else if (sizeClass !== chained && length === capacities[sizeClass]) {
      if (sizeClass === wholeBlock) this.#makeChain(list, length);
      else this.#enlarge(list, length, sizeClass);
    }
  }

  #enlarge(list: number, length: number, sizeClass: number): void {
    const from = this.#starts[list]!;
    const start = this.#allocate(sizeClass + 1);
    this.#copy(from, start, length);
    this.#free[sizeClass]!.push(from);
    this.#starts[list] = start;
    this.#classes[list] = sizeClass + 1;
  }

  #makeChain(list: number, length: number): void {
    const chain = { starts: new Int32Array(4), lengths: new Uint16Array(4), blocks: 1 };
    chain.starts[0] = this.#starts[list]!;
    chain.lengths[0] = length;
    const number = this.#freeChains.pop() ?? this.#chains.length;
    this.#chains[number] = chain;
    this.#starts[list] = number;
    this.#classes[list] = chained;
  }

  #insertInChain(chain: Chain, key: number, payload: number): boolean {
    let n = this.#blockFor(chain, key);
    let length = chain.lengths[n]!;
    if (length === blockSize) {
      const start = chain.starts[n]!;
      const last = this.#keyAt(start, length - 1);
      if (n === chain.blocks - 1 && key > last) {
        this.#addBlock(chain, ++n);
        length = 0;
      } else if (key !== last && !this.#has(start, length, key)) {
        // Halves, so that the next ones find room on either side.
        length = blockSize >>> 1;
        this.#addBlock(chain, n + 1);
        this.#copy(start + length, chain.starts[n + 1]!, blockSize - length);
        chain.lengths[n] = length;
        chain.lengths[n + 1] = blockSize - length;
        if (key > this.#keyAt(start, length - 1)) length = chain.lengths[++n]!;
      }
    }
    if (!this.#put(chain.starts[n]!, length, key, payload)) return false;
    chain.lengths[n]!++;
    return true;
  }

  #removeFromChain(chain: Chain, key: number): boolean {
    const n = this.#blockFor(chain, key);
    if (!this.#take(chain.starts[n]!, chain.lengths[n]!, key)) return false;
    const length = --chain.lengths[n]!;
    if (length === 0 && chain.blocks > 1) this.#dropBlock(chain, n);
    else if (length < blockSize >>> 2) this.#join(chain, n);
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

  #addBlock(chain: Chain, n: number): void {
    chain.starts = grown(chain.starts, chain.blocks + 1);
    chain.lengths = grown(chain.lengths, chain.blocks + 1);
    chain.starts.copyWithin(n + 1, n, chain.blocks);
    chain.lengths.copyWithin(n + 1, n, chain.blocks);
    chain.starts[n] = this.#allocate(wholeBlock);
    chain.lengths[n] = 0;
    chain.blocks++;
  }

  #dropBlock(chain: Chain, n: number): void {
    this.#free[wholeBlock]!.push(chain.starts[n]!);
    chain.starts.copyWithin(n, n + 1, chain.blocks);
    chain.lengths.copyWithin(n, n + 1, chain.blocks);
    chain.blocks--;
  }

  /** The block a key stands in or belongs to: the last one that does not begin behind it. */
  #blockFor(chain: Chain, key: number): number {
    let low = 0;
    let high = chain.blocks - 1;
    // New documents have the largest number, so that most entries go to the end.
    if (this.#keyAt(chain.starts[high]!, 0) <= key) return high;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (this.#keyAt(chain.starts[middle]!, 0) <= key) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #release(list: number): void {
    const chain = this.#chainOf(list);
    if (chain) {
      this.#free[wholeBlock]!.push(chain.starts[0]!);
      this.#freeChains.push(this.#starts[list]!);
    } else this.#free[this.#classes[list]!]!.push(this.#starts[list]!);
    this.#classes[list] = 0;
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
