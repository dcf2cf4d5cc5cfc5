import { ByteStore } from './byte-store.ts';

const isNarrow = /^[\u0000-\u00FF]*$/;
const narrow = 0;
const wide = 1;

/** Texts by small numbers, out of the garbage collector's way: a byte a character where that is enough, else two. */
export class TextStore {
  readonly #bytes = new ByteStore();

  put(item: number, text: string): void {
    if (text === '') {
      this.#bytes.remove(item);
      return;
    }
    const kind = isNarrow.test(text) ? narrow : wide;
    const { bytes, from } = this.#bytes.reserve(item, 1 + text.length * (1 + kind));
    bytes[from] = kind;
    bytes.write(text, from + 1, kind === narrow ? 'latin1' : 'utf16le');
  }

  /** The text as it was put; "" where there is none. */
  get(item: number): string {
    const { bytes, from, to } = this.#bytes.open(item);
    return bytes.toString(bytes[from] === narrow ? 'latin1' : 'utf16le', from + 1, to);
  }

  remove(item: number): void {
    this.#bytes.remove(item);
  }
}
