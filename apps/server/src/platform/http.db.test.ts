import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { GraphQLInputField } from 'graphql';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { describeEachDatabase } from '../../test/context.ts';
import { productSchema } from '../../test/schema.ts';
import type { Actor } from './context.ts';
import { makeHttp } from './http.ts';
import { isSameOrigin } from './http-headers.ts';

const ADMIN: Actor = { kind: 'agent', agentId: '01900000-0000-7000-8000-000000000000', sessionId: 's', role: 'ADMIN' };

describeEachDatabase('the HTTP server', (world) => {
  let app: FastifyInstance;
  let close: () => Promise<void>;
  beforeEach(async () => {
    const http = await makeHttp(world().services, {
      schema: await productSchema(),
      authenticate: async (_services, { authorization, cookie }) =>
        authorization === 'Bearer good' || cookie === 'hd=good' ? ADMIN : { kind: 'anonymous' },
      routes: [],
    });
    app = http.app;
    close = http.close;
  });
  afterEach(() => close());

  const ask = async (query: string, headers: Record<string, string> = { authorization: 'Bearer good' }) => {
    const answer = await app.inject({
      method: 'POST',
      url: '/graphql',
      headers: { host: 'desk.example.com', ...headers },
      payload: { query },
    });
    return {
      status: answer.statusCode,
      ...answer.json<{ data?: unknown; errors?: { message: string; extensions: { code: string; ref?: string } }[] }>(),
    };
  };
  const codeOf = (answer: Awaited<ReturnType<typeof ask>>) => answer.errors?.[0]?.extensions.code;

  test('answers a POST with JSON and refuses every other way', async () => {
    expect((await ask('{ setup { required } }')).data).toEqual({ setup: { required: true } });
    for (const method of ['GET', 'PUT', 'DELETE'] as const)
      expect((await app.inject({ method, url: '/graphql', headers: { host: 'localhost' } })).statusCode).toBe(405);
    const text = await app.inject({
      method: 'POST',
      url: '/graphql',
      headers: { host: 'localhost', 'content-type': 'text/plain' },
      payload: '{"query":"{ setup { required } }"}',
    });
    expect(text.statusCode).toBeGreaterThanOrEqual(400);
    const batch = await app.inject({
      method: 'POST',
      url: '/graphql',
      headers: { host: 'localhost' },
      payload: [{ query: '{ setup { required } }' }],
    });
    expect(batch.statusCode).toBe(400);
  });

  test('lets a cookie act only from its own pages', async () => {
    const query = '{ viewer { id } supportSettings { pop3Port } }';
    expect(codeOf(await ask(query, { cookie: 'hd=good' }))).toBe('FORBIDDEN');
    const preflight = { cookie: 'hd=good', 'apollo-require-preflight': 'true' };
    expect((await ask(query, { ...preflight, origin: 'https://desk.example.com' })).errors).toBeUndefined();
    expect(codeOf(await ask(query, { ...preflight, origin: 'https://evil.example' }))).toBe('FORBIDDEN');
    expect(codeOf(await ask(query, { ...preflight, 'sec-fetch-site': 'cross-site' }))).toBe('FORBIDDEN');
  });

  test('does not answer for a foreign host name', async () => {
    expect((await app.inject({ url: '/healthz', headers: { host: 'evil.example' } })).statusCode).toBe(421);
    expect((await app.inject({ url: '/healthz', headers: { host: 'desk.example.com' } })).statusCode).toBe(200);
  });

  test('sends its security headers on every answer', async () => {
    for (const url of ['/healthz', '/nothing', '/graphql']) {
      const { headers } = await app.inject({ url, headers: { host: 'localhost' } });
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
      expect([
        headers['x-content-type-options'],
        headers['referrer-policy'],
        headers['strict-transport-security'],
      ]).toEqual(['nosniff', 'no-referrer', 'max-age=31536000']);
    }
  });

  test('gives its front page to whoever asks for it, and every other page to a browser', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pages-'));
    writeFileSync(join(folder, 'index.html'), '<!doctype html>');
    const { services } = world();
    const config = { ...services.config, adminDir: folder };
    const parts = {
      schema: await productSchema(),
      authenticate: async () => ({ kind: 'anonymous' as const }),
    };
    const http = await makeHttp({ ...services, config }, { ...parts, routes: [] });
    const status = async (url: string, accept: string, method: 'GET' | 'HEAD' | 'POST' = 'GET') =>
      (await http.app.inject({ method, url, headers: { host: 'localhost', accept } })).statusCode;
    try {
      expect([await status('/', '*/*'), await status('/?a', '*/*', 'HEAD')]).toEqual([200, 200]);
      expect([await status('/tickets', 'text/html'), await status('/tickets', '*/*')]).toEqual([200, 404]);
      expect(await status('/', '*/*', 'POST')).toBe(404);
    } finally {
      await http.close();
      rmSync(folder, { recursive: true });
    }
  });

  test('is ready while its database answers', async () => {
    expect((await app.inject({ url: '/readyz', headers: { host: 'localhost' } })).statusCode).toBe(200);
  });

  test('hides a bug behind a reference that stands in the log', async () => {
    const answer = await ask('{ ticket(number: 99999999999) { id } }');
    expect(codeOf(answer)).toBe('INVALID_INPUT');
    const { services } = world();
    const broken = services.database.reader.manager.createQueryBuilder;
    services.database.reader.manager.createQueryBuilder = () => {
      throw new Error('canary-secret');
    };
    const bug = await ask('{ tickets { totalCount } }');
    services.database.reader.manager.createQueryBuilder = broken;
    expect(bug.errors?.[0]).toMatchObject({ message: 'Internal error', extensions: { code: 'INTERNAL' } });
    expect(JSON.stringify(bug)).not.toContain('canary');
    expect(
      world().log.lines.some((line) => (line.fields as { ref?: string }).ref === bug.errors?.[0]?.extensions.ref),
    ).toBe(true);
  });

  test('answers the codes of the contract', async () => {
    expect(codeOf(await ask('{ tickets { totalCount } }', {}))).toBe('UNAUTHENTICATED');
    expect(codeOf(await ask('mutation { closeTicket(input: { ticketId: "x" }) { id } }'))).toBe('NOT_FOUND');
    expect(codeOf(await ask('{ tickets(first: 101) { totalCount } }'))).toBe('INVALID_INPUT');
    expect(codeOf(await ask('{ nothingLikeThis }'))).toBe('INVALID_INPUT');
    expect(codeOf(await ask(`{ viewer { id } } # ${'x'.repeat(15_000)}`))).toBe('INVALID_INPUT');
  });
});

