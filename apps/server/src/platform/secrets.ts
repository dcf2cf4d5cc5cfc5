import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { ConfigError } from './config.ts';

/** Seals what must not be read from a stolen database: AES-256-GCM, a key per purpose, bound to its row. */
export interface Secrets {
  /** `place` names table, column and row; a sealed text moved elsewhere does not open. */
  seal(place: string, plaintext: string): string;
  /** @throws SealedError when the key differs or the text was changed or moved */
  unseal(place: string, sealed: string): string;
  /** A key for one purpose, such as signing Message-IDs. */
  deriveKey(purpose: string): Buffer;
}

/** A sealed value that this key does not open. */
export class SealedError extends Error {}

const FORMAT = 'v1';

/** Secrets under the 32-byte master key `key`. */
export function makeSecrets(key: Buffer): Secrets {
  const kid = createHash('sha256').update('kid').update(key).digest('hex').slice(0, 8);
  const derived = new Map<string, Buffer>();
  const derive = (purpose: string) => {
    const known = derived.get(purpose) ?? Buffer.from(hkdfSync('sha256', key, 'support-center', purpose, 32));
    derived.set(purpose, known);
    return known;
  };
  return {
    deriveKey: derive,
    seal(place, plaintext) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', derive('seal'), nonce);
      cipher.setAAD(Buffer.from(`${place}|${kid}`));
      const sealed = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()]);
      return [FORMAT, kid, ...[nonce, sealed, cipher.getAuthTag()].map((part) => part.toString('base64url'))].join('.');
    },
    unseal(place, sealed) {
      const [format, sealedBy, nonce, text, tag] = sealed.split('.');
      if (format !== FORMAT || sealedBy !== kid || !nonce || text === undefined || !tag) {
        throw new SealedError('A stored secret was sealed with another key. Put the right secret key file back.');
      }
      const decipher = createDecipheriv('aes-256-gcm', derive('seal'), Buffer.from(nonce, 'base64url'));
      decipher.setAAD(Buffer.from(`${place}|${kid}`));
      decipher.setAuthTag(Buffer.from(tag, 'base64url'));
      try {
        return decipher.update(Buffer.from(text, 'base64url'), undefined, 'utf8') + decipher.final('utf8');
      } catch (cause) {
        throw new SealedError('A stored secret was changed or moved and does not open.', { cause });
      }
    },
  };
}

/** Reads the master key; makes it with mode 0600 where the default file is missing. @throws ConfigError on a bad file */
export function loadSecretKey(file: string, mayCreate: boolean): Buffer {
  if (!existsSync(file)) {
    if (!mayCreate) throw new ConfigError(`SECRET_KEY_FILE: ${file} does not exist`);
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
    chmodSync(file, 0o600);
  }
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
  if (key.length !== 32 || new Set(key).size < 8) {
    throw new ConfigError(`SECRET_KEY_FILE: expected 32 random bytes in base64 in ${file}`);
  }
  return key;
}

/** What is stored of a token: its SHA-256 in hex. Tokens are random, so no salt is needed. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
