/** A message in the maildrop, as the server would send it before stuffing. */
export interface FakeMessage {
  uid: string;
  /** What LIST tells; the true size unless the test wants it otherwise. */
  listSize: number;
  /** The content in pieces, so that a test can have a message larger than memory. */
  pieces: () => Iterable<Buffer>;
  /** The whole content as it was added. */
  readonly bytes: Buffer;
}

/** What a test gives: the bytes, or the bytes with their particulars, or a recipe for a large message. */
export type FakeMessageInput =
  | string
  | Uint8Array
  | { bytes: string | Uint8Array; uid?: string; listSize?: number }
  | { pieces: () => Iterable<Buffer>; uid?: string; listSize?: number };

let made = 0;

/** Makes a message; without `uid` it gets one that no other message has. */
export function fakeMessage(input: FakeMessageInput): FakeMessage {
  made += 1;
  const given = typeof input === 'string' || input instanceof Uint8Array ? { bytes: input } : input;
  const pieces = 'pieces' in given ? given.pieces : fixedPieces(given.bytes);
  return {
    uid: given.uid ?? `fake-${made}`,
    listSize: given.listSize ?? ('pieces' in given ? 0 : Buffer.byteLength(given.bytes)),
    pieces,
    get bytes() {
      return Buffer.concat([...pieces()]);
    },
  };
}

function fixedPieces(bytes: string | Uint8Array): () => Iterable<Buffer> {
  const whole = Buffer.from(bytes as string);
  return () => [whole];
}
