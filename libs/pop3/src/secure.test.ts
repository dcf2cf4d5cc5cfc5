import { expect, test } from 'vitest';
import { failureOf, open, serve } from '../testing/testbed.ts';

test.each(['TLS', 'STARTTLS'] as const)(
  'a session over %s is encrypted and shows the certificate',
  async (security) => {
    const server = await serve({ security });
    const session = await open(server);
    expect(session.certificate).toMatchObject({
      subject: 'localhost',
      altNames: ['localhost', '127.0.0.1', '0:0:0:0:0:0:0:1'],
    });
    expect(session.certificate?.validTo.getUTCFullYear()).toBe(2125);
    await session.quit();
  },
);

test.each(['TLS', 'STARTTLS'] as const)(
  'over %s a wrong, expired or unknown certificate is refused with its reason',
  async (security) => {
    const wrongName = await failureOf(open(await serve({ security, certificate: 'wrongName' })));
    expect(wrongName).toMatchObject({ code: 'TLS_CERTIFICATE' });
    expect(wrongName.message).toBe('The certificate is for mail.example.net, not localhost. Use that name.');

    const expired = await failureOf(open(await serve({ security, certificate: 'expired' })));
    expect(expired).toMatchObject({ code: 'TLS_CERTIFICATE' });
    expect(expired.message).toBe('The certificate expired on 2019-12-31. It must be renewed on the server.');

    const selfSigned = await failureOf(open(await serve({ security, certificate: 'selfSigned' })));
    expect(selfSigned).toMatchObject({ code: 'TLS_CERTIFICATE' });
    expect(selfSigned.message).toContain('issued by localhost');

    const server = await serve({ security });
    const unknown = await failureOf(open(server, { tls: {} }));
    expect(unknown).toMatchObject({ code: 'TLS_CERTIFICATE' });
    expect(server.commands.join()).not.toMatch(/USER|PASS|AUTH/);
  },
);

test('an address as host is checked against the addresses in the certificate', async () => {
  const server = await serve({ security: 'TLS' });
  expect((await open(server, { host: '127.0.0.1' })).certificate?.subject).toBe('localhost');
  const other = await failureOf(open(server, { host: '127.0.0.9' }));
  expect(other.message).toContain('not 127.0.0.9. Use that name.');
});

test('only an explicit wish accepts any certificate, and the step says so', async () => {
  const details: string[] = [];
  const server = await serve({ security: 'TLS', certificate: 'expired' });
  await open(server, { tls: { rejectUnauthorized: false }, onStep: (step) => details.push(step.detail) });
  expect(details.join()).toContain('not checked');
});

test.each(['STRIPPED', 'ERR'] as const)('STLS with the fault %s never goes on in the clear', async (stls) => {
  const server = await serve({ security: 'STARTTLS', faults: { stls } });
  expect(await failureOf(open(server))).toMatchObject({ code: 'STLS_MISSING' });
  expect(server.commands.join()).not.toMatch(/USER|PASS|AUTH/);
});

test('STLS is asked for even where CAPA is not known, and its refusal ends the session', async () => {
  const server = await serve({ security: 'STARTTLS', faults: { capa: 'ERR' } });
  expect((await open(server)).certificate).not.toBeNull();
  server.faults = { capa: 'ERR', stls: 'ERR' };
  expect(await failureOf(open(server))).toMatchObject({ code: 'STLS_MISSING' });
});

test('plain text behind the +OK to STLS ends the session', async () => {
  const server = await serve({ security: 'STARTTLS', faults: { stls: 'INJECT' } });
  expect(await failureOf(open(server))).toMatchObject({ code: 'STLS_INJECTION' });
  expect(server.commands.join()).not.toMatch(/USER|PASS|AUTH/);
});

test('plain text in place of the handshake ends the session', async () => {
  const server = await serve({ security: 'STARTTLS', faults: { stls: 'PLAIN' } });
  expect(await failureOf(open(server))).toMatchObject({ code: 'TLS' });
});

test('CAPA is asked again after STLS and after the sign-in', async () => {
  const server = await serve({ security: 'STARTTLS' });
  await open(server);
  expect(server.commands).toEqual(['CAPA', 'STLS', 'CAPA', 'USER user', 'PASS ***', 'CAPA']);
});

test('encryption that does not fit the port is told as such', async () => {
  const plain = await serve();
  const noTls = await failureOf(open(plain, { security: 'TLS' }));
  expect(noTls).toMatchObject({ code: 'TLS' });
  expect(noTls.message).toContain('Choose STARTTLS');
  const secured = await serve({ security: 'TLS' });
  const silent = await failureOf(open(secured, { security: 'NONE', limits: { replyMs: 100 } }));
  expect(silent).toMatchObject({ code: 'TIMEOUT' });
});

test('a server that does not begin TLS is left within the time to connect', async () => {
  const server = await serve({ faults: { greeting: 'SILENT' } });
  const error = await failureOf(open(server, { security: 'TLS', limits: { connectMs: 100 } }));
  expect(error).toMatchObject({ code: 'TIMEOUT' });
});
