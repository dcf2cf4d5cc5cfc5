import { headerValue, type Mail, normalizeAddress } from '@support-center/mail';
import { detectBytes, detectInline, isPgpName, PgpError, readPublicKeys } from '@support-center/pgp';
import type { OfferedKey } from '../tickets/letter.ts';

/** Keys that one letter may offer, and places in it that are looked at. */
export const MAX_OFFERED = 3;
const MAX_PLACES = 8;
const MAX_KEY_BYTES = 128 * 1024;

/**
 * Public keys that came with a letter and name its sender: attached, in the text, or in an Autocrypt header. Keys that
 * name somebody else, or that nothing can be encrypted for now, are left out. Reading is not trusting.
 */
export async function offeredKeys(outer: Mail, shown: Mail, now: Date): Promise<OfferedKey[]> {
  const from = outer.from ? normalizeAddress(outer.from.address) : null;
  if (from === null) return [];
  const found = new Map<string, OfferedKey>();
  for (const place of places(outer, shown, from)) {
    for (const key of await keysIn(place, now)) {
      const isSenders = key.userIds.some((userId) => addressOf(userId) === from);
      if (!isSenders || !key.canEncrypt || found.size >= MAX_OFFERED) continue;
      const { fingerprint, keyIds, userIds, createdAt, expiresAt, publicKey } = key;
      found.set(fingerprint, { fingerprint, keyIds, userIds: userIds.slice(0, 10), createdAt, expiresAt, publicKey });
    }
  }
  return [...found.values()];
}

function places(outer: Mail, shown: Mail, from: string): Uint8Array[] {
  const attached = shown.attachments
    .filter(({ kind, name, content }) => (kind === 'KEY' || isPgpName(name)) && detectBytes(content) === 'PUBLIC_KEY')
    .map(({ content }) => content);
  const written = shown.text.includes('BEGIN PGP PUBLIC KEY')
    ? detectInline(shown.text).blocks.filter(({ kind, isQuoted }) => kind === 'PUBLIC_KEY' && !isQuoted)
    : [];
  const header = autocryptKey(outer, from);
  return [...attached, ...written.map(({ armored }) => Buffer.from(armored)), ...(header ? [header] : [])]
    .filter(({ length }) => length > 0 && length <= MAX_KEY_BYTES)
    .slice(0, MAX_PLACES);
}

/** The key of an Autocrypt header (level 1, section 2.1), if it is for the sender's own address. */
function autocryptKey(mail: Mail, from: string): Buffer | null {
  const value = headerValue(mail, 'Autocrypt');
  if (value === null || value.length > MAX_KEY_BYTES) return null;
  const fields = value.split(';').map((field) => {
    const at = field.indexOf('=');
    return [field.slice(0, at).trim().toLowerCase(), field.slice(at + 1).trim()] as const;
  });
  const of = (name: string) => fields.find(([known]) => known === name)?.[1];
  if (normalizeAddress(of('addr') ?? '') !== from) return null;
  return Buffer.from((of('keydata') ?? '').replace(/\s/g, ''), 'base64');
}

async function keysIn(bytes: Uint8Array, now: Date) {
  try {
    return (await readPublicKeys(bytes, { now })).slice(0, MAX_OFFERED);
  } catch (error) {
    if (error instanceof PgpError) return [];
    throw error;
  }
}

function addressOf(userId: string): string | null {
  return normalizeAddress(/<([^<>\s]+)>\s*$/.exec(userId)?.[1] ?? userId.trim());
}
