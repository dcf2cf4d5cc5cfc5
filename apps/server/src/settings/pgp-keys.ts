import { PgpError, readPrivateKey } from '@support-center/pgp';
import { requireAdmin } from '../accounts/account.policy.ts';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import type { FieldError } from '../platform/errors.ts';
import { emit } from '../platform/events.ts';
import { PgpKey } from './pgp-key.entity.ts';
import { PgpKeySecret } from './pgp-key-secret.entity.ts';
import type { PgpSecret } from './pgp-work.ts';
import { settingsSaved } from './settings.events.ts';

/** A private key that opens with its code phrase, ready to be stored. */
export interface CheckedPgpKey {
  readonly row: PgpKey;
  readonly armored: string;
  readonly passphrase: string | null;
}

const PHRASE_CODES = new Set(['PHRASE_MISSING', 'WRONG_PHRASE']);

/** Checks a private key together with its code phrase; what is wrong comes as a sentence for the field that mends it. */
export async function checkPgpKeys(
  ctx: Context,
  armored: string | null,
  passphrase: string | null,
): Promise<{ keys: CheckedPgpKey[] } | { errors: FieldError[] }> {
  if (!armored)
    return { errors: [{ path: 'pgpPrivateKey', message: 'Give the private key together with its code phrase.' }] };
  try {
    const key = await readPrivateKey(armored, passphrase, { now: ctx.clock.now() });
    const row = Object.assign(new PgpKey(), {
      fingerprint: key.fingerprint.toUpperCase(),
      userIds: key.userIds,
      createdAt: key.createdAt,
      expiresAt: key.expiresAt,
      publicKey: key.publicKey,
      addedAt: ctx.clock.now(),
    });
    return { keys: [{ row, armored: key.armored, passphrase: key.needsPassphrase ? passphrase : null }] };
  } catch (error) {
    if (!(error instanceof PgpError)) throw error;
    return {
      errors: [{ path: PHRASE_CODES.has(error.code) ? 'pgpPassphrase' : 'pgpPrivateKey', message: error.message }],
    };
  }
}

/** Adds a key to those there are, or replaces the one with its fingerprint, in the caller's transaction. */
export async function storePgpKey(ctx: Context, { row, armored, passphrase }: CheckedPgpKey): Promise<void> {
  await ctx.db.save(PgpKey, row);
  await ctx.db.save(PgpKeySecret, {
    fingerprint: row.fingerprint,
    sealedKey: ctx.secrets.seal(keyPlace('sealedKey', row.fingerprint), armored),
    sealedPassphrase:
      passphrase === null ? null : ctx.secrets.seal(keyPlace('sealedPassphrase', row.fingerprint), passphrase),
  });
}

/** Removes a key; letters for it open no more. Twice is harmless. @throws AppError FORBIDDEN */
export async function removePgpKey(ctx: Context, fingerprint: string): Promise<boolean> {
  requireAdmin(ctx.actor);
  await transact(ctx, async (ctx) => {
    await ctx.db.delete(PgpKeySecret, { fingerprint });
    await ctx.db.delete(PgpKey, { fingerprint });
    await emit(ctx, settingsSaved({ fields: ['pgpPrivateKey'] }));
  });
  return true;
}

/** All keys with their phrases, unsealed, for opening letters only. */
export async function readPgpSecrets(ctx: Context, fingerprint?: string): Promise<PgpSecret[]> {
  const rows = await ctx.db.findBy(PgpKeySecret, fingerprint === undefined ? {} : { fingerprint });
  return rows.map((row) => ({
    armored: ctx.secrets.unseal(keyPlace('sealedKey', row.fingerprint), row.sealedKey),
    passphrase:
      row.sealedPassphrase === null
        ? null
        : ctx.secrets.unseal(keyPlace('sealedPassphrase', row.fingerprint), row.sealedPassphrase),
  }));
}

function keyPlace(column: string, fingerprint: string): string {
  return `pgp_key_secret|${column}|${fingerprint}`;
}
