import { type PrivateKey } from 'openpgp';
import { PgpError, type PgpErrorCode } from './errors.ts';
import { factsOf, type KeyDescription } from './key-facts.ts';
import { type KeyOptions, parsePrivateKey, unlockKey } from './keys.ts';
import { limitsWith } from './limits.ts';

/** A private key that is open, with what is known of it. `key` belongs to the engine; callers only pass it on. */
export interface UnlockedKey extends KeyDescription {
  key: PrivateKey;
}

/** A private key that could not be opened, so that a letter for it can be told from one for a stranger. */
export interface LockedKey {
  /** Null when not even the key could be read. */
  fingerprint: string | null;
  keyIds: string[];
  code: PgpErrorCode;
  explanation: string;
}

/** Our private keys. It lives in memory only: engine objects do not pass to another thread. */
export interface Keyring {
  keys: UnlockedKey[];
  locked: LockedKey[];
}

/** A stored key as the settings keep it. */
export interface StoredKey {
  armored: Uint8Array | string;
  passphrase?: string | null;
}

/**
 * Opens our private keys before any letter is looked at, because one locked key among the recipients would make the
 * engine fail for all. A key that cannot be opened goes to `locked` with the reason; expired and revoked keys still
 * open, since old letters were made for them. Never throws for a bad key.
 */
export async function unlockKeys(stored: readonly StoredKey[], options: KeyOptions = {}): Promise<Keyring> {
  const ring: Keyring = { keys: [], locked: [] };
  for (const one of stored) await addTo(ring, one, options);
  return ring;
}

async function addTo(ring: Keyring, { armored, passphrase }: StoredKey, options: KeyOptions): Promise<void> {
  const limits = limitsWith(options.limits);
  let facts: KeyDescription | null = null;
  try {
    const key = await parsePrivateKey(armored, limits);
    facts = await factsOf(key, options.now ?? new Date());
    ring.keys.push({ ...facts, key: await unlockKey(key, passphrase, limits) });
  } catch (error) {
    if (!(error instanceof PgpError)) throw error;
    const { code, message: explanation } = error;
    ring.locked.push({ fingerprint: facts?.fingerprint ?? null, keyIds: facts?.keyIds ?? [], code, explanation });
  }
}
