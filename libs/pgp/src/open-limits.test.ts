import { deflateRawSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { compressed, deskKeyring, fixture, LETTER, literal, NOW, publicKeys, sealRaw } from '../testing/craft.ts';
import { dearmor } from './armor.ts';
import { type Keyring, openEncrypted, type PgpLimits, type PublicKeyInfo } from './index.ts';
import { readPackets, TAG, writePacket } from './packets.ts';

let keyring: Keyring;
let support: PublicKeyInfo;

beforeAll(async () => {
  keyring = await deskKeyring();
  support = (await publicKeys('support'))[0]!;
});

const open = (input: Uint8Array | string, limits: Partial<PgpLimits> = {}) =>
  openEncrypted(input, { keyring, now: NOW, limits });

async function codeOf(input: Uint8Array | string, limits: Partial<PgpLimits> = {}): Promise<string> {
  const result = await open(input, limits);
  return result.ok ? 'OK' : result.code;
}

/** Runs something and says how long it took and how much the process grew at most. */
async function measured<T>(work: () => Promise<T>): Promise<{ value: T; ms: number; grownMiB: number }> {
  const before = process.memoryUsage().rss;
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 10);
  const startedAt = performance.now();
  const value = await work();
  clearInterval(watch);
  most = Math.max(most, process.memoryUsage().rss);
  return { value, ms: performance.now() - startedAt, grownMiB: (most - before) / 1024 / 1024 };
}

describe('a bomb ends early and small', () => {
  test('2 MB that unpack to 2 GB', async () => {
    const again = deflateRawSync(Buffer.alloc(64 * 1024 * 1024), { finishFlush: 2 });
    const header = Buffer.from([0xcb, 0xff, 0x80, 0, 0, 0, 0x62, 0, 0, 0, 0, 0]);
    // A stored block for the literal's header, then the same 64 MiB again and again; the last bit is never set.
    const stored = Buffer.concat([Buffer.from([0, header.length, 0, ~header.length & 0xff, 0xff]), header]);
    const unfinished = Buffer.concat([stored, ...Array.from({ length: 32 }, () => again)]);
    const bomb = await sealRaw(compressed(1, unfinished), support.key);
    const { value, ms, grownMiB } = await measured(() => codeOf(bomb));
    expect(value).toBe('TOO_LARGE');
    expect(ms).toBeLessThan(5000);
    expect(grownMiB).toBeLessThan(300);
  }, 20_000);

  test('800 bytes of bzip2 that unpack to 1 GiB', async () => {
    const bomb = await sealRaw(compressed(3, fixture('bomb.bz2')), support.key);
    expect(bomb.length).toBeLessThan(1100);
    const { value, ms, grownMiB } = await measured(() => codeOf(bomb));
    expect(value).toBe('TOO_LARGE');
    expect(ms).toBeLessThan(5000);
    expect(grownMiB).toBeLessThan(300);
  }, 20_000);

  test('packed several times over', async () => {
    let packet = literal(LETTER);
    packet = compressed(1, deflateRawSync(packet));
    expect(await codeOf(await sealRaw(packet, support.key))).toBe('OK');
    packet = compressed(1, deflateRawSync(packet));
    expect(await codeOf(await sealRaw(packet, support.key))).toBe('NESTED_TOO_DEEP');
    for (let depth = 0; depth < 100; depth++) packet = compressed(1, deflateRawSync(packet));
    expect(await codeOf(await sealRaw(packet, support.key))).toBe('NESTED_TOO_DEEP');
  });

  test('a message that is only packed, not encrypted', async () => {
    const bomb = compressed(1, deflateRawSync(literal(Buffer.alloc(60 * 1024 * 1024))));
    expect(bomb.length).toBeLessThan(100_000);
    const { value, ms, grownMiB } = await measured(() => codeOf(bomb));
    expect(value).toBe('TOO_LARGE');
    expect(ms).toBeLessThan(5000);
    expect(grownMiB).toBeLessThan(300);
  }, 20_000);

  test('a thousand recipients', async () => {
    const whole = dearmor(fixture('enc.asc').toString('latin1')).bytes;
    const [session, data] = readPackets(whole, 10).map(({ start, end }) => whole.subarray(start, end));
    const many = (count: number) => Buffer.concat([...Array.from({ length: count }, () => session!), data!]);
    expect(await codeOf(many(1000))).toBe('TOO_MANY_PACKETS');
    expect(await codeOf(many(256))).toBe('OK');
    const { value, ms } = await measured(() => codeOf(many(257)));
    expect(value).toBe('TOO_MANY_RECIPIENTS');
    expect(ms).toBeLessThan(1000);
  });

  test('a password with the hardest stretching costs nothing, for no password is ever tried', async () => {
    const argon = Buffer.concat([Buffer.from([4, 9, 4]), Buffer.alloc(16, 1), Buffer.from([255, 255, 31])]);
    const message = Buffer.concat([
      writePacket(TAG.passwordSessionKey, argon),
      writePacket(TAG.protectedData, Buffer.alloc(64, 1)),
    ]);
    const { value, ms } = await measured(() => codeOf(message));
    expect(value).toBe('PASSWORD_ONLY');
    expect(ms).toBeLessThan(200);
  });
});

