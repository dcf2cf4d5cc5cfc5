import { setTimeout as pause } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { open, serve } from '../testing/testbed.ts';

const MEGABYTE = 1024 * 1024;
const LINE = Buffer.from(`.${'x'.repeat(1021)}\r\n`);

/** 25 MB made while they are sent; every line has to be stuffed. */
const large = {
  *pieces() {
    for (let sent = 0; sent < 25 * MEGABYTE; sent += LINE.length) yield LINE;
  },
};

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** What is still reachable. Buffers are given back beside the program, so a first round is granted its time. */
async function liveBytes(): Promise<number> {
  collectGarbage();
  await pause(10);
  collectGarbage();
  await pause(10);
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

test('a message of 25 MB streams in bounded memory', async () => {
  const session = await open(await serve({ messages: [large] }));
  const before = await liveBytes();
  let bytes = 0;
  let highest = 0;
  let nextLook = 5 * MEGABYTE;
  for await (const piece of session.retrieve(1, { limitBytes: 25 * MEGABYTE })) {
    bytes += piece.length;
    if (bytes < nextLook) continue;
    nextLook += 5 * MEGABYTE;
    highest = Math.max(highest, (await liveBytes()) - before);
  }
  expect(bytes).toBe(25 * MEGABYTE);
  expect(highest).toBeLessThan(8 * MEGABYTE);
});

test('a reader that waits stops the server, and nothing piles up here', async () => {
  const server = await serve({ messages: [large] });
  const session = await open(server);
  const before = await liveBytes();
  const pieces = session.retrieve(1, { limitBytes: 25 * MEGABYTE })[Symbol.asyncIterator]();
  await pieces.next();
  let sent = -1;
  for (let round = 0; round < 100 && sent !== server.bytesSent; round += 1) {
    sent = server.bytesSent;
    await pause(40);
  }
  expect(sent).toBe(server.bytesSent);
  expect(sent).toBeLessThan(20 * MEGABYTE);
  expect((await liveBytes()) - before).toBeLessThan(4 * MEGABYTE);
});
