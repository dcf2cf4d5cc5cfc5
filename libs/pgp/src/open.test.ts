import { generateKey } from 'openpgp';
import { beforeAll, describe, expect, test } from 'vitest';
import { deskKeyring, fixture, LETTER, literal, NOW, publicKeys, sealRaw, sealUnprotected } from '../testing/craft.ts';
import {
  type Keyring,
  type OpenOptions,
  openEncrypted,
  type PublicKeyInfo,
  readPublicKeys,
  unlockKeys,
} from './index.ts';
import { encryptFor } from './seal.ts';

let keyring: Keyring;
let support: PublicKeyInfo;
let carla: PublicKeyInfo[];

beforeAll(async () => {
  keyring = await deskKeyring();
  support = (await publicKeys('support'))[0]!;
  carla = await publicKeys('carla');
});

async function opened(input: Uint8Array | string, options: Partial<OpenOptions> = {}) {
  const result = await openEncrypted(input, { keyring, now: NOW, ...options });
  if (!result.ok) throw new Error(`did not open: ${result.code} ${result.explanation}`);
  return result;
}

async function refused(input: Uint8Array | string, options: Partial<OpenOptions> = {}) {
  const result = await openEncrypted(input, { keyring, now: NOW, ...options });
  expect(result).not.toHaveProperty('data');
  if (result.ok) throw new Error('opened');
  return result;
}

describe('letters that open', () => {
  test.each(['enc', 'enc-several', 'enc-rsa', 'enc-zip', 'enc-bzip2', 'enc.rnp'])(
    '%s gives the words as they were written',
    async (name) => {
      const result = await opened(fixture(`${name}.asc`));
      expect(result.data).toEqual(LETTER);
      expect(result).toMatchObject({ isEncrypted: true, signature: { state: 'NONE' }, notes: [] });
    },
  );

  test.each(['enc-signed', 'enc-signed.sq'])('%s opens and its signature is valid for the sender', async (name) => {
    const result = await opened(fixture(`${name}.asc`), { verificationKeys: carla, from: 'Carla@Customer.test' });
    expect(result.data).toEqual(LETTER);
    expect(result.signature.state).toBe('VALID');
    expect(result.signatures[0]).toMatchObject({
      signer: 'Carla Customer <carla@customer.test>',
      fingerprint: carla[0]!.fingerprint,
    });
  });

  test('a signature by a key that nobody handed in is unknown, not valid', async () => {
    expect((await opened(fixture('enc-signed.asc'))).signature.state).toBe('UNKNOWN_KEY');
  });

  test('a valid signature by somebody else than the sender is a mismatch that names the signer', async () => {
    const result = await opened(fixture('enc-signed.asc'), { verificationKeys: carla, from: 'boss@customer.test' });
    expect(result.signature).toEqual({
      state: 'MISMATCH',
      explanation: 'Valid signature by Carla Customer <carla@customer.test>, not by the sender.',
    });
  });

  test('a hidden recipient is found by trying our keys', async () => {
    const result = await opened(fixture('enc-hidden.asc'));
    expect(result.data).toEqual(LETTER);
    expect(result.notes.map(({ code }) => code)).toEqual(['HIDDEN_RECIPIENT']);
  });

  test('a hidden recipient beyond the number of keys to try stays closed', async () => {
    const last = { keys: [...keyring.keys].reverse(), locked: [] };
    expect((await opened(fixture('enc-hidden.asc'), { keyring: last, limits: { hiddenKeys: 2 } })).ok).toBe(true);
    const result = await refused(fixture('enc-hidden.asc'), { keyring: last, limits: { hiddenKeys: 1 } });
    expect(result.explanation).toBe('Encrypted for 1 hidden recipient; none of them is configured here.');
  });

  test.each([
    ['enc-cast5', 'CAST5'],
    ['enc-3des', '3DES'],
  ])('%s opens with a note on its old cipher', async (name, cipher) => {
    const result = await opened(fixture(`${name}.asc`));
    expect(result.data).toEqual(LETTER);
    expect(result.notes).toEqual([{ code: 'OLD_CIPHER', text: `Encrypted with an old cipher (${cipher}).` }]);
  });

  test.each([
    ['expired', 'KEY_EXPIRED'],
    ['revoked', 'KEY_REVOKED'],
  ])('a letter for our %s key opens with a note', async (name, code) => {
    const ring = await unlockKeys([{ armored: fixture(`${name}.sec.asc`) }], { now: NOW });
    const result = await opened(fixture(`enc-${name}.asc`), { keyring: ring });
    expect(result.data).toEqual(LETTER);
    expect(result.notes.map((note) => note.code)).toEqual([code]);
  });

  test('a locked key beside the right one does not stop the right one', async () => {
    const stored = [{ armored: fixture('old.sec.asc') }, { armored: fixture('support.sec.asc'), passphrase: 'wrong' }];
    const ring = await unlockKeys(stored, { now: NOW });
    expect((await opened(fixture('enc-rsa.asc'), { keyring: ring })).data).toEqual(LETTER);
  });

  test('an attached file opens under its inner name', async () => {
    const result = await opened(fixture('attached.bin.pgp'));
    expect(result).toMatchObject({ fileName: 'invoice 7.txt', data: fixture('words.txt') });
  });

  test('the charset of the armor is passed on', async () => {
    const result = await opened(fixture('enc-latin1.asc'));
    expect(result).toMatchObject({ charset: 'ISO-8859-1', data: fixture('latin1.txt') });
  });

  test('a message that is only signed opens and does not count as encrypted', async () => {
    const result = await opened(fixture('signed-opaque.asc'), { verificationKeys: carla });
    expect(result).toMatchObject({ isEncrypted: false, data: LETTER, signature: { state: 'VALID' } });
  });

  test('a SHA-1 signature inside is outdated: neither unsigned nor valid', async () => {
    const result = await opened(fixture('enc-signed-sha1.asc'), { verificationKeys: await publicKeys('sam') });
    expect(result.signature).toEqual({
      state: 'OUTDATED',
      explanation: 'The signature is in an outdated form (SHA-1) and was not checked.',
    });
  });

  test('a version 3 signature inside, which the engine drops in silence, is outdated', async () => {
    const body = Buffer.concat([
      Buffer.from([3, 5, 0, 0x66, 0x5a, 0x64, 0x80]),
      Buffer.alloc(8, 7),
      Buffer.from([1, 8, 0, 0, 0, 8, 0xff]),
    ]);
    const packets = Buffer.concat([Buffer.from([0xc2, body.length]), body, literal(LETTER)]);
    const result = await opened(await sealRaw(packets, support.key));
    expect(result.data).toEqual(LETTER);
    expect(result.signature).toEqual({
      state: 'OUTDATED',
      explanation: 'The signature is in an outdated form (version 3) and was not checked.',
    });
  });

  test.each(['ocb', 'gcm', 'eax'] as const)('a version 6 key with X25519, Ed25519 and AEAD %s opens', async (aead) => {
    const settings = { v6Keys: true, aeadProtect: true, preferredAEADAlgorithm: { eax: 1, ocb: 2, gcm: 3 }[aead] };
    const made = await generateKey({
      type: 'curve25519',
      userIDs: { email: 'v6@desk.test' },
      date: NOW,
      format: 'armored',
      config: settings,
    });
    const ring = await unlockKeys([{ armored: made.privateKey }], { now: NOW });
    const keys = await readPublicKeys(made.publicKey, { now: NOW });
    const sealed = await encryptFor(Buffer.alloc(1_000_000, 'words '), keys, ring.keys[0], { now: NOW });
    const result = await opened(sealed, { keyring: ring, verificationKeys: keys, from: 'v6@desk.test' });
    expect(result.data).toHaveLength(1_000_000);
    expect(result.signature.state).toBe('VALID');
    expect(keys[0]!.fingerprint).toHaveLength(64);
    const bytes = Buffer.from(sealed.split('\n\n')[1]!.split('\n-----END')[0]!.replaceAll('\n', ''), 'base64');
    bytes[bytes.length - 20]! ^= 1;
    expect((await refused(bytes, { keyring: ring })).code).toBe('INTEGRITY_FAILED');
  });
});

