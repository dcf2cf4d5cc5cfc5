import type { Entry } from './engines.ts';

/** A small seeded generator of numbers in [0, 1) (mulberry32): the same seed gives the same articles everywhere. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const starts =
  'b c d f g h j k l m n p qu r s t v w y z bl br ch cl cr dr fl fr gl gr kn ph pl pr rh sc sh sk sl sm sn sp st str sw th tr tw wh wr'.split(
    ' ',
  );
const middles = 'a e i o u y ai au ay ea ee ei eu ia ie io oa oi oo ou ue ui'.split(' ');
const ends =
  'b c d f g k l m n p r s t v w x y z ck ct ft ld lf lk lm lt mp nd ng nk nt pt rd rk rm rn rt sk sm sp ss st th'.split(
    ' ',
  );
const frequent =
  `the to of and a in is it you that for on with as are this be or can have by not at from your we if an how what when
  my but do they will which about there all so has more`.split(/\s+/);

/** Words by rank: function words first, then invented ones of one to four syllables, all different. */
function makeWords(count: number, random: () => number): string[] {
  const pick = (list: readonly string[]) => list[Math.floor(random() * list.length)]!;
  const words = new Set(frequent);
  while (words.size < count) {
    const syllables = 1 + Math.floor(random() * 3.2);
    let word = '';
    for (let i = 0; i < syllables; i++) word += pick(starts) + pick(middles);
    words.add(word + (random() < 0.7 ? pick(ends) : ''));
  }
  return [...words];
}

/** Makes articles and letters whose words are spread as in natural text (Zipf-Mandelbrot over 150,000 words). */
export class TextGenerator {
  readonly #random: () => number;
  readonly #words: readonly string[];
  readonly #cumulated: Float64Array;

  constructor(seed: number) {
    this.#random = seeded(seed);
    this.#words = makeWords(150_000, this.#random);
    this.#cumulated = new Float64Array(this.#words.length);
    let sum = 0;
    for (let rank = 0; rank < this.#words.length; rank++) {
      sum += 1 / (rank + 2.7) ** 1.05;
      this.#cumulated[rank] = sum;
    }
  }

  /** So many words in one string. */
  text(words: number): string {
    return Array.from({ length: words }, () => this.#word()).join(' ');
  }

  /** A title of 4 to 10 words, a body of 40 to 400 (150 on average), and for one article in ten three learnt texts. */
  article(id: number): Entry {
    const learnt = id % 10 === 0 ? [this.text(25), this.text(25), this.text(25)] : [];
    const bodyWords = 40 + Math.floor(360 * this.#random() ** 2.3);
    return {
      id: `a${id}`,
      language: 'en',
      title: this.text(4 + Math.floor(this.#random() * 7)),
      body: this.text(bodyWords),
      feedback: learnt,
    };
  }

  /** A letter of 10 to 150 words that speaks of an article: a quarter of its words are from there, some misspelt. */
  letter(about: Entry): string {
    const own = `${about.title} ${about.body}`.split(' ');
    const length = 10 + Math.floor(140 * this.#random() ** 2);
    return Array.from({ length }, () => {
      if (this.#random() > 0.25) return this.#word();
      const word = own[Math.floor(this.#random() * own.length)]!;
      return this.#random() < 0.05 ? word.slice(1) : word;
    }).join(' ');
  }

  #word(): string {
    const target = this.#random() * this.#cumulated[this.#cumulated.length - 1]!;
    let low = 0;
    let high = this.#cumulated.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#cumulated[middle]! < target) low = middle + 1;
      else high = middle;
    }
    return this.#words[low]!;
  }
}
