import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { bytesOf } from '../testing/collect.ts';
import { failureOf, LETTER, open, serve } from '../testing/testbed.ts';

const limitBytes = 1_000_000;

test.each([
  ['DROP', 'CLOSED', {}],
  ['DROP_BEFORE_DOT', 'CLOSED', {}],
  ['STALL', 'TIMEOUT', { chunkMs: 80 }],
  ['SILENT', 'TIMEOUT', { replyMs: 80 }],
  ['ENDLESS', 'TOO_LARGE', {}],
  ['UNSTUFFED', 'PROTOCOL', {}],
  ['LONG_STATUS', 'PROTOCOL', {}],
  ['TRICKLE', 'TOO_SLOW', { retrieveMs: 60 }],
  ['TRICKLE', 'TOO_SLOW', { rateWindowMs: 60, minBytesPerSecond: 10_000 }],
] as const)('a RETR with the fault %s throws %s and removes nothing (%j)', async (retr, code, limits) => {
  const server = await serve({ messages: [LETTER.repeat(3)], faults: { retr } });
  const session = await open(server, { limits });
  await session.delete(1);
  server.addMessage(LETTER);
  server.faults = { retr };
  const other = await open(server, { limits });
  expect(await failureOf(bytesOf(other.retrieve(1, { limitBytes })))).toMatchObject({ code });
  expect(await failureOf(other.quit())).toMatchObject({ code });
  expect(server.messages).toHaveLength(2);
});

test('while our side is slow no time limit runs', async () => {
  const server = await serve({ messages: ['x'.repeat(2_000_000)] });
  const session = await open(server, { limits: { chunkMs: 40, retrieveMs: 60, rateWindowMs: 40 } });
  let bytes = 0;
  let pieces = 0;
  for await (const piece of session.retrieve(1, { limitBytes: 3_000_000 })) {
    bytes += piece.length;
    pieces += 1;
    if (pieces <= 3) await pause(70);
  }
  expect(bytes).toBe(2_000_002);
});

test('a listing has limits for lines and bytes', async () => {
  const messages = Array.from({ length: 10 }, () => LETTER);
  const server = await serve({ messages });
  const fits = await open(server, { limits: { listLines: 10 } });
  expect((await fits.list()).size).toBe(10);
  const tooMany = await open(server, { limits: { listLines: 9 } });
  expect(await failureOf(tooMany.list())).toMatchObject({ code: 'TOO_LARGE' });
  const bytes = (await bytesOfListing(server)).length;
  expect((await (await open(server, { limits: { listBytes: bytes } })).list()).size).toBe(10);
  const tooLong = await open(server, { limits: { listBytes: 20 } }).catch((error: unknown) => error);
  expect(tooLong).toMatchObject({ code: 'TOO_LARGE' });
  server.faults = { uidl: 'ENDLESS' };
  expect(await failureOf((await open(server)).uidl())).toMatchObject({ code: 'TOO_LARGE' });
});

/** Large enough for the capabilities and the listing alike. */
async function bytesOfListing(server: { messages: readonly { listSize: number }[] }): Promise<string> {
  const listing = server.messages.map(({ listSize }, index) => `${index + 1} ${listSize}\r\n`).join('');
  return listing.padEnd(120);
}

test('a status line may have exactly the limit', async () => {
  const server = await serve({ script: (line) => (line === 'NOOP' ? undefined : statusOf(line)) });
  const lengths = { STAT: 100 };
  function statusOf(line: string) {
    return line === 'STAT' ? `${'+OK 0 0 '.padEnd(lengths.STAT, 'x')}\r\n` : undefined;
  }
  const session = await open(server, { limits: { lineBytes: 100 } });
  expect(await session.stat()).toEqual({ count: 0, sizeBytes: 0 });
  lengths.STAT = 101;
  expect(await failureOf(session.stat())).toMatchObject({ code: 'PROTOCOL' });
});

test('a status line ends at CRLF alone, and its control characters are not shown', async () => {
  const server = await serve({ script: (line) => (line === 'STAT' ? '-ERR a\nb\u001b[31m\r-ERR\r\n' : undefined) });
  const session = await open(server);
  expect(await failureOf(session.stat())).toMatchObject({ code: 'REFUSED', serverText: 'a b [31m -ERR' });
  expect(await session.list()).toEqual(new Map());
});

test('what the server says is cut to 200 characters', async () => {
  const server = await serve({ script: (line) => (line === 'STAT' ? `-ERR ${'ä'.repeat(300)}\r\n` : undefined) });
  const error = await failureOf((await open(server)).stat());
  expect(error.serverText).toBe('ä'.repeat(200));
});

test('words that nobody asked for end the session instead of answering the next command', async () => {
  for (const [unasked, code] of [
    ['TEXT', 'PROTOCOL'],
    ['BYE', 'CLOSED'],
  ] as const) {
    const session = await open(await serve({ faults: { unasked } }));
    const failure = failureOf(
      session.uidl().then(async () => {
        await pause(20);
        await session.stat();
      }),
    );
    expect(['PROTOCOL', code]).toContain((await failure).code);
  }
});

test('STAT without numbers ends the session', async () => {
  const session = await open(await serve({ faults: { stat: 'GARBAGE' } }));
  expect(await failureOf(session.stat())).toMatchObject({ code: 'PROTOCOL' });
});
