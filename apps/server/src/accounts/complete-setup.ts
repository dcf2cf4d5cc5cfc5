import { timingSafeEqual } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../platform/config.ts';
import { type Context, type Services, systemContext } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { AppError, invalidInput } from '../platform/errors.ts';
import { hitThrottle } from '../platform/throttle.ts';
import { Agent } from './agent.entity.ts';
import { checkFacts, insertAgent } from './agents.ts';
import { lockAccounts } from './lock-accounts.ts';
import { hashPassword, passwordProblem } from './password.ts';
import { beginSession } from './sessions.ts';

/** A set-up link that nobody used for so long is dead; the next start makes another. */
const TOKEN_LIFE_MS = 24 * 3_600_000;
const PER_NETWORK = { limit: 20, windowMs: 15 * 60_000 };

/** Whether a first administrator is still to be made. */
export async function isSetupRequired(ctx: Context): Promise<boolean> {
  return !(await ctx.db.existsBy(Agent, { role: 'ADMIN' }));
}

/** The one-time token of a fresh installation, good for a day, made with mode 0600 where there is none or an old one; null once it is set up. */
export async function ensureSetupToken(services: Services): Promise<string | null> {
  const file = tokenFile(services.config);
  if (!(await isSetupRequired(systemContext(services)))) {
    rmSync(file, { force: true });
    return null;
  }
  const now = services.clock.now();
  if (!existsSync(file) || isExpired(file, now)) {
    mkdirSync(services.config.dataDir, { recursive: true, mode: 0o700 });
    writeFileSync(file, `${services.random.token(16)}\n`, { mode: 0o600 });
    utimesSync(file, now, now);
  }
  return readFileSync(file, 'utf8').trim();
}

/** Who becomes the first administrator. */
export interface FirstAdministrator {
  readonly setupToken: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly ip: string;
}

/**
 * Makes the first administrator and signs in. Of any number of tries at once exactly one succeeds; then the token is gone.
 * @throws AppError FORBIDDEN for a wrong token, CONFLICT when an administrator exists, INVALID_INPUT
 */
export async function completeSetup(ctx: Context, input: FirstAdministrator): Promise<{ agent: Agent; token: string }> {
  await hitThrottle(ctx, `setup:${input.ip}`.slice(0, 128), PER_NETWORK);
  if (!(await isSetupRequired(ctx))) throw alreadyDone();
  if (!tokenFits(ctx.config, input.setupToken)) {
    throw new AppError(
      'FORBIDDEN',
      'This is not the set-up token. It stands in the file setup-token in the data folder and in the output of the start.',
    );
  }
  if (isExpired(tokenFile(ctx.config), ctx.clock.now())) {
    throw new AppError(
      'FORBIDDEN',
      'The set-up token is older than a day. Start the product again: it prints a new link.',
    );
  }
  const facts = checkFacts(input);
  const problem = passwordProblem(input.password);
  if (problem) throw invalidInput([{ path: 'password', message: problem }]);
  const hash = await hashPassword(input.password);
  const made = await transact(ctx, async (ctx) => {
    await lockAccounts(ctx);
    if (!(await isSetupRequired(ctx))) throw alreadyDone();
    const agent = await insertAgent(ctx, { ...facts, role: 'ADMIN' }, hash);
    return { agent, token: await beginSession(ctx, agent.id) };
  });
  rmSync(tokenFile(ctx.config), { force: true });
  return made;
}

function tokenFits(config: Config, given: string): boolean {
  const file = tokenFile(config);
  if (!existsSync(file)) return false;
  const [a, b] = [Buffer.from(given.trim().slice(0, 200)), Buffer.from(readFileSync(file, 'utf8').trim())];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** The age of the file is the age of the token. */
function isExpired(file: string, now: Date): boolean {
  return now.getTime() - statSync(file).mtimeMs > TOKEN_LIFE_MS;
}

function tokenFile(config: Config): string {
  return join(config.dataDir, 'setup-token');
}

function alreadyDone(): AppError {
  return new AppError('CONFLICT', 'The product is set up already. Sign in instead.');
}
