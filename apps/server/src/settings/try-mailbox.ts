import { lookup } from 'node:dns/promises';
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

const STEPS = { RESOLVE: 'Find the server', CONNECT: 'Connect', SECURE: 'Secure the connection', SIGN_IN: 'Sign in', READ: 'Read the mailbox' } as const;
type StepName = keyof typeof STEPS;
const DAY_MS = 86_400_000;

/**
 * Tries the given values, or the saved ones where none is given, step by step up to the first that fails. Never fetches
 * or deletes mail. @throws AppError FORBIDDEN, INVALID_INPUT for values that could not be saved either
 */
export async function tryMailbox(ctx: Context, input: SupportSettingsInput): Promise<{ ok: boolean; steps: TestStep[] }> {
  requireScope(ctx.actor, 'settings:write');
  const checked = checkSettings(input);
  if (checked.errors.length > 0) throw invalidInput(checked.errors);
  const settings = { ...(await readSettings(ctx)), ...checked.mailbox };
  const password = input.pop3Password || (input.pop3Password === null ? null : await readMailboxSecret(ctx, 'POP3'));
  const missing = collectionProblems({ ...settings, supportEmail: settings.supportEmail ?? 'not needed for a test', pop3PasswordIsSet: Boolean(password) })[0];
  if (missing) return { ok: false, steps: [{ name: STEPS.RESOLVE, ok: false, message: missing.message, durationMs: 0 }] };

  const steps: TestStep[] = [];
  let startedAt = performance.now();
  const record = (name: StepName, ok: boolean, message: string) => {
    steps.push({ name: STEPS[name], ok, message, durationMs: Math.round(performance.now() - startedAt) });
    startedAt = performance.now();
  };
  let at: StepName = 'RESOLVE';
  let session: Pop3Session | null = null;
  try {
    const { address } = await lookup(settings.pop3Host!).catch((cause: unknown) => {
      throw new Pop3Error('RESOLVE', `There is no server named ${settings.pop3Host}. Check the spelling of the POP3 Host.`, { cause });
    });
    record('RESOLVE', true, `${settings.pop3Host} is ${address}.`);
    at = 'CONNECT';
    session = await ctx.openPop3({
      host: settings.pop3Host!,
      port: settings.pop3Port,
      security: settings.pop3Security,
      user: settings.pop3User!,
      password: password!,
      onStep: (step) => {
        if (step.name === 'CONNECT') record('CONNECT', true, `Port ${settings.pop3Port} answers.`);
        if (step.name === 'SECURE') record('SECURE', true, settings.pop3Security === 'NONE' ? 'Not secured: the password travels as plain text.' : step.detail);
        if (step.name === 'SIGN_IN') record('SIGN_IN', true, 'User and password were taken.');
        at = step.name === 'CONNECT' ? 'SECURE' : step.name === 'SECURE' ? 'SIGN_IN' : at;
      },
    });
    at = 'READ';
    record('READ', true, await describe(ctx, session));
  } catch (error) {
    if (!(error instanceof Pop3Error)) throw error;
    record(failedStep(error, at), false, error.message);
  } finally {
    session?.destroy();
  }
  return { ok: steps.every((step) => step.ok), steps };
}

function failedStep(error: Pop3Error, at: StepName): StepName {
  if (error.code === 'RESOLVE') return 'RESOLVE';
  if (error.code.startsWith('TLS') || error.code.startsWith('STLS')) return 'SECURE';
  return error.code === 'AUTH' ? 'SIGN_IN' : at;
}

async function describe(ctx: Context, session: Pop3Session): Promise<string> {
  const { count, sizeBytes } = await session.stat();
  const can = [...(session.capabilities.uidl ? ['UIDL'] : []), ...(session.capabilities.top ? ['TOP'] : []), ...(session.capabilities.pipelining ? ['PIPELINING'] : [])];
  const { certificate } = session;
  const days = certificate ? Math.floor((certificate.validTo.getTime() - ctx.clock.now().getTime()) / DAY_MS) : null;
  const soon = days !== null && days < 14 ? ` The certificate expires in ${days} days.` : '';
  return `${count} ${count === 1 ? 'message' : 'messages'}, ${(sizeBytes / 1024 / 1024).toFixed(1)} MB. Supports ${can.join(', ') || 'only what every server does'}.${soon}`;
}
