import type { Context } from '../platform/context.ts';
import { AppError, invalidInput } from '../platform/errors.ts';
import { PgpKey } from '../settings/pgp-key.entity.ts';
import { readPgpSecrets } from '../settings/pgp-keys.ts';
import { sealWithOurKey } from '../settings/pgp-threads.ts';
import type { PgpState } from './message.entity.ts';
import { pgpState } from './pgp-state.ts';
import type { RequesterKey } from './requester-key.entity.ts';
import { sealingKeyOf } from './requester-keys.ts';
import { withProtectedHeaders, wrapSealed } from './sealed-mime.ts';

/** Whom a mail is encrypted for, and by which key of ours it is signed. */
export interface Sealing {
  readonly keys: readonly RequesterKey[];
  readonly own: PgpKey | null;
}

/**
 * Whether and for whom a mail is encrypted: as soon as an agent chose a key of the first recipient, unless `wish` says
 * no. Null: it goes in the clear.
 * @throws AppError INVALID_INPUT when encryption is asked for without a key, or somebody in Cc could not read it
 */
export async function sealingFor(
  ctx: Context,
  addresses: readonly string[],
  wish: boolean | null | undefined,
): Promise<Sealing | null> {
  if (wish === false) return null;
  const [first, ...others] = addresses;
  const key = await sealingKeyOf(ctx, first ?? null);
  if (!key) {
    if (wish)
      throw invalidInput([{ path: 'encrypt', message: `No public key of ${first} was chosen. Nothing was sent.` }]);
    return null;
  }
  const keys = [key];
  for (const address of others) {
    const other = await sealingKeyOf(ctx, address);
    if (!other) {
      const message = `The mail is encrypted, and ${address} could not read it: no public key was chosen. Take the address out, or send the mail without encryption. Nothing was sent.`;
      throw invalidInput([{ path: 'cc', message }]);
    }
    keys.push(other);
  }
  return { keys, own: await ownKey(ctx) };
}

/** The key that signs: the newest that still holds, if there is one for the Support Email that one. */
async function ownKey(ctx: Context): Promise<PgpKey | null> {
  const now = ctx.clock.now();
  const all = await ctx.db.find(PgpKey, { order: { addedAt: 'DESC' } });
  return all.find(({ expiresAt }) => expiresAt === null || expiresAt > now) ?? null;
}

/**
 * Lets the thread that holds our keys start and unlock before a transaction begins, so that inside it sealing takes
 * milliseconds. Nothing is sent, and trouble shows when the mail itself is sealed.
 */
export async function warmSealing(
  ctx: Context,
  address: string | null,
  wish: boolean | null | undefined,
): Promise<void> {
  const key = wish === false ? null : await sealingKeyOf(ctx, address);
  if (!key) return;
  await seal(ctx, Buffer.from('\r\n'), { keys: [key], own: await ownKey(ctx) });
}

/**
 * A composed mail as PGP/MIME (RFC 3156): encrypted for its readers and for us, signed by us, its subject inside.
 * Headers for threading and delivery stay outside, the subject there is `outerSubject`.
 * @throws AppError CONFLICT when a key does not serve any more
 */
export async function sealMail(
  ctx: Context,
  bytes: Buffer,
  sealing: Sealing,
  outerSubject: string,
): Promise<{ bytes: Buffer; pgp: PgpState }> {
  const result = await seal(ctx, withProtectedHeaders(bytes), sealing);
  if ('problem' in result) throw new AppError('CONFLICT', `${result.problem} Nothing was sent; your text is kept.`);
  const readers = sealing.keys.map(({ fingerprint }) => fingerprint).join(', ');
  const signed = result.signed ? 'signed with our key' : 'not signed: no key of ours can sign';
  return {
    bytes: wrapSealed(bytes, result.armored, outerSubject),
    pgp: pgpState({ encrypted: true, explanation: `Sent encrypted for ${readers}, ${signed}.` }),
  };
}

async function seal(ctx: Context, entity: Buffer, { keys, own }: Sealing) {
  const [signWith = null] = own ? await readPgpSecrets(ctx, own.fingerprint) : [];
  const recipients = [...keys.map(({ publicKey }) => publicKey), ...(own ? [own.publicKey] : [])];
  return sealWithOurKey(ctx, { entity, recipients, signWith });
}
