import { expect, test } from 'vitest';
import { bytesOf } from '../testing/collect.ts';
import type { FakePop3Options } from '../testing/fake-options.ts';
import { failureOf, open, serve } from '../testing/testbed.ts';
import type { Pop3Options, Pop3Session } from './index.ts';

const limitBytes = 1_000_000;
const letters = (count: number) => Array.from({ length: count }, (_, index) => `Subject: ${index + 1}\r\n\r\n.\r\n`);

async function opened(server: FakePop3Options, options: Partial<Pop3Options> = {}) {
  const running = await serve({ pipelining: true, latencyMs: 2, ...server });
  return { server: running, session: await open(running, options) };
}

/** Number -> text, or the code of the error. */
async function readAll(session: Pop3Session, numbers: Iterable<number>, windowBytes?: number) {
  const results: [number, string][] = [];
  for await (const { number, body } of session.retrieveAll(numbers, {
    limitBytes,
    ...(windowBytes && { windowBytes }),
  })) {
    const text = await bytesOf(body).then(String, (error: { code: string }) => error.code);
    results.push([number, text]);
  }
  return results;
}

test('many messages come in the order of asking, and the next ones are asked for ahead', async () => {
  const messages = letters(20);
  const { server, session } = await opened({ messages });
  const numbers = [3, 1, ...Array.from({ length: 17 }, (_, index) => index + 4), 2];
  expect(await readAll(session, numbers)).toEqual(numbers.map((number) => [number, messages[number - 1]]));
  expect(server.mostAhead).toBeGreaterThan(0);
  expect(await session.deleteAll(numbers)).toEqual(new Map());
  await session.quit();
  expect(server.messages).toHaveLength(0);
});

test.each([
  [{ pipelining: false }, {}],
  [{ pipelining: true }, { pipelining: false }],
])('one command at a time is sent without PIPELINING or when it is not wanted (%j, %j)', async (offered, wanted) => {
  const messages = letters(5);
  const { server, session } = await opened({ messages, ...offered }, wanted);
  expect((await readAll(session, [1, 2, 3, 4, 5])).map(([, text]) => text)).toEqual(messages);
  await session.deleteAll([1, 2]);
  expect(server.mostAhead).toBe(0);
});

test('the window keeps within its bytes by the sizes of LIST, and within its count', async () => {
  const { server, session } = await opened({ messages: letters(30), latencyMs: 5 }, { limits: { inFlight: 6 } });
  const { size } = await session.list();
  const numbers = Array.from({ length: size }, (_, index) => index + 1);
  await readAll(session, numbers, 1);
  expect(server.mostAhead).toBeLessThanOrEqual(1);
  await readAll(session, numbers);
  expect(server.mostAhead).toBeGreaterThan(1);
  expect(server.mostAhead).toBeLessThanOrEqual(5);
});

test('a refused message does not keep the others from coming', async () => {
  const messages = letters(5);
  const { session } = await opened({ messages, faults: { retr: { 1: 'ERR', 4: 'SYS/TEMP', 5: 'ERR' } } });
  const texts = (await readAll(session, [1, 2, 3, 4, 5])).map(([, text]) => text);
  expect(texts).toEqual(['REFUSED', messages[1], messages[2], 'SYS_TEMP', 'REFUSED']);
  expect((await session.stat()).count).toBe(5);
});

test('a message that nobody reads is skipped over', async () => {
  const messages = letters(4);
  const { session } = await opened({ messages, faults: { retr: { 3: 'ERR' } } });
  const read: string[] = [];
  for await (const { number, body } of session.retrieveAll([1, 2, 3, 4], { limitBytes })) {
    if (number % 2 === 0) read.push((await bytesOf(body)).toString());
  }
  expect(read).toEqual([messages[1], messages[3]]);
  await session.quit();
});

test('a generator of numbers may end the batch early and the session goes on', async () => {
  const { session } = await opened({ messages: letters(50) }, { limits: { inFlight: 4 } });
  let isEnough = false;
  function* numbers() {
    for (let number = 1; number <= 50 && !isEnough; number += 1) yield number;
  }
  let count = 0;
  for await (const { body } of session.retrieveAll(numbers(), { limitBytes })) {
    await bytesOf(body);
    count += 1;
    isEnough = count >= 5;
  }
  expect(count).toBeLessThan(10);
  expect((await session.stat()).count).toBe(50);
});

test('leaving the loop early drops the connection', async () => {
  const { server, session } = await opened({ messages: letters(5) });
  for await (const { body } of session.retrieveAll([1, 2, 3], { limitBytes })) {
    await bytesOf(body);
    break;
  }
  expect(await failureOf(session.quit())).toMatchObject({ code: 'CLOSED' });
  expect(server.messages).toHaveLength(5);
});

test.each(['SWALLOW', 'DROP', 'ERR'] as const)(
  'a server that breaks under pipelining (%s) is told as such, and works one command at a time',
  async (pipelining) => {
    const messages = letters(4);
    const { server, session } = await opened({ messages, faults: { pipelining } }, { limits: { replyMs: 150 } });
    const texts: string[] = [];
    const failure = await failureOf(
      (async () => {
        for await (const { body } of session.retrieveAll([1, 2, 3, 4], { limitBytes })) {
          texts.push((await bytesOf(body)).toString());
        }
      })(),
    );
    expect(failure).toMatchObject({ code: 'PIPELINING_BROKEN', cause: { name: 'Pop3Error' } });
    expect(texts).toEqual(messages.slice(0, 1));
    const careful = await open(server, { pipelining: false });
    expect((await readAll(careful, [1, 2, 3, 4])).map(([, text]) => text)).toEqual(messages);
  },
);

test('whoever swallows the error of a message still hears of broken pipelining', async () => {
  const { session } = await opened(
    { messages: letters(4), faults: { pipelining: 'SWALLOW' } },
    { limits: { replyMs: 150 } },
  );
  expect(await failureOf(readAll(session, [1, 2, 3]))).toMatchObject({ code: 'PIPELINING_BROKEN' });
});

test('a drop in the middle of a message is a closed connection, not broken pipelining', async () => {
  const { session } = await opened({ messages: letters(4), faults: { retr: { 2: 'DROP' } } });
  expect(await failureOf(readAll(session, [1, 2, 3]))).toMatchObject({ code: 'CLOSED' });
});

test('deleting many tells which were refused', async () => {
  const { server, session } = await opened({ messages: letters(4), faults: { dele: { 2: 'ERR' } } });
  await session.delete(1);
  const refused = await session.deleteAll([3, 4, 2]);
  expect([...refused.keys()]).toEqual([2]);
  expect(refused.get(2)).toMatchObject({ code: 'REFUSED' });
  await session.quit();
  expect(server.messages).toHaveLength(1);
});

test('50,000 messages can be listed', async () => {
  const { session } = await opened({ messages: Array.from({ length: 50_000 }, () => 'x'), latencyMs: 0 });
  expect((await session.uidl())?.size).toBe(50_000);
  expect((await session.list()).get(50_000)).toBe(1);
});
