import { requireScope } from '../accounts/account.policy.ts';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { type FieldError, invalidInput } from '../platform/errors.ts';
import { emit } from '../platform/events.ts';
import { checkSettings } from './check-settings.ts';
import { dkimKeyProblem } from './dkim-key.ts';
import { MAIN_MAILBOX, Mailbox } from './mailbox.entity.ts';
import { type CheckedPgpKey, checkPgpKeys, storePgpKey } from './pgp-keys.ts';
import { readSettings, type SupportSettings } from './read-settings.ts';
import { SendingSettingsRow } from './sending-settings.entity.ts';
import { settingsSaved } from './settings.events.ts';
import type { SupportSettingsInput } from './settings.inputs.ts';
import { storeSecret } from './store-secret.ts';
import { SupportSettingsRow } from './support-settings.entity.ts';

/** A check that another feature adds, such as whether a knowledge base exists. */
export type SettingsCheck = (ctx: Context, input: SupportSettingsInput) => Promise<FieldError[]>;

const checks: SettingsCheck[] = [];

/** Adds a check that every save must pass. For the start of the process only. */
export function addSettingsCheck(check: SettingsCheck): void {
  checks.push(check);
}

/**
 * Saves what the input gives, all of it or nothing; it holds from the next poll on.
 * @throws AppError INVALID_INPUT with one sentence per wrong field, FORBIDDEN
 */
export async function saveSettings(ctx: Context, input: SupportSettingsInput): Promise<SupportSettings> {
  requireScope(ctx.actor, 'settings:write');
  const checked = checkSettings(input);
  const errors = [...checked.errors];
  let keys: CheckedPgpKey[] = [];
  if (input.pgpPrivateKey || input.pgpPassphrase) {
    const pgp = await checkPgpKeys(ctx, input.pgpPrivateKey ?? null, input.pgpPassphrase ?? null);
    if ('errors' in pgp) errors.push(...pgp.errors);
    else keys = pgp.keys;
  }
  const dkimProblem = input.dkimPrivateKey ? dkimKeyProblem(input.dkimPrivateKey) : null;
  if (dkimProblem !== null) errors.push({ path: 'dkimPrivateKey', message: dkimProblem });
  for (const check of checks) errors.push(...(await check(ctx, input)));
  if (errors.length > 0) throw invalidInput(errors);

  return transact(ctx, async (ctx) => {
    const updatedAt = ctx.clock.now();
    const settings = (await ctx.db.findOneBy(SupportSettingsRow, { id: 1 })) ?? new SupportSettingsRow();
    const mailbox = (await ctx.db.findOneBy(Mailbox, { id: MAIN_MAILBOX })) ?? new Mailbox();
    await ctx.db.save(SupportSettingsRow, Object.assign(settings, checked.settings, { updatedAt }));
    await ctx.db.save(Mailbox, Object.assign(mailbox, checked.mailbox, { updatedAt }));
    const sending = (await ctx.db.findOneBy(SendingSettingsRow, { id: 1 })) ?? new SendingSettingsRow();
    await ctx.db.save(SendingSettingsRow, Object.assign(sending, checked.sending, { updatedAt }));
    await storeSecret(ctx, 'POP3', input.pop3Password);
    await storeSecret(ctx, 'SMTP', input.smtpPassword);
    await storeSecret(ctx, 'DKIM', input.dkimPrivateKey);
    for (const key of keys) await storePgpKey(ctx, key);
    await emit(
      ctx,
      settingsSaved({
        fields: Object.keys(input).filter((name) => input[name as keyof SupportSettingsInput] !== undefined),
      }),
    );
    return readSettings(ctx);
  });
}
