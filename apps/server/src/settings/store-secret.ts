import type { Context } from '../platform/context.ts';
import { MAIN_MAILBOX } from './mailbox.entity.ts';
import { MailboxSecret } from './mailbox-secret.entity.ts';
import { secretPlace } from './read-settings.ts';

/** Seals and keeps a secret in the caller's transaction. Left out or empty: unchanged; null: removed. */
export async function storeSecret(
  ctx: Context,
  kind: MailboxSecret['kind'],
  value: string | null | undefined,
): Promise<void> {
  if (value === undefined || value === '') return;
  const row = { mailboxId: MAIN_MAILBOX, kind };
  if (value === null) await ctx.db.delete(MailboxSecret, row);
  else
    await ctx.db.save(MailboxSecret, {
      ...row,
      sealed: ctx.secrets.seal(secretPlace(kind), value),
      updatedAt: ctx.clock.now(),
    });
}
