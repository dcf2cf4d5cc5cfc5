import { config, generateKey } from 'openpgp';
import { describe, expect, test } from 'vitest';
import { fixture, NOW, PHRASE } from '../testing/craft.ts';
import { describeKey, type PgpErrorCode, readPrivateKey, readPublicKeys, unlockKeys } from './index.ts';
import { writePacket } from './packets.ts';

async function refusal(
  input: Uint8Array | string,
  phrase = PHRASE,
  options = {},
): Promise<{ code: PgpErrorCode; message: string }> {
  return readPrivateKey(input, phrase, { now: NOW, ...options }).then(
    () => expect.fail('the key was accepted'),
    (error) => {
      expect(error.name).toBe('PgpError');
      return { code: error.code, message: error.message };
    },
  );
}

describe('a key for the settings', () => {
  test('is accepted with its phrase, armored and binary, and described without secrets', async () => {
    const info = await readPrivateKey(fixture('support.sec.asc'), PHRASE, { now: NOW });
    expect(info).toMatchObject({
      userIds: ['Support <support@desk.test>'],
      expiresAt: null,
      canDecrypt: true,
      needsPassphrase: true,
    });
    expect(info.fingerprint).toMatch(/^[0-9A-F]{40}$/);
    expect(info.publicKey).toContain('BEGIN PGP PUBLIC KEY BLOCK');
    expect(info.publicKey).not.toContain('PRIVATE');
    const body = fixture('support.sec.asc').toString().split('\n\n')[1]!.split('\n=')[0]!;
    const binary = Buffer.from(body.replaceAll('\n', ''), 'base64');
    expect((await readPrivateKey(binary, PHRASE, { now: NOW })).fingerprint).toBe(info.fingerprint);
  });

  test('stays protected in what is stored', async () => {
    const { armored } = await readPrivateKey(fixture('support.sec.asc'), PHRASE, { now: NOW });
    expect(await refusal(armored, 'other')).toMatchObject({ code: 'WRONG_PHRASE' });
  });

  test('may hold only the secret subkeys, the main key being kept elsewhere', async () => {
    expect(await readPrivateKey(fixture('support-subkeys.sec.asc'), PHRASE, { now: NOW })).toMatchObject({
      canDecrypt: true,
    });
  });

  test('may have no phrase; one given is not used', async () => {
    expect(await readPrivateKey(fixture('carla.sec.asc'), '', { now: NOW })).toMatchObject({ needsPassphrase: false });
    expect(await readPrivateKey(fixture('carla.sec.asc'), 'any', { now: NOW })).toMatchObject({
      needsPassphrase: false,
    });
  });

  test('may come in one file with its public half', async () => {
    const both = Buffer.concat([fixture('support.pub.asc'), fixture('support.sec.asc')]);
    expect(await readPrivateKey(both, PHRASE, { now: NOW })).toMatchObject({ canDecrypt: true });
  });

  test('ends when the part for encryption ends', async () => {
    const day = 24 * 60 * 60;
    const made = await generateKey({
      userIDs: { email: 'a@desk.test' },
      date: NOW,
      subkeys: [{ keyExpirationTime: day }],
      format: 'armored',
    });
    const later = new Date(NOW.getTime() + 1000);
    const info = await readPrivateKey(made.privateKey, '', { now: later });
    expect(info.expiresAt).toEqual(new Date(Math.floor(NOW.getTime() / 1000) * 1000 + day * 1000));
    const gone = new Date(NOW.getTime() + 2 * day * 1000);
    expect(await refusal(made.privateKey, '', { now: gone })).toMatchObject({ code: 'NO_ENCRYPTION_SUBKEY' });
  });
});

