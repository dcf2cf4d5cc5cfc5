import { grown } from './growing.ts';

/** Space is given in pieces of 16 bytes; a start counts pieces. */
const pieceBits = 4;
const segmentBytes = 1 << 20;
const segmentPieceBits = 16;
const segmentPieceMask = (1 << segmentPieceBits) - 1;
const firstSegment = 1 << 12;
/** What is longer has a buffer of its own. */
const longestShared = 1 << 16;

/** Where an item's bytes stand: in `bytes` from `from` to before `to`. */
export interface Place {
  readonly bytes: Buffer;
  readonly from: number;
  readonly to: number;
}

/**
 * Strings of bytes by small numbers, in few large buffers: a hundred thousand of them are no work for the garbage
 * collector. Space that an item left is used again for others of about its length.
 */
export class ByteStore {
  readonly #segments: Buffer[] = [];
  readonly #large = new Map<number, Buffer>();
  /** By item: where it starts, and its length; 0 for none. */
  #starts = new Uint32Array(0);
  #lengths = new Uint32Array(0);
  /** Starts of free runs, by the number of their pieces. */
  readonly #free = new Map<number, number[]>();
  #used = 0;
  readonly #opened: { -readonly [K in keyof Place]: Place[K] } = { bytes: Buffer.alloc(0), from: 0, to: 0 };

  /** Where an item's bytes are; an empty place when there are none. What is given holds until the next call. */
  open(item: number): Place {
    const length = this.#lengths[item] ?? 0;
    const opened = this.#opened;
    const large = length > longestShared ? this.#large.get(item) : undefined;
    opened.from = 0;
    if (large) opened.bytes = large;
    else if (length > 0) {
      const start = this.#starts[item]!;
      opened.bytes = this.#segments[start >>> segmentPieceBits]!;
      opened.from = (start & segmentPieceMask) << pieceBits;
    }
    opened.to = opened.from + length;
    return opened;
  }

  /** Gives an item room for so many bytes, to be written now; what it had is gone. Holds until the next call. */
  reserve(item: number, length: number): Place {
    this.remove(item);
    this.#starts = grown(this.#starts, item + 1);
    this.#lengths = grown(this.#lengths, item + 1);
    this.#lengths[item] = length;
    if (length > longestShared) this.#large.set(item, Buffer.alloc(length));
    else if (length > 0) this.#starts[item] = this.#allocate(piecesFor(length));
    return this.open(item);
  }

  remove(item: number): void {
    const length = this.#lengths[item] ?? 0;
    if (length === 0) return;
    if (length > longestShared) this.#large.delete(item);
    else {
      const pieces = piecesFor(length);
      const free = this.#free.get(pieces);
      if (free) free.push(this.#starts[item]!);
      else this.#free.set(pieces, [this.#starts[item]!]);
    }
    this.#lengths[item] = 0;
  }

  #allocate(pieces: number): number {
    const reused = this.#free.get(pieces)?.pop();
    if (reused !== undefined) return reused;
    if ((this.#used & segmentPieceMask) + pieces > segmentPieceMask + 1)
      this.#used = ((this.#used >>> segmentPieceBits) + 1) << segmentPieceBits;
    const start = this.#used;
    this.#used += pieces;
    this.#provide(start >>> segmentPieceBits, ((start & segmentPieceMask) + pieces) << pieceBits);
    return start;
  }

  /** The first segment grows as it is filled, so that a small base stays small. */
  #provide(segment: number, size: number): void {
    const known = this.#segments[segment];
    if (known && known.length >= size) return;
    const length = segment > 0 ? segmentBytes : Math.max(firstSegment, 2 ** Math.ceil(Math.log2(size)));
    const longer = Buffer.alloc(length);
    if (known) longer.set(known);
    this.#segments[segment] = longer;
  }
}

/** Up to 16 pieces exactly, above that in steps of an eighth, so that runs that became free fit others. */
function piecesFor(length: number): number {
  const pieces = (length + (1 << pieceBits) - 1) >>> pieceBits;
  if (pieces <= 16) return pieces;
  const step = 1 << (31 - Math.clz32(pieces) - 3);
  return Math.ceil(pieces / step) * step;
}
