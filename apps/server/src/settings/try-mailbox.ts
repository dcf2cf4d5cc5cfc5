import { Pop3Error, type Pop3Session } from '@support-center/pop3';
import { requireScope } from '../accounts/account.policy.ts';
import type { Context } from '../platform/context.ts';
import { invalidInput } from '../platform/errors.ts';
import { checkSettings } from './check-settings.ts';
import { readMailboxSecret, readSettings } from './read-settings.ts';
import type { SupportSettingsInput } from './settings.inputs.ts';
import { collectionProblems } from './settings-problems.ts';

/** One step of the test, as it is shown. */
export interface TestStep {
  readonly name: string;
  readonly ok: boolean;
  readonly message: string;
  readonly durationMs: number;
}

const STEPS = {
  RESOLVE: 'Find the server',
  CONNECT: 'Connect',
  SECURE: 'Secure the connection',
  SIGN_IN: 'Sign in',
  READ: 'Read the mailbox',
} as const;
type StepName = keyof typeof STEPS;
const ORDER = Object.keys(STEPS) as StepName[];
const IN_THE_CLEAR = 'Not secured: the password travels as plain text.';
const DAY_MS = 86_400_000;

/**
 * Tries the given values, or the saved ones where none is given, step by step up to the first that fails. Never fetches
 * or deletes mail. @throws AppError FORBIDDEN, INVALID_INPUT for values that could not be saved either
 */
export async function tryMailbox(
  ctx: Context,
  input: SupportSettingsInput,
): Promise<{ ok: boolean; steps: TestStep[] }> {
  requireScope(ctx.actor, 'settings:write');
  const checked = checkSettings(input);
  if (checked.errors.length > 0) throw invalidInput(checked.errors);
  const settings = { ...(await readSettings(ctx)), ...checked.mailbox };
  const password = input.pop3Password || (input.pop3Password === null ? null : await readMailboxSecret(ctx, 'POP3'));
  const missing = collectionProblems({
    ...settings,
    supportEmail: settings.supportEmail ?? 'not needed for a test',
    pop3PasswordIsSet: Boolean(password),
  })[0];
  if (missing)
    return { ok: false, steps: [{ name: STEPS.RESOLVE, ok: false, message: missing.message, durationMs: 0 }] };

  const steps: TestStep[] = [];
  let startedAt = performance.now();
  const record = (name: StepName, ok: boolean, message: string) => {
    const now = performance.now();
    steps.push({ name: STEPS[name], ok, message, durationMs: Math.round(now - startedAt) });
    startedAt = now;
  };
  const { pop3Host, pop3Port, pop3Security, pop3User } = settings;
  const isPlain = pop3Security === 'NONE';
  let session: Pop3Session | null = null;
  try {
    session = await ctx.openPop3({
      host: pop3Host!,
      port: pop3Port,
      security: pop3Security,
      user: pop3User!,
      password: password!,
      onStep: ({ name, detail }) => {
        if (name === 'RESOLVE') record('RESOLVE', true, `${pop3Host} is ${detail}.`);
        if (name === 'CONNECT') record('CONNECT', true, `Port ${pop3Port} answers.`);
        if (name === 'SECURE') record('SECURE', true, isPlain ? IN_THE_CLEAR : `${detail}.`);
        if (name === 'SIGN_IN') record('SIGN_IN', true, 'User and password were taken.');
      },
    });
    record('READ', true, await describe(ctx, session));
  } catch (error) {
    if (!(error instanceof Pop3Error)) throw error;
    record(ORDER[steps.length] ?? 'READ', false, error.message);
  } finally {
    session?.destroy();
  }
  return { ok: steps.every((step) => step.ok), steps };
}

async function describe(ctx: Context, session: Pop3Session): Promise<string> {
  const { count, sizeBytes } = await session.stat();
  const can = [
    ...(session.capabilities.uidl ? ['UIDL'] : []),
    ...(session.capabilities.top ? ['TOP'] : []),
    ...(session.capabilities.pipelining ? ['PIPELINING'] : []),
  ];
  const { certificate } = session;
  const days = certificate ? Math.floor((certificate.validTo.getTime() - ctx.clock.now().getTime()) / DAY_MS) : null;
  const soon = days !== null && days < 14 ? ` The certificate expires in ${days} days.` : '';
  return `${count} ${count === 1 ? 'message' : 'messages'}, ${(sizeBytes / 1024 / 1024).toFixed(1)} MB. Supports ${can.join(', ') || 'only what every server does'}.${soon}`;
}
