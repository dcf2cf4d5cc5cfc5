import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DotStuffer } from '../testing/stuffing.ts';
import { MultilineDecoder } from './multiline.ts';

/** Bytes in which the signs that matter are frequent. */
const bytes = fc
  .array(fc.oneof(fc.constantFrom(0x0d, 0x0a, 0x2e), fc.integer({ min: 0, max: 255 })), { maxLength: 60 })
  .map((values) => Buffer.from(values));
const cuts = fc.array(fc.nat({ max: 130 }), { maxLength: 10 });

function split(whole: Buffer, at: readonly number[]): Buffer[] {
  const edges = [0, ...at.map((edge) => Math.min(edge, whole.length)).sort((a, b) => a - b), whole.length];
  return edges.slice(1).map((end, index) => whole.subarray(edges[index], end));
}

function stuff(pieces: readonly Buffer[]): Buffer {
  const stuffer = new DotStuffer();
  return Buffer.concat([...pieces.map((piece) => stuffer.push(piece)), stuffer.end()]);
}

function decode(pieces: readonly Buffer[]): { content: Buffer; rest: Buffer; ended: boolean } {
  const decoder = new MultilineDecoder();
  const content: Buffer[] = [];
  const rest: Buffer[] = [];
  for (const piece of pieces) {
    if (decoder.ended) rest.push(piece);
    else content.push(decoder.push(piece));
  }
  return { content: Buffer.concat(content), rest: Buffer.concat([decoder.rest, ...rest]), ended: decoder.ended };
}

test('what is stuffed comes back byte for byte, however both sides cut it', () => {
  fc.assert(
    fc.property(bytes, cuts, cuts, bytes, (message, sent, received, after) => {
      const isWhole = message.length === 0 || message.subarray(-2).equals(Buffer.from('\r\n'));
      const expected = isWhole ? message : Buffer.concat([message, Buffer.from('\r\n')]);
      const wire = Buffer.concat([stuff(split(message, sent)), after]);
      const got = decode(split(wire, received));
      expect(got.ended).toBe(true);
      expect(got.content.equals(expected)).toBe(true);
      expect(got.rest.equals(after)).toBe(true);
    }),
    { numRuns: 3000 },
  );
});

test('an answer cut short at any byte has not ended', () => {
  const wire = stuff([Buffer.from('a\r\n.\r\n..\r\n\r\n.b\n.\n\r.\r')]);
  for (let length = 0; length < wire.length; length += 1) {
    expect(decode([wire.subarray(0, length)]).ended).toBe(false);
  }
  expect(decode([wire]).ended).toBe(true);
});

test.each(['\n.\n', '\n.\r\n', '\r.\r', '\r.\r\n', 'x.\r\n', '\r\n.\n', '\r\n.\rx'])(
  '%j does not end an answer',
  (text) => {
    expect(decode([Buffer.from(`x${text}`)]).ended).toBe(false);
  },
);

test('a decoder copies nothing of a piece without stuffed dots', () => {
  const piece = Buffer.from('one\r\ntwo\r\n');
  expect(new MultilineDecoder().push(piece).buffer).toBe(piece.buffer);
});
