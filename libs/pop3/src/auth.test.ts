import { expect, test } from 'vitest';
import { failureOf, open, serve } from '../testing/testbed.ts';

test('USER and PASS are used where the server offers no AUTH', async () => {
  const server = await serve();
  await open(server);
  expect(server.commands).toEqual(['CAPA', 'USER user', 'PASS ***', 'CAPA']);
});

test('AUTH PLAIN is used where the server offers it, in the form that every server takes', async () => {
  const server = await serve({ sasl: ['PLAIN'], users: { 'jörg@example.com': 'pä ss' } });
  await open(server, { user: 'jörg@example.com', password: 'pä ss' });
  expect(server.commands).toEqual(['CAPA', 'AUTH PLAIN', '***', 'CAPA']);
});

test('a server that names PLAIN but does not take it gets USER and PASS', async () => {
  const server = await serve({ sasl: ['PLAIN'], faults: { signIn: 'NO_PLAIN' } });
  await open(server);
  expect(server.commands).toEqual(['CAPA', 'AUTH PLAIN', 'USER user', 'PASS ***', 'CAPA']);
});

test('APOP is never used, whatever the greeting offers', async () => {
  const server = await serve({ banner: 'ready <1896.697170952@mail.example.net>' });
  await open(server);
  expect(server.log[0]).toContain('<1896.697170952@mail.example.net>');
  expect(server.commands).toEqual(['CAPA', 'USER user', 'PASS ***', 'CAPA']);
});

test.each([[[]], [['PLAIN']]])('a wrong password is told with its remedy (SASL %j)', async (sasl) => {
  const error = await failureOf(open(await serve({ sasl }), { password: 'wrong' }));
  expect(error).toMatchObject({ code: 'AUTH', responseCode: 'AUTH' });
  expect(error.message).toBe('The server refused the password. Check it, or create an app password.');
});

test.each([
  ['IN-USE', 'IN_USE'],
  ['LOGIN-DELAY', 'LOGIN_DELAY'],
  ['SYS/TEMP', 'SYS_TEMP'],
  ['SYS/PERM', 'SYS_PERM'],
  ['AUTH', 'AUTH'],
  ['LOCKED', 'IN_USE'],
  ['SILENT', 'TIMEOUT'],
] as const)('a sign-in that meets %s throws %s', async (signIn, code) => {
  const error = await failureOf(open(await serve({ faults: { signIn } }), { limits: { replyMs: 100 } }));
  expect(error).toMatchObject({ code });
});

test('a server that wants encryption first is told as such', async () => {
  const error = await failureOf(open(await serve({ faults: { signIn: 'NEEDS_TLS' } })));
  expect(error).toMatchObject({ code: 'AUTH' });
  expect(error.message).toContain('Choose TLS or STARTTLS');
});

test.each([[[]], [['PLAIN']]])(
  'no error ever shows the password, even when the server repeats it (SASL %j)',
  async (sasl) => {
    const server = await serve({ sasl, faults: { signIn: 'ECHO' } });
    const error = await failureOf(open(server, { password: 'hunter2-secret' }));
    expect(error.serverText).toBe('no such password: ***');
    server.faults = { signIn: 'SILENT' };
    const silent = await failureOf(open(server, { password: 'hunter2-secret', limits: { replyMs: 100 } }));
    const told = `${silent.message} ${silent.stack} ${String(silent.cause)}`;
    expect(told).not.toContain('hunter2-secret');
    expect(told).not.toContain(Buffer.from('\0user\0hunter2-secret').toString('base64'));
  },
);

test('an access token signs in by XOAUTH2 on a line of its own', async () => {
  const server = await serve({ sasl: ['XOAUTH2'], tokens: { user: 'token-1' } });
  await open(server, { accessToken: 'token-1' });
  expect(server.commands).toEqual(['CAPA', 'AUTH XOAUTH2', '***', 'CAPA']);
});

test('an expired access token is answered with an empty line and told as refused', async () => {
  const server = await serve({ sasl: ['XOAUTH2'], tokens: { user: 'token-2' } });
  const error = await failureOf(open(server, { accessToken: 'token-1' }));
  expect(error).toMatchObject({ code: 'AUTH', serverText: 'token refused' });
  expect(error.message).toContain('The server refused the access token.');
  expect(server.commands).toEqual(['CAPA', 'AUTH XOAUTH2', '***', '']);
});

test('a server without XOAUTH2 is told as such', async () => {
  const error = await failureOf(open(await serve(), { accessToken: 'token-1' }));
  expect(error.message).toContain('XOAUTH2');
});

test.each(['user', 'password', 'accessToken'])(
  'a %s with a line break is refused before anything is sent',
  async (field) => {
    const server = await serve();
    for (const value of ['a\r\nDELE 1', 'a\nb', 'a\0b']) {
      expect(await failureOf(open(server, { [field]: value }))).toMatchObject({ code: 'AUTH' });
    }
    expect(server.connections).toBe(0);
  },
);
