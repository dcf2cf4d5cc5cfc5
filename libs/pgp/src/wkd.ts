import { createHash } from 'node:crypto';
import { dearmor } from './armor.ts';

const ALPHABET = 'ybndrfg8ejkmcpqxot1uwisza345h769';

/**
 * The name of a key in a Web Key Directory: the local part of an address in lower case (ASCII letters only), SHA-1,
 * z-base-32; always 32 signs (draft-koch-openpgp-webkey-service, section 3.1).
 */
export function wkdHash(localPart: string): string {
  const lower = localPart.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  return zBase32(createHash('sha1').update(lower, 'utf8').digest());
}

/** The paths under which a key for `address` is asked for; `domain` is the host of the direct method. */
export function wkdPaths(address: string): { domain: string; direct: string; advanced: string; policy: string } {
  const at = address.lastIndexOf('@');
  const domain = address.slice(at + 1).toLowerCase();
  const hash = wkdHash(address.slice(0, at));
  const root = '/.well-known/openpgpkey';
  return { domain, direct: `${root}/hu/${hash}`, advanced: `${root}/${domain}/hu/${hash}`, policy: `${root}/policy` };
}

/** The binary form of an armored public key, which is what a Web Key Directory serves. @throws PgpError NOT_ARMOR */
export function publicKeyBytes(armored: string): Buffer {
  return dearmor(armored).bytes;
}

function zBase32(bytes: Uint8Array): string {
  let bits = 0;
  let value = 0;
  let text = '';
  for (const byte of bytes) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += ALPHABET[(value >> bits) & 31];
    }
    value &= (1 << bits) - 1;
  }
  return bits > 0 ? text + ALPHABET[(value << (5 - bits)) & 31] : text;
}
