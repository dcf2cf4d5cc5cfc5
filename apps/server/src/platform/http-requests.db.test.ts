import { readFileSync } from 'node:fs';
import { type AddressInfo, connect } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { buildSchema, getIntrospectionQuery, lexicographicSortSchema, printSchema } from 'graphql';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { describeEachDatabase } from '../../test/context.ts';
import { productSchema } from '../../test/schema.ts';
import type { Actor } from './context.ts';
import { AppError } from './errors.ts';
import { makeHttp } from './http.ts';

const ADMIN: Actor = { kind: 'agent', agentId: '01900000-0000-7000-8000-000000000000', sessionId: 's', role: 'ADMIN' };
const TOKEN = { authorization: 'Bearer good' };

describeEachDatabase('a request', (world) => {
  let app: FastifyInstance;
  let close: () => Promise<void>;

  const start = async (bodyMs?: number) =>
    makeHttp(world().services, {
      ...(bodyMs === undefined ? {} : { bodyMs }),
      schema: await productSchema(),
      authenticate: async (_services, { authorization }) =>
        authorization === 'Bearer good' ? ADMIN : { kind: 'anonymous' },
      routes: [
        (app) =>
          void app.get('/busy', async () => {
            throw new AppError('UNAVAILABLE', 'Too busy. Try again in a moment.', { retryAfterSeconds: 3 });
          }),
        (app) => void app.post('/patient', { config: { bodyMs: 60_000 } }, async ({ body }) => body),
      ],
    });
  beforeEach(async () => {
    ({ app, close } = await start());
  });
  afterEach(() => close());

  /** Listens on a free port, for what only a real connection can say. */
  const listening = async () => {
    await app.listen({ host: '127.0.0.1', port: 0 });
    return app.server.address() as AddressInfo;
  };

  const post = (payload: object, headers: Record<string, string> = TOKEN) =>
    app.inject({ method: 'POST', url: '/graphql', headers: { host: 'localhost', ...headers }, payload });

  /** The status of a request whose body is exactly so long. */
  const statusAt = async (bytes: number, query: string, headers: Record<string, string>) => {
    const empty = JSON.stringify({ query, variables: { x: '' } }).length;
    return (await post({ query, variables: { x: 'x'.repeat(bytes - empty) } }, headers)).statusCode;
  };

  test.each(['/a/%E0%A4%A', '/m/%'])(
    'to %s, which cannot be read, gets the headers and none of its words back',
    async (url) => {
      const answer = await app.inject({ url, headers: { host: 'localhost' } });
      expect([answer.statusCode, answer.headers['content-type'], answer.payload]).toEqual([
        400,
        'text/plain',
        'This address cannot be read.\n',
      ]);
      expect(answer.headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'content-security-policy': expect.stringContaining("default-src 'self'"),
      });
    },
  );

  /** Sends the head and a body in pieces, so many milliseconds apart; the last piece is kept back for ever where `isWhole` is not set. */
  const dripped = async (url: string, everyMs: number, isWhole: boolean) => {
    const { address, port } = await listening();
    const body = '{"query":"{ setup { required } }"}';
    return new Promise<{ said: string; afterMs: number }>((resolve) => {
      const startedAt = performance.now();
      const socket = connect(port, address, () => {
        socket.write(
          `POST ${url} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer good\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`,
        );
        const pieces = body.match(/.{1,4}/g)!;
        const timer = setInterval(() => {
          if (pieces.length > (isWhole ? 0 : 1)) socket.write(pieces.shift()!);
        }, everyMs);
        socket.on('close', () => clearInterval(timer));
      });
      let said = '';
      socket
        .on('data', (bytes) => (said += bytes.toString()))
        .on('error', () => undefined)
        .on('close', () => resolve({ said, afterMs: performance.now() - startedAt }));
    });
  };

  describe('whose body comes drop by drop', () => {
    beforeEach(async () => {
      await close();
      ({ app, close } = await start(1000));
    });

    test('is ended with a sentence when its time is over, and its connection is free again', async () => {
      const { said, afterMs } = await dripped('/graphql', 10, false);
      expect(said).toMatch(/^HTTP\/1\.1 408 /);
      expect(said).toContain('did not come in whole within 1 s. Nothing was done; send it again.');
      expect(said).toContain('x-content-type-options: nosniff');
      expect(afterMs).toBeGreaterThan(990);
      expect(await new Promise((resolve) => app.server.getConnections((_error, count) => resolve(count)))).toBe(0);
    });

    test('is answered when all of it came in time', async () => {
      expect((await dripped('/graphql', 5, true)).said).toMatch(/^HTTP\/1\.1 200 /);
    });

    test('has more time where the route takes files', async () => {
      const { said, afterMs } = await dripped('/patient', 130, true);
      expect(said).toMatch(/^HTTP\/1\.1 200 /);
      expect(afterMs).toBeGreaterThan(1000);
    });
  });

  test('that names two hosts is refused', async () => {
    const { address, port } = await listening();
    const said = await new Promise<string>((resolve) => {
      const socket = connect(port, address, () =>
        socket.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n'),
      );
      let answer = '';
      socket.on('data', (bytes) => (answer += bytes.toString())).on('close', () => resolve(answer));
    });
    expect(said).toMatch(/^HTTP\/1\.1 400 /);
  });

  test.each([
    ['32 KiB without credentials', 32 * 1024, '{ setup { required } }', {}],
    ['256 KiB for a question', 256 * 1024, '{ setup { required } }', TOKEN],
    ['2 MiB for a mutation', 2 * 1024 * 1024, 'mutation { signOut }', TOKEN],
  ])('may have %s and not a byte more', async (_name, bytes, query, headers) => {
    expect(await statusAt(bytes, query, headers)).toBe(200);
    expect(await statusAt(bytes + 1, query, headers)).toBe(413);
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data'])(
    'is refused as %s',
    async (type) => {
      const payload = '{"query":"{ setup { required } }"}';
      const headers = { host: 'localhost', 'content-type': type };
      expect((await app.inject({ method: 'POST', url: '/graphql', headers, payload })).statusCode).toBe(415);
    },
  );

  test('by somebody who is not signed in is told so, however much was asked', async () => {
    const answer = await post({ query: '{ ticketSections { tickets { nodes { messages { nodes { id } } } } } }' }, {});
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  });

  test('about the schema is answered, but never in production', async () => {
    expect((await post({ query: getIntrospectionQuery() })).json().errors).toBeUndefined();
    vi.stubEnv('NODE_ENV', 'production');
    const production = await start();
    vi.unstubAllEnvs();
    const headers = { host: 'localhost', ...TOKEN };
    const payload = { query: '{ __schema { types { name } } }' };
    const answer = await production.app.inject({ method: 'POST', url: '/graphql', headers, payload });
    await production.close();
    expect(answer.json()).toMatchObject({ errors: [{ extensions: { code: 'INVALID_INPUT' } }] });
  });

  test('gets back neither what it sent nor names that it did not', async () => {
    const query = 'mutation ($input: SignInInput!) { signIn(input: $input) { id } }';
    const answer = await post({ query, variables: { input: { password: 'canary' } } });
    expect(answer.json()).toMatchObject({
      errors: [{ extensions: { code: 'INVALID_INPUT', fields: [{ path: 'email' }] } }],
    });
    expect(answer.body).not.toContain('canary');
    expect((await post({ query: '{ viewr { id } }' })).body).not.toContain('viewer');
  });

  test('for the figures is for this machine without a proxy', async () => {
    const figures = async (remoteAddress: string, headers = {}) =>
      (await app.inject({ url: '/metrics', remoteAddress, headers: { host: 'localhost', ...headers } })).statusCode;
    expect(await figures('127.0.0.1')).toBe(200);
    expect(await figures('127.0.0.1', { 'x-forwarded-for': '10.0.0.1' })).toBe(403);
    expect(await figures('10.0.0.1')).toBe(403);
    expect(await figures('10.0.0.1', { authorization: 'Bearer guess' })).toBe(403);
  });

  test('comes from whom a named proxy says, and from the caller where none is named', async () => {
    const { services } = world();
    const from = async (trustedProxies: readonly string[], remoteAddress: string, forwarded: string) => {
      const http = await makeHttp(
        { ...services, config: { ...services.config, trustedProxies } },
        {
          schema: await productSchema(),
          authenticate: async () => ({ kind: 'anonymous' }),
          routes: [(app) => void app.get('/who', async ({ ip }) => ip)],
        },
      );
      const headers = { host: 'localhost', 'x-forwarded-for': forwarded };
      const { body } = await http.app.inject({ url: '/who', remoteAddress, headers });
      await http.close();
      return body;
    };
    expect(await from(['10.0.0.1'], '10.0.0.1', '198.51.100.9, 203.0.113.5')).toBe('203.0.113.5');
    expect(await from(['10.0.0.0/8'], '10.0.0.1', '203.0.113.5, 10.0.0.2')).toBe('203.0.113.5');
    expect(await from(['10.0.0.1'], '203.0.113.6', '203.0.113.5')).toBe('203.0.113.6');
    expect(await from([], '10.0.0.1', '203.0.113.5')).toBe('10.0.0.1');
  });

  test('through a proxy that nobody has named is warned of once', async () => {
    for (let i = 0; i < 2; i++)
      await app.inject({ url: '/livez', headers: { host: 'localhost', 'x-forwarded-for': '203.0.113.5' } });
    const warnings = world().log.lines.filter(({ message }) => message.includes('TRUSTED_PROXIES'));
    expect(warnings.map(({ level }) => level)).toEqual(['warn']);
  });

  test('hears why the product is not ready', async () => {
    const query = vi.spyOn(world().services.database.reader, 'query').mockRejectedValueOnce(new Error('gone'));
    const answer = await app.inject({ url: '/readyz', headers: { host: 'localhost' } });
    query.mockRestore();
    expect([answer.statusCode, answer.body]).toEqual([503, 'the database does not answer\n']);
  });

  test('to a plain address gets the status of the error that it met', async () => {
    const answer = await app.inject({ url: '/busy', headers: { host: 'localhost' } });
    expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, '3']);
    expect(answer.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAVAILABLE' } }] });
  });
});

test('the committed schema is the one that the server serves', async () => {
  const committed = readFileSync(new URL('../../../../schema.graphql', import.meta.url), 'utf8');
  const served = printSchema(lexicographicSortSchema(await productSchema()));
  expect(printSchema(lexicographicSortSchema(buildSchema(committed)))).toBe(served);
});
