import type { Context } from '../platform/context.ts';
import { MAIN_MAILBOX, Mailbox } from './mailbox.entity.ts';
import { MailboxSecret } from './mailbox-secret.entity.ts';
import { SendingSettingsRow } from './sending-settings.entity.ts';
import { SupportSettingsRow } from './support-settings.entity.ts';

/** All settings of the desk but the secrets; of those only whether they are set. */
export interface SupportSettings
  extends Omit<SupportSettingsRow, 'id' | 'updatedAt'>,
    Omit<Mailbox, 'id' | 'updatedAt'>,
    Omit<SendingSettingsRow, 'id' | 'updatedAt'> {
  readonly mailboxId: string;
  readonly pop3PasswordIsSet: boolean;
  readonly smtpPasswordIsSet: boolean;
  readonly dkimKeyIsSet: boolean;
  readonly updatedAt: Date | null;
}

/** The settings of now. There is no cache: what was saved holds from the next reading on. */
export async function readSettings(ctx: Context): Promise<SupportSettings> {
  const {
    id: _row,
    updatedAt: settingsAt,
    ...settings
  } = (await ctx.db.findOneBy(SupportSettingsRow, { id: 1 })) ?? new SupportSettingsRow();
  const {
    id: mailboxId,
    updatedAt: mailboxAt,
    ...mailbox
  } = (await ctx.db.findOneBy(Mailbox, { id: MAIN_MAILBOX })) ?? new Mailbox();
  const {
    id: _sendingRow,
    updatedAt: sendingAt,
    ...sending
  } = (await ctx.db.findOneBy(SendingSettingsRow, { id: 1 })) ?? new SendingSettingsRow();
  const kinds = await ctx.db.find(MailboxSecret, { where: { mailboxId }, select: { kind: true } });
  const isSet = (kind: MailboxSecret['kind']) => kinds.some((secret) => secret.kind === kind);
  return {
    ...settings,
    ...mailbox,
    ...sending,
    mailboxId,
    pop3PasswordIsSet: isSet('POP3'),
    smtpPasswordIsSet: isSet('SMTP'),
    dkimKeyIsSet: isSet('DKIM'),
    updatedAt:
      [settingsAt, mailboxAt, sendingAt].filter((at) => at !== null).sort((a, b) => b.getTime() - a.getTime())[0] ??
      null,
  };
}

/** The unsealed password for collecting or sending; null when none is set. For the doors of the network only. */
export async function readMailboxSecret(ctx: Context, kind: MailboxSecret['kind']): Promise<string | null> {
  const row = await ctx.db.findOneBy(MailboxSecret, { mailboxId: MAIN_MAILBOX, kind });
  return row ? ctx.secrets.unseal(secretPlace(kind), row.sealed) : null;
}

/** What a sealed password is bound to. */
export function secretPlace(kind: MailboxSecret['kind']): string {
  return `mailbox_secret|sealed|${MAIN_MAILBOX}|${kind}`;
}
