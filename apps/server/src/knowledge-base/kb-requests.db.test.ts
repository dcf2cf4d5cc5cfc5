import { type AddressInfo, connect } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { describeEachDatabase, type TestWorld } from '../../test/context.ts';
import { saveDesk } from '../../test/factories.ts';
import { productSchema } from '../../test/schema.ts';
import { authenticate } from '../accounts/authenticate.ts';
import { makeHttp } from '../platform/http.ts';
import { kbRoutes } from './kb.routes.ts';
import { saveArticle } from './save-article.ts';
import { saveKnowledgeBase } from './save-knowledge-base.ts';

// What a request looks like makes no difference to a database.
describeEachDatabase('a request for a public page', declareRequests, { only: 'sqlite' });

function declareRequests(world: () => TestWorld): void {
  let app: FastifyInstance;
  let close: () => Promise<void>;
  let base: string;
  let port: number;

  beforeAll(async () => {
    const schema = await productSchema();
    const http = await makeHttp(world().services, { schema, authenticate, routes: [kbRoutes] });
    app = http.app;
    close = () => http.close();
    await app.listen({ host: '127.0.0.1', port: 0 });
    port = (app.server.address() as AddressInfo).port;
  });
  afterAll(() => close());

  beforeEach(async () => {
    const ctx = world().ctx();
    base = (await saveKnowledgeBase(ctx, { name: 'Help' })).id;
    await saveDesk(ctx, { defaultKnowledgeBaseId: base });
    await saveArticle(ctx, { knowledgeBaseId: base, title: 'Reset', slug: 'reset', body: 'x', published: true });
  });

  const HOST = { host: 'desk.example.com' };
  const get = (url: string, headers: Record<string, string> = {}, method: 'GET' | 'HEAD' = 'GET') =>
    app.inject({ method, url, headers: { ...HOST, ...headers } });

  /** Sends an address as it is written, which a polite client would not. */
  const statusOfRaw = (method: string, address: string) =>
    new Promise<number>((resolve, reject) => {
      let answer = '';
      const socket = connect(port, '127.0.0.1', () =>
        socket.end(`${method} ${address} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`),
      );
      socket.on('data', (data) => {
        answer += data.toString('latin1');
      });
      socket.on('error', reject);
      socket.on('close', () => resolve(Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1])));
    });

  test('that a browser has already is answered without the page, until the page or its language changes', async () => {
    for (const url of ['/kb', '/kb/reset', '/kb?q=reset', '/kb/c/all', '/kb/sitemap.xml', '/robots.txt']) {
      const first = await get(url);
      const etag = String(first.headers.etag);
      expect([url, etag]).toEqual([url, expect.stringMatching(/^W\/"[\w-]{22}"$/)]);
      world().clock.advance({ seconds: 20 });
      for (const known of [etag, `"other", ${etag.slice(2)}`, '*']) {
        const again = await get(url, { 'if-none-match': known });
        expect([url, again.statusCode, again.body, again.headers.etag]).toEqual([url, 304, '', etag]);
        expect(again.headers['cache-control']).toBe('no-cache');
      }
      expect((await get(url, { 'if-none-match': etag }, 'HEAD')).statusCode).toBe(304);
      expect((await get(url, { 'if-none-match': `"${'x'.repeat(9_000)}"` })).statusCode).toBe(200);
    }
    const { etag } = (await get('/kb/reset')).headers;
    expect((await get('/kb/reset', { 'if-none-match': String(etag), 'accept-language': 'de' })).statusCode).toBe(200);
    const { id } = await saveArticle(world().ctx(), {
      knowledgeBaseId: base,
      title: 'Two',
      body: 'x',
      published: true,
    });
    const list = String((await get('/kb/c/all')).headers.etag);
    await saveArticle(world().ctx(), { knowledgeBaseId: base, id, title: 'Three', body: 'x' });
    expect((await get('/kb/c/all', { 'if-none-match': list })).statusCode).toBe(200);
    expect((await get('/kb/none', { 'if-none-match': '*' })).statusCode).toBe(404);
  });

  test('with HEAD gets the head of the page alone', async () => {
    for (const url of ['/kb', '/kb/reset', '/kb/none', '/kb/sitemap.xml']) {
      const [page, head] = [await get(url), await get(url, {}, 'HEAD')];
      expect([head.statusCode, head.body]).toEqual([page.statusCode, '']);
      for (const name of ['content-type', 'content-length', 'etag', 'content-security-policy'])
        expect([url, name, head.headers[name]]).toEqual([url, name, page.headers[name]]);
    }
  });

  test('that would change something hears that pages are only read', async () => {
    for (const url of ['/kb', '/kb/reset', '/kb/c/all', '/kb/none', '/kb/sitemap.xml'])
      for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const) {
        const payload = method === 'OPTIONS' ? undefined : 'x'.repeat(100_000);
        const { statusCode, headers } = await app.inject({
          method,
          url,
          headers: HOST,
          ...(payload ? { payload } : {}),
        });
        const status = method === 'OPTIONS' ? 204 : 405;
        expect([method, url, statusCode, headers.allow]).toEqual([method, url, status, 'GET, HEAD']);
      }
  });

  test('for the place where an answer went leads back to its article', async () => {
    const { statusCode, headers } = await get('/kb/reset/helpful');
    expect([statusCode, headers.location]).toEqual([301, '/kb/reset']);
    expect((await get('/kb/none/helpful')).statusCode).toBe(404);
    const refused = await app.inject({
      method: 'POST',
      url: '/kb/reset/helpful',
      headers: { ...HOST, 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'helpful=yes&token=old',
    });
    expect([refused.statusCode, refused.body]).toEqual([
      400,
      expect.stringContaining('<a href="/kb/reset" lang="en" dir="ltr">Reset</a>'),
    ]);
  });

  test('however it is written, is answered, and by nothing that is not expected', async () => {
    const queries = [
      'q=%00',
      'q=%',
      'q=%E0%A4%A',
      'q=%FF%FE',
      `q=${'a'.repeat(15_000)}`,
      'q=a&'.repeat(3_000),
      Array.from({ length: 1_500 }, (_, i) => `p${i}=1`).join('&'),
      'q[]=a&q[b]=c',
      '__proto__=1&constructor=2&q=x',
      'page=-1',
      'page=1e9',
      'page[]=2&page=x',
      'thanks=1&thanks=2',
      '%00=%00',
    ];
    for (const query of queries)
      for (const path of ['/kb', '/kb/reset', '/kb/c/all', '/kb/sitemap.xml'])
        expect([path, query, await statusOfRaw('GET', `${path}?${query}`)]).toEqual([path, query, 200]);
    const places: [string, number][] = [
      ['/kb/%00', 404],
      ['/kb/a%2Fb', 404],
      ['/kb/reset%2F', 404],
      ['/kb/%2e%2e/%2e%2e/graphql', 404],
      ['/kb/../graphql', 404],
      ['/kb//reset', 404],
      ['/kb/reset;x', 404],
      ['/kb/c/%00', 404],
      ['/kb/sitemap/%00', 404],
      ['/kb/sitemap/0.xml', 404],
      [`/kb/${'x'.repeat(15_000)}`, 404],
      [`/kb/${'%F0%9F%98%80'.repeat(1_000)}`, 404],
      ['/kb/%', 400],
      ['/kb/%zz', 400],
      ['/kb/%ED%A0%80', 400],
      [`/kb?q=${'a'.repeat(20_000)}`, 431],
    ];
    for (const [address, status] of places)
      expect([address, await statusOfRaw('GET', address)]).toEqual([address, status]);
    expect(world().log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  test('that is one search too many at once is asked to come again, and others are answered', async () => {
    const { ranking } = world().services;
    const ask = ranking.suggest.bind(ranking);
    const waiting: (() => void)[] = [];
    ranking.suggest = (query) => new Promise((resolve) => waiting.push(() => resolve(ask(query))));
    try {
      const first = Array.from({ length: 4 }, () => get('/kb?q=reset'));
      await vi.waitFor(() => expect(waiting).toHaveLength(4));
      const fifth = await get('/kb?q=reset');
      expect([fifth.statusCode, fifth.headers['retry-after']]).toEqual([503, '5']);
      expect(fifth.body).toContain('Many people search at the moment.');
      expect((await get('/kb/reset')).statusCode).toBe(200);
      for (const answer of waiting) answer();
      expect((await Promise.all(first)).map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200]);
    } finally {
      ranking.suggest = ask;
    }
    expect((await get('/kb?q=reset')).statusCode).toBe(200);
  });

  test('that searches for signs that nobody sees searches for nothing', async () => {
    expect((await get('/kb?q=%00%E2%80%AE')).body).toContain('<main id="_main" class="home">');
    const half = (await get(`/kb?q=${encodeURIComponent(`${'a'.repeat(199)}😀`)}`)).body;
    expect(half).not.toContain('\ufffd');
  });
}