describe('the schema', () => {
  test('describes every type, field, argument and value, and names no secret', async () => {
    const schema = await productSchema();
    const undescribed: string[] = [];
    const secrets: string[] = [];
    for (const type of Object.values(schema.getTypeMap())) {
      if (
        type.name.startsWith('__') ||
        ['Boolean', 'Float', 'ID', 'Int', 'String', 'Query', 'Mutation', 'Subscription'].includes(type.name)
      )
        continue;
      if (!type.description) undescribed.push(type.name);
      if ('getValues' in type)
        for (const value of type.getValues()) if (!value.description) undescribed.push(`${type.name}.${value.name}`);
      if (!('getFields' in type)) continue;
      for (const field of Object.values(type.getFields()) as (GraphQLInputField & {
        args?: readonly { name: string; description?: string | null }[];
      })[]) {
        if (!field.description) undescribed.push(`${type.name}.${field.name}`);
        for (const arg of field.args ?? [])
          if (!arg.description) undescribed.push(`${type.name}.${field.name}(${arg.name})`);
        const isOutput = !type.name.endsWith('Input') && !type.name.startsWith('Created');
        if (
          isOutput &&
          /password|secret|hash|passphrase|privatekey|token$/i.test(field.name) &&
          !/IsSet$/.test(field.name)
        )
          secrets.push(`${type.name}.${field.name}`);
      }
    }
    expect([undescribed, secrets]).toEqual([[], []]);
  });
});

test.each([
  [{ host: 'desk.example.com' }, true],
  [{ host: 'desk.example.com', origin: 'https://desk.example.com' }, true],
  [{ host: 'localhost:4000', origin: 'http://localhost:4000' }, true],
  [{ host: 'desk.example.com', origin: 'null' }, false],
  [{ host: 'desk.example.com', origin: 'https://desk.example.com.evil.example' }, false],
  [{ host: 'evil.example', origin: 'http://evil.example' }, false],
  [{ host: 'desk.example.com', 'sec-fetch-site': 'same-site' }, false],
])('%j comes from our own pages: %s', (headers, expected) => {
  expect(isSameOrigin(headers, 'https://desk.example.com')).toBe(expected);
});
