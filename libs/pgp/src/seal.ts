import { createMessage, encrypt } from 'openpgp';
import { engineConfig } from './engine.ts';
import { PgpError } from './errors.ts';
import type { UnlockedKey } from './keyring.ts';
import type { KeyOptions } from './keys.ts';
import { limitsWith } from './limits.ts';
import type { PublicKeyInfo } from './public-keys.ts';

/**
 * Encrypts a MIME part for every key given, and signs it when `signWith` is: the armored payload for the second part of
 * an outgoing multipart/encrypted (RFC 3156, section 4). The caller writes the MIME around it and adds our own public
 * key when the desk is to read it again. Nothing is compressed, so sizes tell an eavesdropper nothing of the words.
 * @throws PgpError CANNOT_ENCRYPT (no keys, or one of them has no valid part for encryption), CANNOT_SIGN
 */
export async function encryptFor(
  mimeBytes: Uint8Array,
  publicKeys: readonly PublicKeyInfo[],
  signWith?: UnlockedKey,
  options: KeyOptions = {},
): Promise<string> {
  const now = options.now ?? new Date();
  const config = engineConfig(limitsWith(options.limits));
  if (publicKeys.length === 0) throw new PgpError('CANNOT_ENCRYPT', 'There is no public key to encrypt for.');
  for (const { key, userIds, fingerprint } of publicKeys) {
    await key.getEncryptionKey(undefined, now, undefined, config).catch((cause: unknown) => {
      const whose = userIds[0] ?? fingerprint;
      throw new PgpError(
        'CANNOT_ENCRYPT',
        `The key of ${whose} cannot be encrypted for: it has expired, was revoked or is too weak.`,
        { cause },
      );
    });
  }
  await signWith?.key.getSigningKey(undefined, now, undefined, config).catch((cause: unknown) => {
    throw new PgpError('CANNOT_SIGN', 'Our key cannot sign: it has expired, was revoked or has no part for signing.', {
      cause,
    });
  });
  const message = await createMessage({ binary: mimeBytes, date: now });
  const encryptionKeys = publicKeys.map(({ key }) => key);
  return encrypt({ message, encryptionKeys, ...(signWith && { signingKeys: signWith.key }), date: now, config });
}
