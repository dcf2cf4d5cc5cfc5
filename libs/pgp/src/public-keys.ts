import { type Key, type PublicKey, readKeys } from 'openpgp';
import { engineConfig } from './engine.ts';
import { PgpError } from './errors.ts';
import { factsOf, type KeyDescription } from './key-facts.ts';
import { readKeyFile, severalKeys } from './key-file.ts';
import type { KeyOptions } from './keys.ts';
import { limitsWith, type PgpLimits } from './limits.ts';

/** A public key for checking signatures or for encryption. `key` belongs to the engine; callers only pass it on. */
export interface PublicKeyInfo extends KeyDescription {
  key: PublicKey;
}

/**
 * Reads the public keys of a sender: an attachment, an Autocrypt header's bytes, a stored block. Reading is not
 * trusting: whoever hands a key to {@link openEncrypted} has decided to trust it. Private keys in the file count as
 * their public halves.
 * @throws PgpError NOT_A_KEY, SEVERAL_KEYS (more than `limits.keysInFile`), KEY_DAMAGED, KEY_UNSUPPORTED, TOO_LARGE
 */
export async function readPublicKeys(input: Uint8Array | string, options: KeyOptions = {}): Promise<PublicKeyInfo[]> {
  const keys = await parseKeys(input, 'public', limitsWith(options.limits));
  const now = options.now ?? new Date();
  return Promise.all(keys.map(async (key) => ({ ...(await factsOf(key.toPublic(), now)), key: key.toPublic() })));
}

/**
 * What may be shown of the first key in a file, public or private, without its phrase.
 * @throws PgpError as {@link readPublicKeys}
 */
export async function describeKey(input: Uint8Array | string, options: KeyOptions = {}): Promise<KeyDescription> {
  const [key] = await parseKeys(input, 'private', limitsWith(options.limits));
  return factsOf(key!, options.now ?? new Date());
}

async function parseKeys(input: Uint8Array | string, prefer: 'private' | 'public', limits: PgpLimits): Promise<Key[]> {
  const file = readKeyFile(input, prefer, limits);
  const count = file.privateKeys + file.publicKeys;
  if (count > limits.keysInFile) throw severalKeys(count);
  try {
    const keys = await readKeys({ binaryKeys: file.bytes, config: engineConfig(limits) });
    if (keys.length > 0) return keys;
  } catch (cause) {
    throw new PgpError('KEY_DAMAGED', 'The key is damaged or of a kind that is not supported.', { cause });
  }
  throw new PgpError('KEY_UNSUPPORTED', 'The key is of a kind that is not supported.');
}