describe('every limit holds at its border', () => {
  test('the size unpacked', async () => {
    const size = 100_000;
    const packet = literal(Buffer.alloc(size));
    const sealed = await sealRaw(compressed(1, deflateRawSync(packet)), support.key);
    expect(await codeOf(sealed, { decompressedBytes: packet.length })).toBe('OK');
    expect(await codeOf(sealed, { decompressedBytes: packet.length - 1 })).toBe('TOO_LARGE');
  });

  test('the size that is not packed', async () => {
    const sealed = await sealRaw(literal(Buffer.alloc(1000)), support.key);
    expect(await codeOf(sealed, { decompressedBytes: 1000 })).toBe('OK');
    expect(await codeOf(sealed, { decompressedBytes: 999 })).toBe('TOO_LARGE');
  });

  test('the size handed in', async () => {
    const input = fixture('enc.asc');
    expect(await codeOf(input, { inputBytes: input.length })).toBe('OK');
    expect(await codeOf(input, { inputBytes: input.length - 1 })).toBe('TOO_LARGE');
  });

  test('the packets', async () => {
    expect(await codeOf(fixture('enc.asc'), { packets: 2 })).toBe('OK');
    expect(await codeOf(fixture('enc.asc'), { packets: 1 })).toBe('TOO_MANY_PACKETS');
  });

  test('the encrypted layers', async () => {
    const at = (depth: number) => openEncrypted(fixture('enc.asc'), { keyring, now: NOW, depth });
    expect((await at(2)).ok).toBe(true);
    expect(await at(3)).toMatchObject({ ok: false, code: 'NESTED_TOO_DEEP' });
  });

  test('the attempts', async () => {
    expect(await codeOf(fixture('enc-hidden.asc'), { trials: 1 })).toBe('OK');
    expect(await codeOf(fixture('enc-hidden.asc'), { trials: 0 })).toBe('NO_KEY');
  });

  test('the signatures: more are not looked at, and a note says so', async () => {
    const whole = dearmor(fixture('signed-opaque.asc').toString('latin1')).bytes;
    const sealed = await sealRaw(whole, support.key);
    const one = await open(sealed, { signatures: 1 });
    expect(one).toMatchObject({ ok: true, notes: [] });
    const none = await open(sealed, { signatures: 0 });
    expect(none).toMatchObject({ ok: true, signatures: [], notes: [{ code: 'MORE_SIGNATURES' }] });
  });

  test('the time, and the wish to stop', async () => {
    expect(await codeOf(fixture('enc.asc'), { timeMs: 0 })).toBe('TIMED_OUT');
    const stop = new AbortController();
    stop.abort();
    const result = await openEncrypted(fixture('enc.asc'), { keyring, now: NOW, signal: stop.signal });
    expect(result).toMatchObject({ ok: false, code: 'TIMED_OUT' });
  });
});
