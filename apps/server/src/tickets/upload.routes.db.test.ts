import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { describeEachDatabase } from '../../test/context.ts';
import { productSchema } from '../../test/schema.ts';
import { BlobRow } from '../platform/blob.entity.ts';
import type { Actor } from '../platform/context.ts';
import { makeHttp } from '../platform/http.ts';
import { Upload } from './upload.entity.ts';
import { uploadRoutes } from './upload.routes.ts';
import { UPLOAD_LIMITS } from './uploads.ts';

const PNG = Buffer.from('89504e470d0a1a0a0000', 'hex');
const agent = (sessionId: string): Actor => ({ kind: 'agent', agentId: 'a', sessionId, role: 'ASSISTANT' });
const actors: Record<string, Actor> = {
  one: agent('one'),
  two: agent('two'),
  reader: { kind: 'token', tokenId: 't', scopes: new Set(['tickets:read' as const]) },
};

describeEachDatabase('a file that is sent up', (world) => {
  let app: FastifyInstance;
  let close: () => Promise<void>;
  beforeEach(async () => {
    const authenticate = async (_services: unknown, { cookie }: { cookie?: string | undefined }) =>
      actors[cookie ?? ''] ?? ({ kind: 'anonymous' } as const);
    ({ app, close } = await makeHttp(world().services, {
      schema: await productSchema(),
      authenticate: authenticate as never,
      routes: [uploadRoutes],
    }));
  });
  afterEach(() => close());

  interface How {
    who?: string;
    name?: string;
    more?: Record<string, string>;
  }
  const send = (payload: Buffer, { who = 'one', name = 'screen.png', more = {} }: How = {}) =>
    app.inject({
      method: 'POST',
      url: `/attachments?name=${encodeURIComponent(name)}`,
      headers: {
        host: 'localhost',
        cookie: who,
        'apollo-require-preflight': 'true',
        'content-type': 'application/octet-stream',
        'x-file-type': 'image/png',
        ...more,
      },
      payload,
    });
  const get = (url: string, who: string) => app.inject({ url, headers: { host: 'localhost', cookie: who } });

  test('is kept as it is, and seen again by its own session alone, until it is taken back', async () => {
    const answer = await send(PNG, { name: '../ü<b>.png' });
    expect(answer.statusCode).toBe(201);
    const file = answer.json<{ id: string; name: string; url: string }>();
    expect(file).toMatchObject({ name: '_ü_b_.png', mimeType: 'image/png', sizeBytes: PNG.length });
    const seen = await get(file.url, 'one');
    expect([seen.rawPayload.equals(PNG), seen.headers['content-type']]).toEqual([true, 'image/png']);
    for (const who of ['two', 'reader', 'nobody']) expect((await get(file.url, who)).statusCode).toBe(404);
    const remove = (who: string) =>
      app.inject({
        method: 'DELETE',
        url: `/attachments/${file.id}`,
        headers: { host: 'localhost', cookie: who, 'apollo-require-preflight': 'true' },
      });
    expect([(await remove('two')).statusCode, (await remove('one')).statusCode]).toEqual([404, 204]);
    expect((await get(file.url, 'one')).statusCode).toBe(404);
  });

  test.each([
    ['from nobody', { who: 'nobody' }, 401],
    ['by who may only read', { who: 'reader' }, 403],
    ['without the header that only our pages send', { more: { 'apollo-require-preflight': 'false' } }, 403],
    ['from another site', { more: { origin: 'https://evil.example' } }, 403],
    ['as a form', { more: { 'content-type': 'multipart/form-data; boundary=b' } }, 415],
  ])('%s is not taken', async (_name, how, status) => {
    expect((await send(PNG, how)).statusCode).toBe(status);
    expect(await world().ctx().db.count(Upload)).toBe(0);
  });

  test('over the limit is refused in words, and nothing is kept of it', async () => {
    const answer = await send(Buffer.alloc(UPLOAD_LIMITS.fileBytes + 1));
    expect(answer.statusCode).toBe(413);
    expect(answer.body).toContain('at most 25 MB');
    expect(await world().ctx().db.count(Upload)).toBe(0);
    expect(
      await world()
        .ctx()
        .db.countBy(BlobRow, { sizeBytes: UPLOAD_LIMITS.fileBytes + 1 }),
    ).toBe(0);
  });
});
