import { expect, test } from 'vitest';
import { bytesOf } from '../testing/collect.ts';
import { LETTER, open, serve } from '../testing/testbed.ts';
import type { Pop3Warning } from './index.ts';

test('a message comes byte for byte and stays until it is deleted and the session has ended', async () => {
  const server = await serve({ messages: [LETTER] });
  const session = await open(server);
  expect(await session.stat()).toEqual({ count: 1, sizeBytes: LETTER.length });
  expect(await session.list()).toEqual(new Map([[1, LETTER.length]]));
  expect(await session.uidl()).toEqual(new Map([[1, server.messages[0]?.uid]]));
  expect((await bytesOf(session.retrieve(1, { limitBytes: 1000 }))).toString()).toBe(LETTER);
  await session.delete(1);
  expect(server.messages).toHaveLength(1);
  await session.quit();
  expect(server.messages).toHaveLength(0);
});

test('a session dropped without QUIT removes nothing', async () => {
  const server = await serve({ messages: [LETTER] });
  const session = await open(server);
  await session.delete(1);
  session.destroy();
  session.destroy();
  await expect(session.stat()).rejects.toMatchObject({ code: 'CLOSED' });
  expect(server.messages).toHaveLength(1);
});

test.each([
  ['NUL and 8-bit bytes', Buffer.from([0, 1, 0xff, 0x80, 0x0d, 0x0a])],
  ['a bare LF before a dot', Buffer.from('a\n.\nb\n..c\n.\r\n')],
  ['a bare CR before a dot', Buffer.from('a\r.\rb\r..c\r.\r\n')],
  ['nothing but an empty line', Buffer.from('\r\n')],
  ['lines that begin with dots', Buffer.from('.\r\n..\r\n...x\r\n.\r\r\n')],
  ['a line of 10 MB', Buffer.concat([Buffer.alloc(10_000_000, 'x'), Buffer.from('\r\n')])],
])('%s comes unchanged', async (_, bytes) => {
  const session = await open(await serve({ messages: [bytes] }));
  const got = await bytesOf(session.retrieve(1, { limitBytes: bytes.length }));
  expect(got.equals(bytes)).toBe(true);
});

test('an empty message is empty, and a last line without CRLF gets the one that the protocol adds', async () => {
  const session = await open(await serve({ messages: ['', 'no end'] }));
  expect(await bytesOf(session.retrieve(1, { limitBytes: 0 }))).toHaveLength(0);
  expect((await bytesOf(session.retrieve(2, { limitBytes: 8 }))).toString()).toBe('no end\r\n');
});

test('the byte limit lets through exactly its size; one byte more drops the connection', async () => {
  const server = await serve({ messages: [LETTER] });
  const session = await open(server);
  expect(await bytesOf(session.retrieve(1, { limitBytes: LETTER.length }))).toHaveLength(LETTER.length);
  const tooSmall = bytesOf(session.retrieve(1, { limitBytes: LETTER.length - 1 }));
  await expect(tooSmall).rejects.toMatchObject({ code: 'TOO_LARGE' });
  await expect(session.stat()).rejects.toMatchObject({ code: 'TOO_LARGE' });
});

test('sizes in LIST that are wrong do not change what is read', async () => {
  const session = await open(await serve({ messages: [LETTER, LETTER], faults: { list: 'WRONG_SIZES' } }));
  expect((await session.list()).get(2)).toBe(1);
  expect(await bytesOf(session.retrieve(2, { limitBytes: 1000 }))).toHaveLength(LETTER.length);
});

test('lines of LIST that cannot be read are told and left out', async () => {
  const warnings: Pop3Warning[] = [];
  const server = await serve({ messages: [LETTER], faults: { list: 'MALFORMED' } });
  const session = await open(server, { onWarning: (warning) => warnings.push(warning) });
  expect(await session.list()).toEqual(new Map([[1, LETTER.length]]));
  expect(warnings.map((warning) => warning.reason)).toEqual([
    'MALFORMED_LINE',
    'MALFORMED_LINE',
    'MALFORMED_LINE',
    'DUPLICATE_NUMBER',
    'MALFORMED_LINE',
  ]);
});

test.each([
  ['LONG', 'ID_TOO_LONG', [2, 3]],
  ['LONGEST', 'ID_TOO_LONG', [2, 3]],
  ['SPACES', 'MALFORMED_ID', [2, 3]],
  ['NON_ASCII', 'MALFORMED_ID', [2, 3]],
  ['DUPLICATES', 'DUPLICATE_ID', [1, 2, 3]],
  ['TWICE', 'DUPLICATE_NUMBER', [1, 2, 3]],
] as const)('UIDL with the fault %s tells %s and keeps what can be used', async (uidl, reason, numbers) => {
  const warnings: Pop3Warning[] = [];
  const server = await serve({ messages: [LETTER, LETTER, LETTER], faults: { uidl } });
  const session = await open(server, { onWarning: (warning) => warnings.push(warning) });
  expect([...((await session.uidl()) ?? new Map()).keys()]).toEqual(numbers);
  expect(new Set(warnings.map((warning) => warning.reason))).toEqual(new Set([reason]));
});

