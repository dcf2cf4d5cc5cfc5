import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { type DnsLimits, makeDnsDoor } from './dns.ts';

const NAME = 'desk1._domainkey.desk.example';
const open: Socket[] = [];
afterEach(() => {
  for (const socket of open.splice(0)) socket.close();
});

/** A name server on loopback that answers each question with what `answer` makes of it; null: it stays silent. */
async function nameServer(answer: (question: Buffer) => Buffer | null, limits: Partial<DnsLimits> = {}) {
  const socket = createSocket('udp4');
  open.push(socket);
  socket.on('message', (question: Buffer, from: RemoteInfo) => {
    const reply = answer(question);
    if (reply) socket.send(reply, from.port, from.address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return makeDnsDoor({ servers: [`127.0.0.1:${socket.address().port}`], limits });
}

/** An answer to the question (RFC 1035, section 4.1): the code, and TXT records in pieces. */
function reply(question: Buffer, code: number, records: readonly (readonly string[])[] = []): Buffer {
  let end = 12;
  while (question[end] !== 0) end += question[end]! + 1;
  const asked = question.subarray(12, end + 5);
  const header = Buffer.alloc(12);
  question.copy(header, 0, 0, 2);
  header.writeUInt16BE(0x8180 | code, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(records.length, 6);
  const answers = records.map((pieces) => {
    const data = Buffer.concat(pieces.map((piece) => Buffer.concat([Buffer.from([piece.length]), Buffer.from(piece)])));
    const head = Buffer.from([0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 60, data.length >> 8, data.length & 0xff]);
    return Buffer.concat([head, data]);
  });
  return Buffer.concat([header, asked, ...answers]);
}

test('the pieces of a record are joined, and each record stands for itself', async () => {
  const door = await nameServer((question) => reply(question, 0, [['v=DKIM1; p=', 'MII', 'x'], ['other']]));
  expect(await door.txt(NAME)).toEqual(['v=DKIM1; p=MIIx', 'other']);
});

test.each([
  ['a name that does not exist', 3],
  ['a name without such a record', 0],
])('%s has none', async (_what, code) => {
  const door = await nameServer((question) => reply(question, code));
  expect(await door.txt(NAME)).toEqual([]);
});

test.each([
  ['answers that it failed', 2, /answered that it failed/],
  ['refuses', 5, /refused the question/],
])('a name server that %s leaves it unknown', async (_what, code, words) => {
  const door = await nameServer((question) => reply(question, code));
  await expect(door.txt(NAME)).rejects.toThrow(words);
});

test('a name server that stays silent is waited for no longer than the limit', async () => {
  const door = await nameServer(() => null, { timeoutMs: 200 });
  const startedAt = performance.now();
  await expect(door.txt(NAME)).rejects.toThrow('no answer came in time');
  expect(performance.now() - startedAt).toBeLessThan(5000);
});

test.each([
  ['records', [['a'], ['b'], ['c']]],
  ['characters', [['x'.repeat(200), 'x'.repeat(101)]]],
])('an answer of more %s than the limit is not read', async (_what, records) => {
  const door = await nameServer((question) => reply(question, 0, records), { records: 2, characters: 300 });
  await expect(door.txt(NAME)).rejects.toThrow('larger');
});