describe('letters that do not open', () => {
  test('made for others: the key IDs are named', async () => {
    const result = await refused(fixture('enc-for-stranger.asc'));
    expect(result.code).toBe('NO_KEY');
    expect(result.keyIds).toHaveLength(1);
    expect(result.explanation).toBe(`Encrypted for key IDs ${result.keyIds[0]}; none of them is configured here.`);
  });

  test('made for a key of ours that could not be unlocked', async () => {
    const ring = await unlockKeys([{ armored: fixture('support.sec.asc'), passphrase: 'not it' }], { now: NOW });
    const result = await refused(fixture('enc.asc'), { keyring: ring });
    expect(result.code).toBe('KEY_LOCKED');
    expect(result.explanation).toBe(
      'Not opened: our private key could not be unlocked. The code phrase does not open this key.',
    );
    expect(JSON.stringify(result)).not.toContain('not it');
  });

  test('encrypted with a password only', async () => {
    expect(await refused(fixture('enc-password.asc'))).toMatchObject({
      code: 'PASSWORD_ONLY',
      explanation: 'Not opened: it is encrypted with a password; ask the sender.',
    });
  });

  test('the OCB packet of LibrePGP', async () => {
    expect(await refused(fixture('enc-ocb.rnp.asc'))).toMatchObject({ code: 'UNSUPPORTED_VERSION' });
  });

  test('no integrity protection: no plaintext, though the key fits', async () => {
    const result = await refused(await sealUnprotected(literal(LETTER), support.key));
    expect(result.code).toBe('INTEGRITY_MISSING');
    expect(result.explanation).toContain('EFAIL');
  });

  test('one flipped bit anywhere in the data gives no plaintext', async () => {
    const whole = await sealRaw(literal(LETTER), support.key);
    for (const back of [1, 10, 21, 23, 40, 80]) {
      const changed = Buffer.from(whole);
      changed[changed.length - back]! ^= 1;
      expect((await refused(changed)).code).toBe('INTEGRITY_FAILED');
    }
  });

  test('a changed session key gives no plaintext', async () => {
    const whole = await sealRaw(literal(LETTER), support.key);
    whole[60]! ^= 1;
    expect((await refused(whole)).code).toBe('SESSION_KEY');
  });

  test('two texts in one message are refused, so none can pass for the signed one', async () => {
    const packets = Buffer.concat([literal(Buffer.from('one')), literal(Buffer.from('two'))]);
    expect((await refused(await sealRaw(packets, support.key))).ok).toBe(false);
  });

  test('packets behind the encrypted data are refused', async () => {
    const whole = Buffer.concat([await sealRaw(literal(LETTER), support.key), literal(Buffer.from('unsigned'))]);
    expect((await refused(whole)).code).toBe('MALFORMED');
  });

  test('a key, a signature and plain words are no message', async () => {
    for (const input of [fixture('carla.pub.asc'), fixture('letter.sig.asc'), 'hello', '']) {
      expect((await refused(input)).code).toBe('NOT_A_MESSAGE');
    }
  });
});