describe('one plain sentence says what is wrong', () => {
  test.each([
    ['a wrong phrase', 'support.sec.asc', 'wrong', 'WRONG_PHRASE', 'The code phrase does not open this key.'],
    ['no phrase', 'support.sec.asc', '', 'PHRASE_MISSING', 'This key is protected; enter its code phrase.'],
    ['a public key', 'support.pub.asc', '', 'PUBLIC_KEY_GIVEN', 'This is a public key; the private key is needed.'],
    ['an expired key', 'expired.sec.asc', '', 'KEY_EXPIRED', 'The key expired on 2021-01-01.'],
    ['a revoked key', 'revoked.sec.asc', '', 'KEY_REVOKED', 'The key was revoked on 2024-06-01.'],
    ['a letter', 'enc.asc', '', 'NOT_A_KEY', 'This is not an OpenPGP key.'],
    ['plain words', 'words.txt', '', 'NOT_A_KEY', 'This is not an OpenPGP key.'],
  ])('%s', async (_, file, phrase, code, message) => {
    expect(await refusal(fixture(file), phrase)).toEqual({ code, message });
  });

  test('a key that only signs', async () => {
    expect((await refusal(fixture('signs.sec.asc'))).code).toBe('NO_ENCRYPTION_SUBKEY');
  });

  test('several keys', async () => {
    const two = Buffer.concat([fixture('support.sec.asc'), fixture('old.sec.asc')]);
    expect(await refusal(two)).toEqual({
      code: 'SEVERAL_KEYS',
      message: 'The file holds 2 keys; give one key at a time.',
    });
  });

  test('an SSH key', async () => {
    const ssh = '-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n';
    expect((await refusal(ssh)).message).toBe('This is an SSH or certificate key; an OpenPGP key is needed.');
  });

  test('a key cut off, and one with a changed sign', async () => {
    const text = fixture('support.sec.asc').toString();
    expect(await refusal(text.slice(0, 500))).toMatchObject({ code: 'KEY_DAMAGED' });
    const at = text.indexOf('\n\n') + 40;
    const changed = `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`;
    expect(await refusal(changed)).toMatchObject({ code: 'KEY_DAMAGED' });
  });

  test('a key of LibrePGP (version 5)', async () => {
    const key = writePacket(5, Buffer.concat([Buffer.from([5]), Buffer.alloc(60, 1)]));
    expect(await refusal(key)).toEqual({
      code: 'KEY_UNSUPPORTED',
      message: 'The key is of an unsupported OpenPGP version (5).',
    });
  });

  test('no sentence holds the phrase', async () => {
    const { message } = await refusal(fixture('support.sec.asc'), 'sesame-4711');
    expect(message).not.toContain('sesame');
  });

  test('a key whose stretching costs too much memory', async () => {
    const settings = {
      s2kType: 4 as const,
      aeadProtect: true,
      v6Keys: true,
      s2kArgon2Params: { passes: 1, parallelism: 1, memoryExponent: 10 },
    };
    const made = await generateKey({
      userIDs: { email: 'a@desk.test' },
      passphrase: 'x',
      date: NOW,
      format: 'armored',
      config: { ...config, ...settings },
    });
    const read = (exponent: number) =>
      readPrivateKey(made.privateKey, 'x', { now: NOW, limits: { argon2MemoryExponent: exponent } });
    expect(await read(10)).toMatchObject({ canDecrypt: true });
    await expect(read(9)).rejects.toMatchObject({ code: 'KEY_TOO_COSTLY' });
    await expect(readPrivateKey(made.privateKey, 'x', { now: NOW, limits: { argon2Work: 0 } })).rejects.toMatchObject({
      code: 'KEY_TOO_COSTLY',
    });
  });
});

describe('limits on key files', () => {
  test('the size', async () => {
    const file = fixture('support.sec.asc');
    expect(await readPrivateKey(file, PHRASE, { now: NOW, limits: { keyBytes: file.length } })).toBeDefined();
    expect(await refusal(file, PHRASE, { limits: { keyBytes: file.length - 1 } })).toMatchObject({ code: 'TOO_LARGE' });
  });

  test('the keys and the packets', async () => {
    const two = Buffer.concat([fixture('carla.pub.asc'), fixture('sam.pub.asc')]);
    expect(await readPublicKeys(two, { now: NOW, limits: { keysInFile: 2 } })).toHaveLength(2);
    await expect(readPublicKeys(two, { now: NOW, limits: { keysInFile: 1 } })).rejects.toMatchObject({
      code: 'SEVERAL_KEYS',
    });
    expect(await readPublicKeys(fixture('carla.pub.asc'), { now: NOW, limits: { keyPackets: 5 } })).toHaveLength(1);
    await expect(
      readPublicKeys(fixture('carla.pub.asc'), { now: NOW, limits: { keyPackets: 4 } }),
    ).rejects.toMatchObject({ code: 'TOO_MANY_PACKETS' });
  });
});

test('a key can be described without its phrase', async () => {
  const facts = await describeKey(fixture('support.sec.asc'), { now: NOW });
  expect(facts).toMatchObject({ userIds: ['Support <support@desk.test>'], canDecrypt: true, canEncrypt: true });
  expect(Object.keys(facts)).not.toContain('key');
});

test('a keyring holds what opens, and says why the rest does not', async () => {
  const stored = [
    { armored: fixture('support.sec.asc'), passphrase: 'wrong' },
    { armored: fixture('old.sec.asc') },
    { armored: 'rubbish' },
  ];
  const ring = await unlockKeys(stored, { now: NOW });
  expect(ring.keys.map(({ userIds }) => userIds[0])).toEqual(['Old Support <old@desk.test>']);
  expect(ring.locked.map(({ code }) => code)).toEqual(['WRONG_PHRASE', 'NOT_A_KEY']);
  expect(ring.locked[0]?.keyIds).toHaveLength(2);
});

test('a name with control or direction signs is made safe to show', async () => {
  const made = await generateKey({
    userIDs: { name: 'Anna\u202Eevil\u0007', email: 'a@b.test' },
    date: NOW,
    format: 'armored',
  });
  const [info] = await readPublicKeys(made.publicKey, { now: NOW });
  expect(info?.userIds).toEqual(['Anna evil  <a@b.test>']);
});