test('a unique id of 70 characters is taken', async () => {
  const uid = '~'.repeat(70);
  const session = await open(await serve({ messages: [{ bytes: LETTER, uid }] }));
  expect(await session.uidl()).toEqual(new Map([[1, uid]]));
});

test('gaps in UIDL are gaps in the answer', async () => {
  const session = await open(await serve({ messages: [LETTER, LETTER, LETTER], faults: { uidl: 'GAPS' } }));
  expect([...((await session.uidl()) ?? new Map()).keys()]).toEqual([1, 3]);
});

test('a server without UIDL gives null; one with a passing fault says so', async () => {
  const server = await serve({ uidl: false });
  const session = await open(server);
  expect(await session.uidl()).toBeNull();
  server.faults = { uidl: 'SYS/TEMP' };
  server.options.uidl = true;
  await expect(session.uidl()).rejects.toMatchObject({ code: 'SYS_TEMP' });
  expect(await session.stat()).toEqual({ count: 0, sizeBytes: 0 });
});

test('a refused command leaves the session in use', async () => {
  const server = await serve({
    messages: [LETTER, LETTER],
    faults: { retr: { 1: 'ERR' }, dele: { 1: 'ERR' }, top: 'ERR', stat: 'ERR', list: 'ERR' },
  });
  const session = await open(server);
  const refused = { code: 'REFUSED', serverText: expect.any(String) };
  await expect(bytesOf(session.retrieve(1, { limitBytes: 1000 }))).rejects.toMatchObject(refused);
  await expect(session.delete(1)).rejects.toMatchObject(refused);
  await expect(bytesOf(session.top(1, 0))).rejects.toMatchObject(refused);
  await expect(session.stat()).rejects.toMatchObject(refused);
  await expect(session.list()).rejects.toMatchObject(refused);
  expect(await bytesOf(session.retrieve(2, { limitBytes: 1000 }))).toHaveLength(LETTER.length);
  await session.delete(2);
  await session.quit();
  expect(server.messages).toHaveLength(1);
});

test('TOP brings the headers; a server that sends the whole message meets the limit', async () => {
  const server = await serve({ messages: [`Subject: one\r\n\r\n${'line\r\n'.repeat(1000)}`] });
  const session = await open(server);
  expect((await bytesOf(session.top(1, 0))).toString()).toBe('Subject: one\r\n\r\n');
  server.faults = { top: 'WHOLE' };
  const whole = bytesOf(session.top(1, 0, { limitBytes: 100 }));
  await expect(whole).rejects.toMatchObject({ code: 'TOO_LARGE' });
});

test('leaving a message early drops the connection and removes nothing', async () => {
  const server = await serve({ messages: [LETTER, Buffer.alloc(300_000, 'x')] });
  const session = await open(server);
  await session.delete(1);
  for await (const _ of session.retrieve(2, { limitBytes: 1e6 })) break;
  await expect(session.quit()).rejects.toMatchObject({ code: 'CLOSED' });
  expect(server.messages).toHaveLength(2);
});

test('a second call while one runs is a mistake of the program', async () => {
  const session = await open(await serve());
  const first = session.stat();
  await expect(session.list()).rejects.toThrow('one thing at a time');
  expect(await first).toEqual({ count: 0, sizeBytes: 0 });
});

test('a message number that is none is never sent', async () => {
  const server = await serve();
  const session = await open(server);
  for (const number of [0, -1, 1.5, Number.NaN]) {
    expect(() => session.retrieve(number, { limitBytes: 1 })).toThrow(RangeError);
    expect(() => session.delete(number)).toThrow(RangeError);
  }
  expect(() => session.top(1, -1)).toThrow(RangeError);
  expect(server.commands.filter((line) => /RETR|DELE|TOP/.test(line))).toEqual([]);
});

test.each([
  ['ERR', 'QUIT_REFUSED'],
  ['SILENT', 'TIMEOUT'],
  ['DROP', 'CLOSED'],
] as const)('QUIT with the fault %s throws %s, and the mail is still there', async (quit, code) => {
  const server = await serve({ messages: [LETTER], faults: { quit } });
  const session = await open(server, { limits: { replyMs: 100 } });
  await session.delete(1);
  await expect(session.quit()).rejects.toMatchObject({ code });
  expect(server.messages).toHaveLength(1);
});

test('a server may say goodbye and keep the mail: the next session sees it again under the same id', async () => {
  const server = await serve({ messages: [LETTER], faults: { quit: 'KEEP' } });
  const first = await open(server);
  const before = await first.uidl();
  await first.delete(1);
  await first.quit();
  expect(await (await open(server)).uidl()).toEqual(before);
});

test('a connection that drops after DELE removes nothing', async () => {
  const server = await serve({ messages: [LETTER], faults: { dele: 'DROP_AFTER' } });
  const session = await open(server);
  await session.delete(1);
  await expect(session.quit()).rejects.toMatchObject({ code: 'CLOSED' });
  expect(server.messages).toHaveLength(1);
});
