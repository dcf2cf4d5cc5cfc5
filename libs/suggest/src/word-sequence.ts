import { grown } from './growing.ts';

/** The term numbers of one document in reading order, per field. */
export interface FieldTerms {
  readonly title: readonly number[];
  readonly body: readonly number[];
  readonly feedback: readonly number[];
}

/** Scratch of `packTerms`: five bytes hold any number. */
let scratch = new Uint8Array(0);

/** Packs term numbers in as few bytes as they need: 7 bits a byte, the lengths of the three fields first. */
export function packTerms({ title, body, feedback }: FieldTerms): Uint8Array {
  scratch = grown(scratch, 5 * (3 + title.length + body.length + feedback.length));
  let at = 0;
  for (const length of [title.length, body.length, feedback.length]) at = putNumber(length, at);
  for (const field of [title, body, feedback]) for (const id of field) at = putNumber(id, at);
  return scratch.slice(0, at);
}

function putNumber(value: number, start: number): number {
  let rest = value;
  let at = start;
  while (rest > 127) {
    scratch[at++] = (rest & 127) | 128;
    rest >>>= 7;
  }
  scratch[at++] = rest;
  return at;
}

const decoded = { at: 0 };

function readNumber(bytes: Uint8Array): number {
  let value = 0;
  let shift = 0;
  let byte = bytes[decoded.at++]!;
  while (byte > 127) {
    value |= (byte & 127) << shift;
    shift += 7;
    byte = bytes[decoded.at++]!;
  }
  return value | (byte << shift);
}

/** What `packTerms` packed. */
export function unpackTerms(bytes: Uint8Array): FieldTerms {
  decoded.at = 0;
  const lengths = [readNumber(bytes), readNumber(bytes), readNumber(bytes)];
  const [title, body, feedback] = lengths.map((length) => {
    const ids = new Array<number>(length);
    for (let i = 0; i < length; i++) ids[i] = readNumber(bytes);
    return ids;
  });
  return { title: title!, body: body!, feedback: feedback! };
}
