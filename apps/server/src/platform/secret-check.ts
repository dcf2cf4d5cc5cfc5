import { createHash } from 'node:crypto';
import { ConfigError } from './config.ts';
import type { Context } from './context.ts';
import { transact } from './database.ts';
import { Lease } from './lease.entity.ts';

const NAME = 'secret-key';

/**
 * Finds out at the start whether the secret key is the one that sealed what is stored. A mark of the key (not the key)
 * stands in the database since the first start. @throws ConfigError for another key
 */
export async function checkSecretKey(ctx: Context): Promise<void> {
  const mark = createHash('sha256').update(ctx.secrets.deriveKey('check')).digest('hex').slice(0, 36);
  const known = await ctx.db.findOneBy(Lease, { name: NAME });
  if (!known) {
    await transact(ctx, (ctx) => ctx.db.upsert(Lease, { name: NAME, owner: mark, heldUntil: 0 }, ['name']));
    return;
  }
  if (known.owner !== mark) {
    throw new ConfigError(
      `SECRET_KEY_FILE: ${ctx.config.secretKeyFile} is not the key that sealed the passwords in this database. Put the right file back; nothing was changed.`,
    );
  }
}
