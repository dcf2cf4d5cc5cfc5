import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { failureOf, LETTER, open, serve } from '../testing/testbed.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { Link } from './link.ts';
import { Wire } from './wire.ts';

/** The lines of a listing that comes in these pieces, with lines of at most 8 bytes. */
async function linesOf(pieces: readonly string[]): Promise<[string, boolean][]> {
  const stream = new PassThrough();
  const link = new Link(new Wire(stream), { ...DEFAULT_LIMITS, lineBytes: 8 });
  const lines: [string, boolean][] = [];
  const reading = link.lines('The listing', (line, isCut) => lines.push([line, isCut]));
  for (const piece of pieces) {
    stream.push(piece);
    await new Promise(setImmediate);
  }
  await reading;
  return lines;
}

test('a line of a listing may have exactly the limit; one byte more cuts it there and says so', async () => {
  expect(await linesOf(['12345678\r\n123456789\r\n1\r\n.\r\n'])).toEqual([
    ['12345678', false],
    ['12345678', true],
    ['1', false],
  ]);
});

test('a long line stays one line wherever its pieces are cut', async () => {
  const long = `1234567\r${'x'.repeat(20)}\n2 forged\r`;
  const text = `${long}\r\n3 true\r\n.\r\n`;
  for (let first = 1; first < text.length; first += 1) {
    for (let second = first + 1; second <= text.length; second += 1) {
      const pieces = [text.slice(0, first), text.slice(first, second), text.slice(second)].filter(Boolean);
      expect(await linesOf(pieces)).toEqual([
        ['1234567\r', true],
        ['3 true', false],
      ]);
    }
  }
});

test('a maildrop is held by one session at a time and free again after it', async () => {
  const server = await serve({ messages: [LETTER], exclusive: true });
  const first = await open(server);
  expect(await failureOf(open(server))).toMatchObject({ code: 'IN_USE', responseCode: 'IN-USE' });
  await first.quit();
  expect((await (await open(server)).stat()).count).toBe(1);
});
