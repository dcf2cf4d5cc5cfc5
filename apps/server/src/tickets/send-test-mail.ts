import { NO_TICKET } from '@support-center/mail';
import { requireAgent, requireScope } from '../accounts/account.policy.ts';
import { Agent } from '../accounts/agent.entity.ts';
import { automaticHeaders, composeMail } from '../outbound/compose.ts';
import { signMail } from '../outbound/sign-mail.ts';
import type { Context } from '../platform/context.ts';
import { invalidInput } from '../platform/errors.ts';
import { type SmtpAccount, SmtpFailure } from '../platform/smtp.ts';
import { hitThrottle } from '../platform/throttle.ts';
import { checkSettings } from '../settings/check-settings.ts';
import { readDkimKey } from '../settings/dkim-key.ts';
import { MAIN_MAILBOX } from '../settings/mailbox.entity.ts';
import { readMailboxSecret, readSettings } from '../settings/read-settings.ts';
import type { SupportSettingsInput } from '../settings/settings.inputs.ts';
import { sendingProblems } from '../settings/settings-problems.ts';
import { makeOutgoingId } from './outgoing-id.ts';

const LONGEST_MS = 30_000;
const TRIES = { limit: 10, windowMs: 600_000 };

/** How the test went. */
export interface TestMailResult {
  readonly ok: boolean;
  /** To whom it was written. */
  readonly to: string;
  /** What happened, with the server's words. */
  readonly message: string;
  readonly durationMs: number;
}

/**
 * Sends one mail to the agent who asks, with the given values or the saved ones where none is given, past the queue and
 * at once, so that the server's answer can be shown. Stores nothing.
 * @throws AppError FORBIDDEN, INVALID_INPUT for values that could not be saved either, RATE_LIMITED
 */
export async function sendTestMail(ctx: Context, input: SupportSettingsInput): Promise<TestMailResult> {
  requireScope(ctx.actor, 'settings:write');
  const agent = await ctx.db.findOneByOrFail(Agent, { id: requireAgent(ctx.actor) });
  const checked = checkSettings(input);
  if (checked.errors.length > 0) throw invalidInput(checked.errors);
  const settings = { ...(await readSettings(ctx)), ...checked.mailbox, ...checked.sending };
  const password = input.smtpPassword || (input.smtpPassword === null ? null : await readMailboxSecret(ctx, 'SMTP'));
  const to = agent.email;
  const missing = sendingProblems({ ...settings, smtpPasswordIsSet: Boolean(password) })[0];
  if (missing) return { ok: false, to, message: missing.message, durationMs: 0 };
  await hitThrottle(ctx, `test-mail:${agent.id}`, TRIES);

  const { smtpHost, smtpPort, smtpSecurity, smtpUser } = settings;
  const account: SmtpAccount = {
    host: smtpHost!,
    port: smtpPort,
    security: smtpSecurity,
    user: smtpUser,
    password: smtpUser ? password : null,
  };
  const from = settings.supportEmail!;
  const written = await compose(ctx, { from, to, host: smtpHost! });
  const key = await readDkimKey(ctx, settings);
  const bytes = key ? await signMail(written, key) : written;
  const startedAt = performance.now();
  const answer = (ok: boolean, message: string) => ({
    ok,
    to,
    message,
    durationMs: Math.round(performance.now() - startedAt),
  });
  try {
    const signal = AbortSignal.timeout(LONGEST_MS);
    const hooks = { beforeBody: () => Promise.resolve(), signal };
    const { response } = await ctx.smtp.send(account, { from, to: [to] }, bytes, hooks);
    return answer(true, `The mail server ${smtpHost} took it (${response}). Look into your inbox, and into the spam.`);
  } catch (error) {
    if (!(error instanceof SmtpFailure)) throw error;
    return answer(false, error.bodyBegun ? `${error.message} It may have arrived or not.` : error.message);
  }
}

async function compose(ctx: Context, { from, to, host }: { from: string; to: string; host: string }): Promise<Buffer> {
  const { messageId } = makeOutgoingId(ctx, { number: NO_TICKET, mailboxId: MAIN_MAILBOX }, from);
  return composeMail({
    from: { address: from, name: 'Support Center' },
    to: [to],
    subject: 'Test of sending',
    text: `This mail left your desk through ${host}. Sending works.\n\n${ctx.config.publicUrl}/settings#sending\n\nThis mail was written automatically, because you asked for it.`,
    date: ctx.clock.now(),
    messageId,
    headers: automaticHeaders('auto-generated', from),
  });
}
