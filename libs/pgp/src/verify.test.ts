import { createMessage, enums, generateKey, readPrivateKey, sign } from 'openpgp';
import { beforeAll, describe, expect, test } from 'vitest';
import { fixture, LETTER, NOW, publicKeys } from '../testing/craft.ts';
import { type PublicKeyInfo, readPublicKeys, summarise, verifyClearSigned, verifyDetached } from './index.ts';
import { writePacket } from './packets.ts';

let keys: PublicKeyInfo[];

beforeAll(async () => {
  keys = await publicKeys('carla', 'sam', 'revoked', 'expired');
});

const detached = (signature: Uint8Array | string, data: Uint8Array = LETTER, from = 'carla@customer.test') =>
  verifyDetached(data, signature, keys, { now: NOW, from });

describe('a detached signature', () => {
  test.each(['letter.sig.asc', 'letter.sq.asc'])('%s is valid over the exact bytes', async (name) => {
    expect(await detached(fixture(name))).toMatchObject({
      state: 'VALID',
      signatures: [{ signer: 'Carla Customer <carla@customer.test>' }],
    });
  });

  test('is valid when the letter was stored with bare LF', async () => {
    const stored = Buffer.from(LETTER.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
    expect((await detached(fixture('letter.sig.asc'), stored)).state).toBe('VALID');
  });

  test('is invalid over one more space, one sign less, or nothing', async () => {
    for (const data of [Buffer.concat([LETTER, Buffer.from(' ')]), LETTER.subarray(1), Buffer.alloc(0)]) {
      expect((await detached(fixture('letter.sig.asc'), data)).state).toBe('INVALID');
    }
  });

  test.each([
    ['letter.sha1.asc', 'SHA-1'],
    ['letter.md5.asc', 'MD5'],
  ])('%s is in an outdated form: never unsigned, never valid', async (name, form) => {
    expect(await detached(fixture(name))).toMatchObject({
      state: 'OUTDATED',
      explanation: `The signature is in an outdated form (${form}) and was not checked.`,
    });
  });

  test.each([
    ['letter.expired.asc', 'Signed, but the key expired on 2021-01-01.'],
    ['letter.revoked.asc', 'Signed, but the key was revoked on 2024-06-01.'],
  ])('%s is not valid, for the key has ended', async (name, explanation) => {
    expect(await detached(fixture(name))).toMatchObject({ state: 'EXPIRED', explanation });
  });

  test('by a key that has ended, over other bytes, is invalid', async () => {
    expect((await detached(fixture('letter.expired.asc'), Buffer.from('other'))).state).toBe('INVALID');
  });

  test('of version 3 or 5 is outdated', async () => {
    const v3 = Buffer.concat([
      Buffer.from([3, 5, 0, 0x66, 0x5a, 0x64, 0x80]),
      Buffer.alloc(8, 7),
      Buffer.from([1, 8, 0, 0, 0, 8, 0xff]),
    ]);
    expect(await detached(writePacket(2, v3))).toMatchObject({
      state: 'OUTDATED',
      signatures: [{ keyId: '0707070707070707' }],
    });
    const v5 = Buffer.concat([Buffer.from([5, 0, 22, 8]), Buffer.alloc(60)]);
    expect((await detached(writePacket(2, v5))).explanation).toContain('unsupported OpenPGP version (5)');
  });

  test('that cannot be read is invalid, not absent', async () => {
    for (const signature of ['rubbish', '', Buffer.from([0xc2, 0x05, 4, 0])]) {
      expect((await detached(signature)).state).toBe('INVALID');
    }
  });

  test('made with a weak key is outdated', async () => {
    const config = { minRSABits: 1024 };
    const weak = await generateKey({
      type: 'rsa',
      rsaBits: 1024,
      userIDs: { email: 'w@x.test' },
      date: NOW,
      format: 'object',
      config,
    });
    const message = await createMessage({ binary: LETTER });
    const signature = await sign({ message, signingKeys: weak.privateKey, detached: true, date: NOW, config });
    const known = await readPublicKeys(weak.publicKey.armor(), { now: NOW });
    const judged = await verifyDetached(LETTER, signature, known, { now: NOW });
    expect(judged).toMatchObject({ state: 'OUTDATED', explanation: expect.stringContaining('RSA key of 1024 bits') });
  });

  test('from the future is not valid', async () => {
    const signingKeys = await readPrivateKey({ armoredKey: fixture('carla.sec.asc').toString() });
    const at = async (ms: number) => {
      const message = await createMessage({ binary: LETTER });
      const signature = await sign({ message, signingKeys, detached: true, date: new Date(NOW.getTime() + ms) });
      return (await detached(signature)).state;
    };
    expect(await at(0)).toBe('VALID');
    expect(await at(2 * 24 * 60 * 60 * 1000)).toBe('INVALID');
  });

  test('over text counts line ends as one', async () => {
    const signingKeys = await readPrivateKey({ armoredKey: fixture('carla.sec.asc').toString() });
    const message = await createMessage({ text: 'one\ntwo\n' });
    const signature = await sign({ message, signingKeys, detached: true, date: NOW, format: 'object' });
    expect(signature.packets[0]).toMatchObject({ signatureType: enums.signature.text });
    expect((await detached(signature.armor(), Buffer.from('one\r\ntwo\r\n'))).state).toBe('VALID');
  });
});

describe('clear-signed words', () => {
  const clear = fixture('words.clear.asc').toString();
  const verify = (text: string | Uint8Array, options = {}) =>
    verifyClearSigned(text, keys, { now: NOW, from: 'carla@customer.test', ...options });

  test('come without armor and dash-escapes, and say what is covered', async () => {
    const text = `before\n\n${clear}\nfooter of a list\n`;
    const result = await verify(text);
    expect(result).toMatchObject({ state: 'VALID', text: 'The parcel is lost.\n- two dashes\n-- \nCarla' });
    expect(text.slice(result.start, result.end)).toBe('The parcel is lost.\n- - two dashes\n- -- \nCarla');
  });

  test('hold with CRLF line ends and white space lost at line ends', async () => {
    expect((await verify(clear.replaceAll('\n', '\r\n'))).state).toBe('VALID');
    expect((await verify(clear.replace('- -- \n', '- --\n'))).state).toBe('VALID');
  });

  test('keep the bytes of their charset', async () => {
    expect(await verify(fixture('latin1.clear.asc'), { charset: 'iso-8859-1' })).toMatchObject({
      state: 'VALID',
      text: 'Grüße aus Köln',
    });
    expect(await verify(fixture('latin1.clear.asc'))).toMatchObject({ state: 'VALID', text: 'Grüße aus Köln' });
  });

  test('that were changed are invalid, yet shown', async () => {
    expect(await verify(clear.replace('lost', 'here'))).toMatchObject({
      state: 'INVALID',
      text: expect.stringContaining('here'),
    });
  });

  test('cannot be smuggled in as a header or as a second block', async () => {
    const asHeader = clear.replace('Hash:', 'Comment: pay to account 7\nHash:');
    expect(await verify(asHeader)).toMatchObject({ state: 'INVALID', text: null });
    const asBlock = clear.replace('The parcel', '-----BEGIN PGP MESSAGE-----\nThe parcel');
    expect(await verify(asBlock)).toMatchObject({ state: 'INVALID', text: null });
    const inHash = clear.replace(/Hash: (\w+)/, 'Hash: $1\nHash: SHA256 \u2028evil');
    expect(await verify(inHash)).toMatchObject({ state: 'INVALID', text: null });
  });

  test('cut off before the signature are invalid', async () => {
    expect((await verify(clear.slice(0, 90))).state).toBe('INVALID');
  });
});

test('a false signature outweighs a good one beside it', () => {
  const one = { explanation: '', keyId: null, fingerprint: null, signer: null, createdAt: null };
  expect(
    summarise([
      { ...one, state: 'VALID' },
      { ...one, state: 'INVALID' },
    ]).state,
  ).toBe('INVALID');
  expect(
    summarise([
      { ...one, state: 'UNKNOWN_KEY' },
      { ...one, state: 'VALID' },
    ]).state,
  ).toBe('VALID');
  expect(summarise([])).toEqual({ state: 'NONE', explanation: 'Not signed.' });
});

test('limits on the signed bytes and on the time', async () => {
  const judge = (limits: object) => verifyDetached(LETTER, fixture('letter.sig.asc'), keys, { now: NOW, limits });
  expect((await judge({ inputBytes: LETTER.length })).state).toBe('VALID');
  expect(await judge({ inputBytes: LETTER.length - 1 })).toMatchObject({
    state: 'INVALID',
    explanation: expect.stringContaining('too large'),
  });
  expect(await judge({ timeMs: 0 })).toMatchObject({
    state: 'INVALID',
    explanation: expect.stringContaining('too long'),
  });
});
