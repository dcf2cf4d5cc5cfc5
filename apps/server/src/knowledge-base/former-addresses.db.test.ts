import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { describeEachDatabase } from '../../test/context.ts';
import { saveDesk } from '../../test/factories.ts';
import { productSchema } from '../../test/schema.ts';
import { authenticate } from '../accounts/authenticate.ts';
import type { Context } from '../platform/context.ts';
import { makeHttp } from '../platform/http.ts';
import { Article } from './article.entity.ts';
import { ArticleCount } from './article-count.entity.ts';
import { articlesInReply } from './articles-in-reply.ts';
import { checkLinks } from './check-links.ts';
import { deleteArticle } from './delete-article.ts';
import { deleteKnowledgeBase } from './delete-knowledge-base.ts';
import { FormerAddress } from './former-address.entity.ts';
import { kbRoutes } from './kb.routes.ts';
import type { ArticleInput } from './knowledge-base.inputs.ts';
import { saveArticle } from './save-article.ts';
import { saveKnowledgeBase } from './save-knowledge-base.ts';

describeEachDatabase('the former addresses of articles', (world) => {
  let app: FastifyInstance;
  let close: () => Promise<void>;
  let ctx: Context;
  let base: string;

  beforeAll(async () => {
    const schema = await productSchema();
    const http = await makeHttp(world().services, { schema, authenticate, routes: [kbRoutes] });
    app = http.app;
    close = () => http.close();
  });
  afterAll(() => close());

  beforeEach(async () => {
    ctx = world().ctx();
    base = (await saveKnowledgeBase(ctx, { name: 'Help' })).id;
    await saveDesk(ctx, { defaultKnowledgeBaseId: base });
  });

  const get = async (url: string, method: 'GET' | 'HEAD' = 'GET') =>
    app.inject({ method, url, headers: { host: 'desk.example.com' } });
  const placeOf = async (url: string) => {
    const { statusCode, headers } = await get(url);
    return statusCode === 301 ? headers.location : statusCode;
  };
  const write = async (slug: string, fields: Partial<ArticleInput> = {}) => {
    world().clock.advance({ seconds: 1 });
    return saveArticle(ctx, { knowledgeBaseId: base, title: 'Text', body: 'Text', published: true, slug, ...fields });
  };

  test('lead readers to the present one, however they are spelt', async () => {
    const { id } = await write('reset');
    await write('größe', { id });
    await write('passwort', { id });
    for (const url of ['/kb/reset', '/kb/RESET', '/kb/reset/', `/kb/${encodeURIComponent('größe')}`]) {
      const { statusCode, headers } = await get(url);
      expect([url, statusCode, headers.location]).toEqual([url, 301, '/kb/passwort']);
      // Another article may take the address one day: a browser must ask again.
      expect(headers['cache-control']).toBe('no-cache');
    }
    expect((await get('/kb/reset', 'HEAD')).statusCode).toBe(301);
    await write('reset', { id });
    expect(await placeOf('/kb/reset')).toBe(200);
    expect(await placeOf('/kb/passwort')).toBe('/kb/reset');
  });

  test('of an article that readers cannot see are answered like one that never was', async () => {
    const nothing = (await get('/kb/never')).body;
    const { id } = await write('reset');
    await write('password', { id });
    for (const fields of [{ staffOnly: true }, { staffOnly: false, published: false }]) {
      await write('password', { id, ...fields });
      const { statusCode, body } = await get('/kb/reset');
      expect([statusCode, body]).toEqual([404, nothing]);
    }
    await write('password', { id });
    expect(await placeOf('/kb/reset')).toBe('/kb/password');
  });

  test('give way to an article that readers can see, and to no draft', async () => {
    const { id } = await write('reset');
    await write('password', { id });
    const other = await write('reset', { published: false });
    expect(await placeOf('/kb/reset')).toBe('/kb/password');
    await write('reset', { id: other.id });
    expect(await placeOf('/kb/reset')).toBe(200);
    await write('device', { id: other.id });
    expect(await placeOf('/kb/reset')).toBe('/kb/device');
    await deleteArticle(ctx, other.id);
    expect(await placeOf('/kb/reset')).toBe('/kb/password');
  });

  test('are kept for what was published alone: what a draft was called is nobody’s business', async () => {
    const { id } = await write('working-title', { published: false });
    await write('reset', { id, published: false });
    await write('reset', { id });
    expect(await placeOf('/kb/working-title')).toBe(404);
    await write('reset', { id, published: false });
    await write('password', { id, published: false });
    await write('password', { id });
    expect(await placeOf('/kb/reset')).toBe('/kb/password');
  });

  test('belong to their base, also when an article goes to another one and comes back', async () => {
    const other = (await saveKnowledgeBase(ctx, { name: 'Inside' })).id;
    const { id } = await write('reset');
    await write('password', { id });
    await write('password', { id, knowledgeBaseId: other });
    expect([await placeOf('/kb/reset'), await placeOf('/kb/password')]).toEqual([404, 404]);
    await write('inner-name', { id, knowledgeBaseId: other });
    await write('portal', { id, knowledgeBaseId: other });
    await write('portal', { id });
    expect([await placeOf('/kb/reset'), await placeOf('/kb/password')]).toEqual(['/kb/portal', '/kb/portal']);
    expect(await placeOf('/kb/inner-name')).toBe(404);
  });

  test('are the newest 50 of an article', async () => {
    const { id } = await write('name-0');
    for (let i = 1; i <= 52; i++) await write(`name-${i}`, { id });
    expect(await placeOf('/kb/name-1')).toBe(404);
    expect(await placeOf('/kb/name-2')).toBe('/kb/name-52');
    expect(await ctx.db.count(FormerAddress)).toBe(50);
  });

  test('go with their article and with their base', async () => {
    const other = (await saveKnowledgeBase(ctx, { name: 'Old' })).id;
    const gone = await write('a1');
    await write('a2', { id: gone.id });
    const moved = await write('b1', { knowledgeBaseId: other });
    await write('b1', { id: moved.id });
    expect(await ctx.db.count(FormerAddress)).toBe(2);
    await deleteArticle(ctx, gone.id);
    expect(await placeOf('/kb/a1')).toBe(404);
    await deleteKnowledgeBase(ctx, other);
    expect(await ctx.db.count(FormerAddress)).toBe(0);
  });

  test('still work in the links of other articles, and the check of links says what to write', async () => {
    const { id } = await write('reset', { body: '## Steps' });
    await write('password', { id, body: '## Steps' });
    const away = await write('away');
    const elsewhere = (await saveKnowledgeBase(ctx, { name: 'Inside' })).id;
    await write('away', { id: away.id, knowledgeBaseId: elsewhere });
    const body = '[1](reset#steps) [2](https://desk.example.com/kb/reset) [3](reset#none) [4](away) [5](password)';
    const linking = await write('linking', { body });
    expect((await get('/kb/linking')).body).toContain('<a href="https://desk.example.com/kb/reset#steps">1</a>');
    const said = async () => (await checkLinks(ctx, [linking])).map(({ link, message }) => [link, message]);
    expect(await said()).toEqual([
      ['reset#steps', 'That article has a new address; write “password#steps”.'],
      ['https://desk.example.com/kb/reset', 'That article has a new address; write “password”.'],
      ['reset#none', 'That article has no such heading.'],
      ['away', 'That article has moved to another base.'],
    ]);
    await write('password', { id, staffOnly: true });
    expect((await get('/kb/linking')).body).toContain('<p>1 2 3 4 5</p>');
    expect((await said())[0]![1]).toBe('It leads to an article for staff only.');
  });

  test('take the answer of a reader who opened the article before it was renamed, and count as links in replies', async () => {
    const { id } = await write('reset');
    const token = /name="token" value="([^"]+)"/.exec((await get('/kb/reset')).body)![1]!;
    await write('password', { id });
    const answered = await app.inject({
      method: 'POST',
      url: '/kb/reset/helpful',
      headers: { host: 'desk.example.com', 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ token, helpful: 'yes' }).toString(),
    });
    expect([answered.statusCode, answered.headers.location]).toEqual([303, '/kb/password?thanks=1#_helpful']);
    expect(await ctx.db.findOneBy(ArticleCount, { articleId: id })).toMatchObject({ helpful: 1 });
    const reply = { text: 'See https://desk.example.com/kb/reset.', html: null };
    expect([...(await articlesInReply(ctx, reply, null)).keys()]).toEqual([id]);
  });

  test('do not stop the check of thousands of links', async () => {
    const article = await write('linking');
    const links = Array.from({ length: 35_000 }, (_, i) => `[](n${i})`);
    const articles = Array.from({ length: 35 }, (_, i) =>
      Object.assign(new Article(), article, { body: links.slice(1_000 * i, 1_000 * (i + 1)).join('\n\n') }),
    );
    expect(await checkLinks(ctx, articles)).toHaveLength(35_000);
  });
});
