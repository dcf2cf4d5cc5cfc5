import { expect, test } from 'vitest';
import { failureOf, LETTER, open, serve } from '../testing/testbed.ts';
import type { Pop3Step } from './index.ts';

test('each stage is told with its time, in order', async () => {
  const steps: Pop3Step[] = [];
  const session = await open(await serve({ security: 'TLS', pipelining: true }), {
    onStep: (step) => steps.push(step),
  });
  expect(steps.map((step) => step.name)).toEqual(['RESOLVE', 'CONNECT', 'SECURE', 'SIGN_IN', 'CAPA']);
  expect(steps.every((step) => step.durationMs >= 0)).toBe(true);
  expect(steps[2]?.detail).toMatch(/^TLSv1\.[23], localhost until 2125-12-31$/);
  expect(steps[4]?.detail).toBe('PIPELINING, UIDL, TOP');
  expect(session.certificate?.altNames).toContain('localhost');
  expect(session.certificate?.issuer).toBe('Test authority');
});

test('capabilities are asked again after the sign-in', async () => {
  const session = await open(await serve({ pipelining: true, loginDelaySeconds: 60 }));
  expect(session.capabilities).toMatchObject({
    isKnown: true,
    pipelining: true,
    uidl: true,
    top: true,
    loginDelaySeconds: 60,
    implementation: 'Fake',
    expireDays: null,
  });
});

test('a server that does not know CAPA can be used', async () => {
  const server = await serve({ messages: [LETTER], faults: { capa: 'ERR' } });
  const session = await open(server);
  expect(session.capabilities).toMatchObject({ isKnown: false, pipelining: false });
  expect((await session.uidl())?.size).toBe(1);
});

test('the name is looked up when the caller gives no addresses', async () => {
  const server = await serve();
  const { addresses: _, ...options } = { addresses: [] as string[], host: '127.0.0.1' };
  const { openPop3 } = await import('./index.ts');
  const opened = await openPop3({ ...options, port: server.port, security: 'NONE', user: 'user', password: 'secret' });
  expect(await opened.stat()).toEqual({ count: 0, sizeBytes: 0 });
  opened.destroy();
});

test('a dead address is passed over for the next one', async () => {
  const server = await serve();
  const session = await open(server, { addresses: ['127.0.0.2', server.host] });
  expect(await session.stat()).toEqual({ count: 0, sizeBytes: 0 });
});

test('a port where nothing listens is told as such', async () => {
  const server = await serve();
  await server.stop();
  const error = await failureOf(open(server));
  expect(error).toMatchObject({ code: 'CONNECT' });
  expect(error.message).toBe(`Nothing listens on port ${server.port}. Check name and port, and that POP3 is on.`);
  expect(await failureOf(open(server, { addresses: [] }))).toMatchObject({ code: 'CONNECT' });
});

test.each([
  ['SILENT', 'TIMEOUT'],
  ['SLOW', 'TIMEOUT'],
  ['ERR', 'GREETING'],
  ['SSH', 'PROTOCOL'],
  ['LONG', 'PROTOCOL'],
  ['IN-USE', 'IN_USE'],
  ['SYS/TEMP', 'SYS_TEMP'],
] as const)('a greeting with the fault %s throws %s', async (greeting, code) => {
  const server = await serve({ faults: { greeting } });
  const error = await failureOf(open(server, { limits: { replyMs: 150 } }));
  expect(error).toMatchObject({ name: 'Pop3Error', code });
  if (greeting === 'SSH') expect(error.serverText).toBeUndefined();
});

test('a connection that is accepted and dropped is told as closed', async () => {
  expect(await failureOf(open(await serve({ faults: { connect: 'DROP' } })))).toMatchObject({ code: 'CLOSED' });
});

test('an endless list of capabilities meets its limit', async () => {
  const server = await serve({ faults: { capa: 'ENDLESS' } });
  const error = await failureOf(open(server, { limits: { listLines: 5000 } }));
  expect(error).toMatchObject({ code: 'TOO_LARGE' });
});

test('an abort ends the opening at whatever point it stands', async () => {
  const server = await serve({ faults: { greeting: 'SILENT' } });
  expect(await failureOf(open(server, { signal: AbortSignal.abort() }))).toMatchObject({ code: 'ABORTED' });
  const controller = new AbortController();
  const opening = failureOf(open(server, { signal: controller.signal }));
  setTimeout(() => controller.abort(), 20);
  expect(await opening).toMatchObject({ code: 'ABORTED' });
});

test('an abort drops an open session without QUIT', async () => {
  const server = await serve({ messages: [LETTER], faults: { retr: 'STALL' } });
  const controller = new AbortController();
  const session = await open(server, { signal: controller.signal });
  await session.delete(1);
  controller.abort();
  await expect(session.quit()).rejects.toMatchObject({ code: 'ABORTED' });
  expect(server.messages).toHaveLength(1);
});
