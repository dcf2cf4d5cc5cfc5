import { existsSync, mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeEachDatabase } from '../../test/context.ts';
import { agentActor, buildAgent } from '../../test/factories.ts';
import { loadConfig } from '../platform/config.ts';
import type { Services } from '../platform/context.ts';
import { makeContext } from '../platform/context.ts';
import { cookieName } from '../platform/session-cookie.ts';
import { Agent } from './agent.entity.ts';
import { createAgent, updateAgent } from './agents.ts';
import { createApiToken, revokeApiToken } from './api-tokens.ts';
import { authenticate } from './authenticate.ts';
import { completeSetup, ensureSetupToken, isSetupRequired } from './complete-setup.ts';
import { passwordProblem } from './password.ts';
import { Session } from './session.entity.ts';
import { signIn } from './sign-in.ts';

const PASSWORD = 'a long pass phrase';
const ip = '192.0.2.1';

describeEachDatabase('accounts', (world) => {
  function freshServices(): Services {
    const { services } = world();
    return {
      ...services,
      config: loadConfig({ DATA_DIR: mkdtempSync(join(tmpdir(), 'setup-')), PUBLIC_URL: 'http://localhost:4000' }),
    };
  }
  const cookie = (services: Services, token: string) => ({
    authorization: undefined,
    cookie: `${cookieName(services.config)}=${token}`,
    ip,
  });
  const asAdmin = async () => world().ctx(agentActor(await buildAgent(world().ctx())));

  test('the set-up token makes exactly one administrator of twenty tries at once, and is gone then', async () => {
    const services = freshServices();
    const setupToken = (await ensureSetupToken(services))!;
    const file = join(services.config.dataDir, 'setup-token');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const tries = Array.from({ length: 20 }, (_, n) =>
      completeSetup(makeContext(services, { kind: 'anonymous' }), {
        setupToken,
        name: 'D',
        email: `d${n}@desk.example`,
        password: PASSWORD,
        ip,
      }),
    );
    const outcomes = await Promise.allSettled(tries);
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
    expect(await world().ctx().db.count(Agent)).toBe(1);
    expect([existsSync(file), await isSetupRequired(world().ctx()), await ensureSetupToken(services)]).toEqual([
      false,
      false,
      null,
    ]);
  });

  test('a wrong set-up token makes nobody', async () => {
    const services = freshServices();
    await ensureSetupToken(services);
    const ctx = makeContext(services, { kind: 'anonymous' });
    await expect(
      completeSetup(ctx, { setupToken: 'wrong', name: 'D', email: 'd@desk.example', password: PASSWORD, ip }),
    ).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await ctx.db.count(Agent)).toBe(0);
  });

  test('a set-up token of yesterday makes nobody, and the next start gives another', async () => {
    const services = freshServices();
    const setupToken = (await ensureSetupToken(services))!;
    world().clock.advance({ hours: 23 });
    expect(await ensureSetupToken(services)).toBe(setupToken);
    world().clock.advance({ hours: 2 });
    const ctx = makeContext(services, { kind: 'anonymous' });
    const person = { name: 'D', email: 'd@desk.example', password: PASSWORD, ip };
    await expect(completeSetup(ctx, { ...person, setupToken })).rejects.toThrow('older than a day');
    const fresh = (await ensureSetupToken(services))!;
    expect(fresh).not.toBe(setupToken);
    expect((await completeSetup(ctx, { ...person, setupToken: fresh })).agent.email).toBe('d@desk.example');
  });

  test('an unknown address and a wrong password get the same answer, and the sixth try in a row waits', async () => {
    const ctx = await asAdmin();
    await createAgent(ctx, { name: 'R', email: 'ravi@desk.example', role: 'ASSISTANT', password: PASSWORD });
    const failure = async (email: string) =>
      signIn(ctx, { email, password: 'not the password', ip }).catch((error: { code: string; message: string }) => [
        error.code,
        error.message,
      ]);
    expect(await failure('nobody@desk.example')).toEqual(await failure('ravi@desk.example'));
    for (let n = 0; n < 4; n++) await failure('ravi@desk.example');
    await expect(signIn(ctx, { email: 'ravi@desk.example', password: PASSWORD, ip })).rejects.toMatchObject({
      code: 'RATE_LIMITED',
    });
    world().clock.advance({ minutes: 16 });
    expect((await signIn(ctx, { email: 'RAVI@desk.example', password: PASSWORD, ip })).agent.name).toBe('R');
  });

  test('a session ends by idleness, by age, by sign-out of its row, and when its agent is disabled', async () => {
    const ctx = await asAdmin();
    const services = freshServices();
    const agent = await createAgent(ctx, {
      name: 'R',
      email: 'ravi@desk.example',
      role: 'ASSISTANT',
      password: PASSWORD,
    });
    const begin = async () => (await signIn(ctx, { email: 'ravi@desk.example', password: PASSWORD, ip })).token;
    const kindOf = async (token: string) => (await authenticate(services, cookie(services, token))).kind;
    const idle = await begin();
    expect(await kindOf(idle)).toBe('agent');
    expect(JSON.stringify(await ctx.db.find(Session))).not.toContain(idle);
    world().clock.advance({ hours: 8, ms: 1 });
    expect(await kindOf(idle)).toBe('anonymous');
    const disabled = await begin();
    await updateAgent(ctx, { agentId: agent.id, disabled: true });
    expect(await kindOf(disabled)).toBe('anonymous');
    await expect(begin()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await updateAgent(ctx, { agentId: agent.id, disabled: false });
    const renamed = await begin();
    await updateAgent(ctx, { agentId: agent.id, name: 'Ravi' });
    expect(await kindOf(renamed)).toBe('agent');
    await updateAgent(ctx, { agentId: agent.id, role: 'ADMIN' });
    expect(await kindOf(renamed)).toBe('anonymous');
  });

  test('the last administrator stays one', async () => {
    const ctx = await asAdmin();
    const [last] = await ctx.db.find(Agent);
    for (const change of [{ disabled: true }, { role: 'ASSISTANT' as const }]) {
      await expect(updateAgent(ctx, { agentId: last!.id, ...change })).rejects.toMatchObject({ code: 'CONFLICT' });
    }
    await buildAgent(ctx);
    expect((await updateAgent(ctx, { agentId: last!.id, disabled: true })).disabledAt).not.toBeNull();
  });

  test('an address belongs to one agent', async () => {
    const ctx = await asAdmin();
    await createAgent(ctx, { name: 'R', email: 'ravi@desk.example', role: 'ASSISTANT' });
    await expect(createAgent(ctx, { name: 'S', email: 'Ravi@desk.example', role: 'ADMIN' })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      fields: [{ path: 'email' }],
    });
  });

  test('an API token opens what its scopes name until it expires or is revoked', async () => {
    const ctx = await asAdmin();
    const { row, token } = await createApiToken(ctx, { name: 'sync', scopes: ['tickets:read'] });
    const actor = () => authenticate(ctx, { authorization: `Bearer ${token}`, cookie: undefined, ip });
    expect(await actor()).toMatchObject({ kind: 'token', scopes: new Set(['tickets:read']) });
    world().clock.advance({ days: 91 });
    expect(await actor()).toEqual({ kind: 'anonymous' });
    world().clock.set('2026-03-02T09:00:00.000Z');
    await revokeApiToken(ctx, row.id);
    expect(await actor()).toEqual({ kind: 'anonymous' });
  });

  test.each([
    [{ name: '', scopes: ['tickets:read'] }, 'name'],
    [{ name: 'x', scopes: [] }, 'scopes'],
    [{ name: 'x', scopes: ['everything'] }, 'scopes'],
    [{ name: 'x', scopes: ['kb:read'], expiresAt: new Date('2027-04-02') }, 'expiresAt'],
    [{ name: 'x', scopes: ['kb:read'], expiresAt: new Date('2026-03-01') }, 'expiresAt'],
  ])('refuses a token %j', async (input, path) => {
    await expect(createApiToken(await asAdmin(), input)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      fields: [{ path }],
    });
  });

  test('a token with a cookie beside it counts as the token', async () => {
    const services = freshServices();
    expect(await authenticate(services, { authorization: 'Bearer nonsense', cookie: undefined, ip })).toEqual({
      kind: 'anonymous',
    });
  });
});

test.each([
  ['123456789', false],
  ['1234567890', false],
  ['aaaaaaaaaaaa', false],
  ['Password123', false],
  ['x'.repeat(257), false],
  ['correct horse', true],
  [`${'long '.repeat(51)}!`, true],
])('the password %s is allowed: %s', (password, allowed) => {
  expect(passwordProblem(password) === null).toBe(allowed);
});
