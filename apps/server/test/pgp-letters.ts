import { encryptFor, openEncrypted, readPublicKeys, unlockKeys } from '@support-center/pgp';
import { fixture, PHRASE, publicKeys } from '../../../libs/pgp/testing/craft.ts';
import type { Context } from '../src/platform/context.ts';
import { transact } from '../src/platform/database.ts';
import { PgpKey } from '../src/settings/pgp-key.entity.ts';
import { storePgpKey } from '../src/settings/pgp-keys.ts';
import { noteOfferedKeys, useRequesterKey } from '../src/tickets/requester-keys.ts';

export {
  compressed,
  fixture,
  literal,
  publicKeys,
  sealRaw,
  sealUnprotected,
  v6Letter,
} from '../../../libs/pgp/testing/craft.ts';

export const CARLA = 'carla@customer.test';

/** The keys made by GnuPG that stand in libs/pgp/fixtures; "support" is protected by a phrase, "old" is not. */
export type KeyName = 'support' | 'old' | 'carla' | 'sam' | 'expired' | 'revoked';

/** Stores one of the test keys as a key of the desk. */
export async function giveDeskKey(ctx: Context, name: KeyName, passphrase: string | null = PHRASE): Promise<void> {
  const armored = fixture(`${name}.sec.asc`).toString();
  await transact(ctx, (ctx) => storeBareKey(ctx, armored, name === 'support' ? passphrase : null));
}

/** Stores a key as it is, without the checks of the settings, so that bad ones can be there too. */
export async function storeBareKey(ctx: Context, armored: string, passphrase: string | null = null): Promise<void> {
  const addedAt = ctx.clock.now();
  const [info] = await readPublicKeys(armored, { now: addedAt });
  const { fingerprint, userIds, createdAt, expiresAt, publicKey } = info!;
  const row = Object.assign(new PgpKey(), { fingerprint, userIds, createdAt, expiresAt, publicKey, addedAt });
  await storePgpKey(ctx, { row, armored, passphrase });
}

/** Lets an agent choose the key of a customer. */
export async function trustKey(ctx: Context, name: KeyName, address: string): Promise<void> {
  const [key] = await readPublicKeys(fixture(`${name}.pub.asc`), { now: ctx.clock.now() });
  const id = await transact(ctx, (ctx) => noteOfferedKeys(ctx, address, [key!]));
  await useRequesterKey(ctx, id[0]!);
}

/** Encrypts a MIME entity with openpgp.js for one of the test keys. */
export async function sealFor(entity: string | Buffer, name: KeyName = 'support', signer?: KeyName): Promise<string> {
  const now = new Date('2027-01-15T11:00:00Z');
  const keys = await readPublicKeys(fixture(`${name}.pub.asc`), { now });
  const ring = signer ? await unlockKeys([{ armored: fixture(`${signer}.sec.asc`) }], { now }) : null;
  return encryptFor(Buffer.from(entity as string), keys, ring?.keys[0], { now });
}

let count = 0;

/** A letter of Carla's: headers, and a body whose first lines say its type. */
export function letter(body: string | Buffer, headers: Record<string, string> = {}): Buffer {
  const all = {
    From: `Carla <${CARLA}>`,
    To: 'support@desk.example',
    Subject: 'Outer subject',
    'Message-ID': `<pgp-${++count}@customer.test>`,
    Date: 'Mon, 02 Mar 2026 08:59:00 +0000',
    'MIME-Version': '1.0',
    ...headers,
  };
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(head.join('')), Buffer.from(body as string)]);
}

/** The parts of a multipart, as an entity. */
export function multipart(type: string, parts: readonly (string | Buffer)[], boundary = `b${++count}`): string {
  const [kind, ...params] = type.split('; ');
  const head = [`Content-Type: ${[kind, ...params, `boundary="${boundary}"`].join('; ')}`, '', ''].join('\r\n');
  return `${head}${parts.map((part) => `--${boundary}\r\n${Buffer.from(part as string).toString('latin1')}\r\n`).join('')}--${boundary}--\r\n`;
}

/** A multipart/encrypted around an armored payload (RFC 3156, section 4). */
export function encrypted(payload: string | Buffer): string {
  return multipart('multipart/encrypted; protocol="application/pgp-encrypted"', [
    'Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n',
    `Content-Type: application/octet-stream; name="encrypted.asc"\r\n\r\n${payload}`,
  ]);
}

/** A multipart/signed around an entity and its signature (RFC 3156, section 5). */
export function signed(entity: string | Buffer, signature: string | Buffer, ...more: string[]): string {
  return multipart('multipart/signed; micalg=pgp-sha512; protocol="application/pgp-signature"', [
    entity,
    `Content-Type: application/pgp-signature; name="signature.asc"\r\n\r\n${signature}`,
    ...more,
  ]);
}

/** A text part. */
export function text(words: string, type = 'text/plain'): string {
  return `Content-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${words}\r\n`;
}

/** What the owner of a test key reads of an armored message, and what they find of its signature by our key. */
export async function openAs(
  name: KeyName,
  armored: string,
  ours: KeyName,
): Promise<{ mime: string; signature: string }> {
  const now = new Date('2027-01-15T13:00:00Z');
  const keyring = await unlockKeys([{ armored: fixture(`${name}.sec.asc`) }], { now });
  const result = await openEncrypted(armored, { keyring, verificationKeys: await publicKeys(ours), now });
  if (!result.ok) throw new Error(result.explanation);
  return { mime: Buffer.from(result.data).toString(), signature: result.signature.state };
}
