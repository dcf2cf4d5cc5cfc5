import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { requireAdmin } from '../accounts/account.policy.ts';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { invalidInput } from '../platform/errors.ts';
import { readMailboxSecret, readSettings, type SupportSettings } from './read-settings.ts';
import { storeSecret } from './store-secret.ts';

/** RFC 8301, section 3.2: signers use at least 1024 bits and should use 2048; more do not fit a DNS answer well. */
const MIN_BITS = 1024;
const MAX_BITS = 4096;
const BITS = 2048;
const MAX_PEM = 8192;

/** What is to be published, so that others can check our signature (RFC 6376, section 3.6). */
export interface DnsRecord {
  readonly name: string;
  readonly type: string;
  readonly value: string;
}

/** What mails are signed with. */
export interface DkimKey {
  readonly domain: string;
  readonly selector: string;
  readonly privateKey: string;
}

/** Why this is no key to sign with, in one sentence; null: it is one. Pure. */
export function dkimKeyProblem(pem: string): string | null {
  if (pem.length > MAX_PEM) return 'This is too long for a private key.';
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch {
    return 'This is no private key in PEM form without a pass phrase. It begins with -----BEGIN PRIVATE KEY-----.';
  }
  if (key.asymmetricKeyType !== 'rsa') return 'DKIM here needs an RSA key.';
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  return bits >= MIN_BITS && bits <= MAX_BITS ? null : `The key has ${bits} bits; it needs ${MIN_BITS} to ${MAX_BITS}.`;
}

/** The key that mails are signed with; null: domain, selector or key is missing. */
export async function readDkimKey(ctx: Context, settings: SupportSettings): Promise<DkimKey | null> {
  if (!settings.dkimDomain || !settings.dkimSelector || !settings.dkimKeyIsSet) return null;
  const privateKey = await readMailboxSecret(ctx, 'DKIM');
  return privateKey === null ? null : { domain: settings.dkimDomain, selector: settings.dkimSelector, privateKey };
}

/** What is to be published for the key that holds; null: there is none. */
export async function dkimRecord(ctx: Context, settings: SupportSettings): Promise<DnsRecord | null> {
  const key = await readDkimKey(ctx, settings);
  return key ? recordOf(key) : null;
}

/** Makes a new key for the saved domain and selector; it holds at once. @throws AppError FORBIDDEN, INVALID_INPUT without them */
export async function makeDkimKey(ctx: Context): Promise<DnsRecord> {
  requireAdmin(ctx.actor);
  const { dkimDomain, dkimSelector } = await readSettings(ctx);
  if (!dkimDomain || !dkimSelector)
    throw invalidInput([
      { path: dkimDomain ? 'dkimSelector' : 'dkimDomain', message: 'Save domain and selector first.' },
    ]);
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: BITS,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  await transact(ctx, (ctx) => storeSecret(ctx, 'DKIM', privateKey));
  return recordOf({ domain: dkimDomain, selector: dkimSelector, privateKey });
}

/** Where the public side of a key is looked for (RFC 6376, section 3.6.2.1). */
export function recordName({ domain, selector }: Pick<DkimKey, 'domain' | 'selector'>): string {
  return `${selector}._domainkey.${domain}`;
}

/** The public side of a key, in base64, as its record holds it. */
export function publicDkimKey({ privateKey }: Pick<DkimKey, 'privateKey'>): string {
  return createPublicKey(privateKey).export({ type: 'spki', format: 'der' }).toString('base64');
}

function recordOf(key: DkimKey): DnsRecord {
  return { name: recordName(key), type: 'TXT', value: `v=DKIM1; k=rsa; p=${publicDkimKey(key)}` };
}
