import { decryptKey, type PrivateKey, readPrivateKeys } from 'openpgp';
import { engineConfig } from './engine.ts';
import { dayOf, PgpError } from './errors.ts';
import { factsOf, type KeyDescription } from './key-facts.ts';
import { readKeyFile, severalKeys } from './key-file.ts';
import { limitsWith, type PgpLimits } from './limits.ts';

/** A private key that was checked and may be stored (sealed). */
export interface PrivateKeyInfo extends KeyDescription {
  /** The private key in clean armor, protected as it came. A secret. */
  armored: string;
  /** False: the file is not protected, and a phrase given with it is not used. */
  needsPassphrase: boolean;
}

export interface KeyOptions {
  /** The time to judge expiry by; now if left out. */
  now?: Date;
  limits?: Partial<PgpLimits>;
}

/**
 * Checks a private key and its code phrase for the settings: the desk must be able to read letters with it today.
 * @throws PgpError NOT_A_KEY, PUBLIC_KEY_GIVEN, SEVERAL_KEYS, KEY_DAMAGED, KEY_UNSUPPORTED, KEY_TOO_COSTLY,
 *   KEY_INCOMPLETE, KEY_EXPIRED, KEY_REVOKED, NO_ENCRYPTION_SUBKEY, PHRASE_MISSING, WRONG_PHRASE, TOO_LARGE
 */
export async function readPrivateKey(
  input: Uint8Array | string,
  passphrase?: string | null,
  options: KeyOptions = {},
): Promise<PrivateKeyInfo> {
  const now = options.now ?? new Date();
  const limits = limitsWith(options.limits);
  const key = await parsePrivateKey(input, limits);
  const facts = await factsOf(key, now);
  refuseUnusable(facts, now);
  const needsPassphrase = isLocked(key);
  await unlockKey(key, passphrase, limits);
  return { ...facts, armored: key.armor(), needsPassphrase };
}

/** One private key out of a file. @throws PgpError as {@link readPrivateKey}, but for those about phrase and expiry */
export async function parsePrivateKey(input: Uint8Array | string, limits: PgpLimits): Promise<PrivateKey> {
  const file = readKeyFile(input, 'private', limits);
  if (file.privateKeys > 1) throw severalKeys(file.privateKeys);
  if (file.privateKeys === 0) {
    if (file.publicKeys === 0) throw new PgpError('NOT_A_KEY', 'This is not an OpenPGP key.');
    throw new PgpError('PUBLIC_KEY_GIVEN', 'This is a public key; the private key is needed.');
  }
  const key = await parsed(file.bytes, limits);
  refuseCostly(key, limits);
  return key;
}

async function parsed(bytes: Uint8Array, limits: PgpLimits): Promise<PrivateKey> {
  try {
    const keys = await readPrivateKeys({ binaryKeys: bytes, config: engineConfig(limits) });
    if (keys[0]) return keys[0];
  } catch (cause) {
    throw new PgpError('KEY_DAMAGED', 'The key is damaged or of a kind that is not supported.', { cause });
  }
  throw new PgpError('KEY_UNSUPPORTED', 'The key is of a kind that is not supported.');
}

/** The string-to-key settings as the engine keeps them on a secret packet (RFC 9580, section 3.7.1.4). */
interface KeyStretching {
  type?: string;
  t?: number;
  p?: number;
  encodedM?: number;
}

function refuseCostly(key: PrivateKey, limits: PgpLimits): void {
  const parts = key.getKeys();
  const tooMany = parts.length > limits.keysInFile;
  const tooHard = parts.some(({ keyPacket }) => {
    const s2k = (keyPacket as unknown as { s2k?: KeyStretching | null }).s2k;
    if (s2k?.type !== 'argon2') return false;
    return (s2k.encodedM ?? 0) > limits.argon2MemoryExponent || (s2k.t ?? 0) * (s2k.p ?? 0) > limits.argon2Work;
  });
  if (tooMany || tooHard) {
    throw new PgpError(
      'KEY_TOO_COSTLY',
      'Unlocking this key would take too much memory or time; protect it with smaller settings.',
    );
  }
}

function refuseUnusable(facts: KeyDescription, now: Date): void {
  if (facts.revokedAt) throw new PgpError('KEY_REVOKED', `The key was revoked on ${dayOf(facts.revokedAt)}.`);
  if (facts.expiresAt && facts.expiresAt <= now) {
    throw new PgpError('KEY_EXPIRED', `The key expired on ${dayOf(facts.expiresAt)}.`);
  }
  if (!facts.canEncrypt) {
    throw new PgpError(
      'NO_ENCRYPTION_SUBKEY',
      'The key has no valid subkey for encryption, so no letter can be made for it.',
    );
  }
  if (!facts.canDecrypt) {
    throw new PgpError(
      'KEY_INCOMPLETE',
      'The secret part for reading letters is not in this file; export the key with all its secret subkeys.',
    );
  }
}

/** Whether a secret part of the key is still protected by a phrase. */
export function isLocked(key: PrivateKey): boolean {
  return key.getKeys().some(({ keyPacket }) => {
    const secret = keyPacket as unknown as { isDummy?(): boolean; isDecrypted(): boolean };
    return !secret.isDummy?.() && !secret.isDecrypted();
  });
}

/**
 * The key with every secret part open, checked to belong to its public part.
 * @throws PgpError PHRASE_MISSING, WRONG_PHRASE, KEY_DAMAGED, KEY_UNSUPPORTED
 */
export async function unlockKey(
  key: PrivateKey,
  passphrase: string | null | undefined,
  limits: PgpLimits,
): Promise<PrivateKey> {
  const config = engineConfig(limits);
  let open = key;
  if (isLocked(key)) {
    if (!passphrase) throw new PgpError('PHRASE_MISSING', 'This key is protected; enter its code phrase.');
    open = await decryptKey({ privateKey: key, passphrase, config }).catch((cause: unknown) => {
      throw lockError(cause);
    });
  }
  await validate(open);
  return open;
}

function lockError(cause: unknown): PgpError {
  const message = cause instanceof Error ? cause.message : '';
  if (/passphrase/i.test(message))
    return new PgpError('WRONG_PHRASE', 'The code phrase does not open this key.', { cause });
  return new PgpError('KEY_UNSUPPORTED', 'The key is protected in a way that is not supported.', { cause });
}

async function validate(key: PrivateKey): Promise<void> {
  try {
    await (key as unknown as { validate(): Promise<void> }).validate();
  } catch (cause) {
    throw new PgpError('KEY_DAMAGED', 'The key is damaged: its secret and public parts do not fit.', { cause });
  }
}
