import { readFileSync } from 'node:fs';
import {
  config,
  encryptSessionKey,
  enums,
  generateKey,
  generateSessionKey,
  type PublicKey,
  SymEncryptedIntegrityProtectedDataPacket,
  SymmetricallyEncryptedDataPacket,
} from 'openpgp';
import { encryptFor, type Keyring, readPublicKeys, unlockKeys } from '../src/index.ts';
import { TAG, writePacket } from '../src/packets.ts';

/** A time at which all lasting test keys are good. */
export const NOW = new Date('2027-01-15T12:00:00Z');
export const PHRASE = 'test phrase';

export function fixture(name: string): Buffer {
  return readFileSync(new URL(`../fixtures/${name}`, import.meta.url));
}

/** The plaintext of nearly all encrypted test letters. */
export const LETTER = fixture('letter.mime');

/** The desk's keyring: the protected main key, and an old RSA key without a phrase. */
export async function deskKeyring(): Promise<Keyring> {
  const stored = [{ armored: fixture('support.sec.asc'), passphrase: PHRASE }, { armored: fixture('old.sec.asc') }];
  return unlockKeys(stored, { now: NOW });
}

export async function publicKeys(...names: string[]) {
  const read = await Promise.all(names.map((name) => readPublicKeys(fixture(`${name}.pub.asc`), { now: NOW })));
  return read.flat();
}

/** Encrypts raw packet bytes as they are, so that what is inside may be anything a hostile sender could put there. */
export async function sealRaw(packets: Uint8Array, key: PublicKey): Promise<Buffer> {
  return sealWith(packets, key, new SymEncryptedIntegrityProtectedDataPacket());
}

/** The same without integrity protection: the form that EFAIL attacks. */
export async function sealUnprotected(packets: Uint8Array, key: PublicKey): Promise<Buffer> {
  return sealWith(packets, key, new SymmetricallyEncryptedDataPacket());
}

interface EnginePacket {
  version?: number;
  packets: { write(): Uint8Array };
  encrypt(algorithm: number, key: Uint8Array, settings: object): Promise<unknown>;
  write(): Uint8Array;
}

async function sealWith(packets: Uint8Array, key: PublicKey, engine: object): Promise<Buffer> {
  const { data, algorithm } = await generateSessionKey({ encryptionKeys: key });
  const session = await encryptSessionKey({ data, algorithm, encryptionKeys: key, format: 'binary' });
  const packet = engine as EnginePacket;
  const isProtected = engine instanceof SymEncryptedIntegrityProtectedDataPacket;
  if (isProtected) packet.version = 1;
  packet.packets = { write: () => packets };
  await packet.encrypt(enums.symmetric[algorithm], data, config);
  return Buffer.concat([session, writePacket(isProtected ? TAG.protectedData : TAG.unprotectedData, packet.write())]);
}

/** A literal data packet (RFC 9580, section 5.9). */
export function literal(data: Uint8Array): Buffer {
  return writePacket(TAG.literal, Buffer.concat([Buffer.from([0x62, 0, 0, 0, 0, 0]), data]));
}

/** A compressed data packet around compressed bytes; 1 is raw deflate, 2 zlib, 3 bzip2. */
export function compressed(algorithm: number, bytes: Uint8Array): Buffer {
  return writePacket(TAG.compressed, Buffer.concat([Buffer.from([algorithm]), bytes]));
}

/** A new key in the form of RFC 9580 (version 6, AEAD), and a letter that it opens. */
export async function v6Letter(mime: Uint8Array): Promise<{ armored: string; sealed: string }> {
  const settings = { v6Keys: true, aeadProtect: true };
  const date = new Date('2024-06-01T00:00:00Z');
  const userIDs = { email: 'v6@desk.test' };
  const made = await generateKey({ type: 'curve25519', userIDs, format: 'armored', date, config: settings });
  return { armored: made.privateKey, sealed: await encryptFor(mime, await readPublicKeys(made.publicKey), undefined) };
}
