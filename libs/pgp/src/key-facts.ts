import { type Key, type Subkey } from 'openpgp';
import { engineConfig } from './engine.ts';
import { DEFAULT_LIMITS } from './limits.ts';

/** What may be shown of a key: no secret in it. Times are UTC. */
export interface KeyDescription {
  /** 40 (version 4) or 64 (version 6) hex digits, upper case. */
  fingerprint: string;
  /** The key IDs of the key and its subkeys, 16 hex digits each; letters name these. */
  keyIds: string[];
  /** Names with addresses, main one first, made safe to show; those that the key revoked are left out. */
  userIds: string[];
  createdAt: Date;
  /** Until when others can write to it: the earlier end of the key and of its subkey for encryption. Null: no end. */
  expiresAt: Date | null;
  revokedAt: Date | null;
  /** Armored public key, for handing out. */
  publicKey: string;
  /** It holds a usable key for encryption now, so letters can be made for it. */
  canEncrypt: boolean;
  /** It holds the secret parts and can read letters. */
  canDecrypt: boolean;
}

const config = engineConfig(DEFAULT_LIMITS);

/** The facts of a parsed key, as of `now`. */
export async function factsOf(key: Key, now: Date): Promise<KeyDescription> {
  const encryptor = await encryptionPart(key, now);
  return {
    fingerprint: key.getFingerprint().toUpperCase(),
    keyIds: key.getKeyIDs().map((id) => id.toHex().toUpperCase()),
    userIds: await validUserIds(key, now),
    createdAt: key.getCreationTime(),
    expiresAt: await expiryOf(key, encryptor, now),
    revokedAt: await revocationOf(key, now),
    publicKey: key.toPublic().armor(),
    canEncrypt: encryptor !== null,
    canDecrypt: key.isPrivate() && (await hasSecretForReading(key)),
  };
}

/** The key or subkey that others would encrypt for now; null when there is none. */
export async function encryptionPart(key: Key, now: Date): Promise<Key | Subkey | null> {
  return key.getEncryptionKey(undefined, now, undefined, config).catch(() => null);
}

async function expiryOf(key: Key, encryptor: Key | Subkey | null, now: Date): Promise<Date | null> {
  const own = await key.getExpirationTime().catch(() => null);
  const sub = encryptor && 'mainKey' in encryptor ? await encryptor.getExpirationTime(now) : null;
  const ends = [own, sub].filter((end): end is Date => end instanceof Date);
  return ends.length > 0 ? new Date(Math.min(...ends.map(Number))) : null;
}

/** When a key was revoked, by a valid revocation of its own; null when it was not. */
export async function revocationOf(key: Key, now: Date): Promise<Date | null> {
  if (!(await key.isRevoked(undefined, undefined, now, config))) return null;
  const times = key.revocationSignatures.map(({ created }) => created?.getTime() ?? 0);
  return new Date(Math.max(0, ...times));
}

/** The user IDs that the key itself certifies and has not revoked, the main one first. */
async function validUserIds(key: Key, now: Date): Promise<string[]> {
  const users = await validUsers(key, now);
  return users.map(({ userId }) => userId);
}

/** The valid user IDs with their address in lower case ('' when there is none). */
export async function validUsers(key: Key, now: Date): Promise<{ userId: string; email: string }[]> {
  const main = await key.getPrimaryUser(now, undefined, config).catch(() => null);
  const found: { userId: string; email: string }[] = [];
  for (const [index, user] of key.users.slice(0, MAX_USERS).entries()) {
    if (!user.userID) continue;
    const isValid = await user.verify(now, config).catch((error: Error) => /expired|future/i.test(error.message));
    if (!isValid) continue;
    const shown = { userId: shownName(user.userID.userID), email: addressIn(user.userID.userID) };
    if (main?.index === index) found.unshift(shown);
    else found.push(shown);
  }
  return found;
}

const MAX_USERS = 50;

/** The address of a user ID: what stands in angle brackets at its end, or all of it; lower case, '' if there is none. */
export function addressIn(userId: string): string {
  const inBrackets = /<([^<>\s@]+@[^<>\s@]+)>$/.exec(userId.trimEnd())?.[1];
  const address = inBrackets ?? (/^[^<>\s@]+@[^<>\s@]+$/.test(userId.trim()) ? userId.trim() : '');
  return address.toLowerCase();
}

/** A name from a key as it may stand in a sentence: no control or direction signs, at most 200 signs. */
export function shownName(userId: string): string {
  return userId
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .slice(0, 200);
}

/** Whether the secret part of a subkey (or of the key) for encryption is in the file; a card or a stub leaves it out. */
async function hasSecretForReading(key: Key): Promise<boolean> {
  if (!key.isPrivate()) return false;
  const parts = await key
    .getDecryptionKeys(undefined, null, undefined, { ...config, allowMissingKeyFlags: true })
    .catch(() => []);
  return parts.length > 0;
}
