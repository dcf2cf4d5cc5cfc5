import { expect, test } from 'vitest';
import { describeEachDatabase } from '../../test/context.ts';
import { agentActor, buildAgent } from '../../test/factories.ts';
import { systemContext } from '../platform/context.ts';
import { cookieName } from '../platform/session-cookie.ts';
import { Agent } from './agent.entity.ts';
import { createAgent, updateAgent } from './agents.ts';
import { ApiToken } from './api-token.entity.ts';
import { createApiToken } from './api-tokens.ts';
import { authenticate } from './authenticate.ts';
import { Session } from './session.entity.ts';
import { signIn } from './sign-in.ts';

const PASSWORD = 'a long pass phrase';
/** Longer than any password, so that a guess costs no hash. */
const GUESS = 'x'.repeat(257);

describeEachDatabase('signing in', (world) => {
  const admin = async () => world().ctx(agentActor(await buildAgent(world().ctx())));
  const withAgents = async (...names: string[]) => {
    const ctx = await admin();
    for (const name of names) {
      await createAgent(ctx, { name, email: `${name}@desk.example`, role: 'ASSISTANT', password: PASSWORD });
    }
  };
  const attempt = (name: string, ip: string, password = PASSWORD) =>
    signIn(systemContext(world().services), { email: `${name}@desk.example`, password, ip }).then(
      () => 'signed in',
      (error: { code: string }) => error.code,
    );

  test('from one network thirty failures are heard, and a success in between takes none of them back', async () => {
    await withAgents('ravi');
    const guesses = async (from: number, count: number) => {
      const codes = [];
      for (let n = from; n < from + count; n++) codes.push(await attempt(`guess${n}`, '192.0.2.9', GUESS));
      return new Set(codes);
    };
    expect(await guesses(0, 29)).toEqual(new Set(['UNAUTHENTICATED']));
    expect(await attempt('ravi', '192.0.2.9')).toBe('signed in');
    expect(await guesses(29, 1)).toEqual(new Set(['UNAUTHENTICATED']));
    expect(await guesses(30, 1)).toEqual(new Set(['RATE_LIMITED']));
    expect(await attempt('ravi', '192.0.2.10')).toBe('signed in');
  });

  test('one house of IPv6 addresses is one network', async () => {
    for (let n = 0; n < 30; n++) await attempt(`guess${n}`, `2001:db8:1:2::${n}`, GUESS);
    expect(await attempt('guess', '2001:db8:1:2:ffff::1', GUESS)).toBe('RATE_LIMITED');
    expect(await attempt('guess', '2001:db8:1:3::1', GUESS)).toBe('UNAUTHENTICATED');
  });

  test('of twenty tries at once five are heard', async () => {
    await withAgents('ravi');
    const codes = await Promise.all(Array.from({ length: 20 }, (_, n) => attempt('ravi', `192.0.2.${n}`, GUESS)));
    expect(codes.filter((code) => code === 'UNAUTHENTICATED')).toHaveLength(5);
    expect(codes.filter((code) => code === 'RATE_LIMITED')).toHaveLength(15);
  });

  test('long passwords differ at their last sign too', async () => {
    const ctx = await admin();
    const long = 'correct horse '.repeat(18).slice(0, 250);
    await createAgent(ctx, { name: 'R', email: 'ravi@desk.example', role: 'ASSISTANT', password: `${long}1` });
    expect(await attempt('ravi', '192.0.2.1', `${long}2`)).toBe('UNAUTHENTICATED');
    expect(await attempt('ravi', '192.0.2.1', `${long}1`)).toBe('signed in');
  });

  test('an open socket that only looks keeps neither session nor token fresh', async () => {
    await withAgents('ravi');
    const ctx = await admin();
    const { services, clock } = world();
    const { token } = await signIn(ctx, { email: 'ravi@desk.example', password: PASSWORD, ip: '192.0.2.1' });
    const api = await createApiToken(ctx, { name: 'sync', scopes: ['tickets:read'] });
    const cookie = { authorization: undefined, cookie: `${cookieName(services.config)}=${token}`, ip: '' };
    const bearer = { authorization: `Bearer ${api.token}`, cookie: undefined, ip: '' };
    clock.advance({ hours: 7 });
    expect((await authenticate(services, cookie, { passive: true })).kind).toBe('agent');
    expect((await authenticate(services, bearer, { passive: true })).kind).toBe('token');
    expect((await ctx.db.findOneByOrFail(ApiToken, { id: api.row.id })).lastUsedAt).toBeNull();
    clock.advance({ hours: 1, ms: 1 });
    expect((await authenticate(services, cookie)).kind).toBe('anonymous');
  });

  test('the time of last use is written once a minute, not at every request', async () => {
    await withAgents('ravi');
    const ctx = await admin();
    const { services, clock } = world();
    const { token } = await signIn(ctx, { email: 'ravi@desk.example', password: PASSWORD, ip: '192.0.2.1' });
    const use = () =>
      authenticate(services, { authorization: undefined, cookie: `${cookieName(services.config)}=${token}`, ip: '' });
    const lastUsedAt = async () => (await ctx.db.find(Session))[0]!.lastUsedAt.getTime();
    const before = await lastUsedAt();
    clock.advance({ seconds: 60 });
    await use();
    expect(await lastUsedAt()).toBe(before);
    clock.advance({ ms: 1 });
    await use();
    expect(await lastUsedAt()).toBe(before + 60_001);
  });

  test('two administrators who disable each other at once leave one', async () => {
    const [a, b] = [await buildAgent(world().ctx()), await buildAgent(world().ctx())];
    await Promise.allSettled([
      updateAgent(world().ctx(agentActor(a)), { agentId: b.id, disabled: true }),
      updateAgent(world().ctx(agentActor(b)), { agentId: a.id, disabled: true }),
    ]);
    const agents = await world().ctx().db.find(Agent);
    expect(agents.filter((agent) => agent.disabledAt === null)).toHaveLength(1);
  });
});
