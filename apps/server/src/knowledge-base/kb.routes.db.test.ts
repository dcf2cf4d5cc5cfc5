import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { describeEachDatabase } from '../../test/context.ts';
import { saveDesk } from '../../test/factories.ts';
import { productSchema } from '../../test/schema.ts';
import { authenticate } from '../accounts/authenticate.ts';
import { makeHttp } from '../platform/http.ts';
import { ArticleCount } from './article-count.entity.ts';
import { makeFollower } from './follow-articles.ts';
import { importArticles } from './import-articles.ts';
import { kbRoutes } from './kb.routes.ts';
import { saveArticle } from './save-article.ts';
import { saveKnowledgeBase } from './save-knowledge-base.ts';
import { suggestArticles } from './suggest-articles.ts';

const HOST = { host: 'desk.example.com' };

describeEachDatabase('the public pages', (world) => {
  let app: FastifyInstance;
  let close: () => Promise<void>;
  let base: string;

  beforeAll(async () => {
    const schema = await productSchema();
    const http = await makeHttp(world().services, { schema, authenticate, routes: [kbRoutes] });
    app = http.app;
    close = () => http.close();
  });
  afterAll(() => close());

  beforeEach(async () => {
    const ctx = world().ctx();
    base = (await saveKnowledgeBase(ctx, { name: 'Help & more', description: 'Ask <here>' })).id;
    await saveDesk(ctx, { defaultKnowledgeBaseId: base });
    await importArticles(ctx, {
      knowledgeBaseId: base,
      articles: [
        {
          title: 'Reset <b>password</b>',
          slug: 'reset',
          body: '# One\n\nOpen the **portal**.\n\n## Two\n\n[next](topic-01#one) [gone](other)\n\n## Three\n\n<script>alert(1)</script>',
          summary: 'How to "reset"',
          published: true,
          categoryPath: ['Sign in', 'Password'],
        },
        { title: 'إعادة كلمة المرور', body: 'النص', language: 'ar', published: true, categoryPath: ['Sign in'] },
        ...Array.from({ length: 60 }, (_, i) => ({
          title: `Topic ${String(i).padStart(2, '0')}`,
          body: `Words ${i}`,
          published: true,
          categoryPath: ['Many'],
        })),
      ],
    });
    await makeFollower(world().services).fill();
  });

  const get = async (url: string) => app.inject({ url, headers: HOST });
  const post = async (url: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
    app.inject({
      method: 'POST',
      url,
      headers: { ...HOST, 'content-type': 'application/x-www-form-urlencoded', ...headers },
      payload: new URLSearchParams(form).toString(),
    });

  test('begin with a search, and lead over topics to articles, without script and under 120 kB', async () => {
    const home = await get('/kb');
    expect(home.statusCode).toBe(200);
    expect(home.headers['content-security-policy']).toContain("default-src 'none'");
    expect(home.body.indexOf('<form class="search"')).toBeLessThan(home.body.indexOf('Topics'));
    expect(home.body).toContain('Help &#38; more');
    const topic = /\/kb\/c\/[0-9a-f-]{36}/.exec(home.body)![0];
    const many = /href="(\/kb\/c\/[0-9a-f-]{36})"><strong dir="auto">Many/.exec(home.body)![1]!;
    expect((await get(topic)).body).toContain('/kb/reset');
    expect((await get(many)).body).toContain('Topic 24');
    expect((await get(`${many}?page=3`)).body).toContain('Topic 59');
    const article = await get('/kb/reset');
    expect(article.body).toContain('<link rel="canonical" href="https://desk.example.com/kb/reset">');
    expect(article.body).toContain('<h1>Reset &#60;b&#62;password&#60;/b&#62;</h1>');
    expect(article.body).toContain('<h2 id="one">One</h2>');
    expect(article.body).toContain('href="#three"');
    expect(article.body).toContain('href="https://desk.example.com/kb/topic-01#one"');
    expect(article.body).toContain('</a> gone</p>');
    for (const { body } of [home, article]) {
      expect(body).not.toMatch(/<script|\son[a-z]+=|javascript:/i);
      expect(Buffer.byteLength(body)).toBeLessThan(120_000);
    }
    expect((await get(/href="(\/kb\/style[^"]+)"/.exec(home.body)![1]!)).headers['content-type']).toContain('text/css');
    expect((await get(`/kb/${encodeURIComponent('إعادة-كلمة-المرور')}`)).body).toContain('lang="ar" dir="rtl"');
  });

  test('say in what language their titles are, and what the base is about', async () => {
    expect((await get('/kb')).body).toContain('<meta name="description" content="Ask &#60;here&#62;">');
    const arabic = (await get(`/kb/${encodeURIComponent('إعادة-كلمة-المرور')}`)).body;
    expect(arabic).toContain('<title lang="ar">إعادة كلمة المرور');
    expect((await get('/kb/reset')).body).toContain('<title lang="en">Reset');
    expect((await get('/kb/c/all')).body).toContain('<title>All articles');
  });

  test('have no name twice, whatever the headings of an article are, and tell search engines how it begins', async () => {
    await saveArticle(world().ctx(), {
      knowledgeBaseId: base,
      title: 'Names',
      slug: 'names',
      body: `## Main\n\nFirst "words".\n\n## Helpful\n\n${'x'.repeat(30)} ${'word '.repeat(60)}`,
      published: true,
    });
    const { body } = await get('/kb/names');
    const ids = [...body.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, id] of body.matchAll(/ href="#([^"]+)"/g)) expect(ids).toContain(id);
    const description = /<meta name="description" content="([^"]*)">/.exec(body)![1]!;
    expect(description).toMatch(/^Main First &#34;words&#34;\. Helpful x{30} word .* word…$/);
    expect(description.length).toBeLessThan(220);
  });

  test('let wide tables be moved by keys, and are printed without what is there to be pressed', async () => {
    await saveArticle(world().ctx(), {
      knowledgeBaseId: base,
      title: 'Prices',
      slug: 'prices',
      body: '| a | b |\n| --- | --- |\n| `<table>` | 2 |',
      published: true,
    });
    const { body } = await get('/kb/prices');
    expect(body).toMatch(/<div class="across" tabindex="0"><table>.+<code>&lt;table&gt;<\/code>.+<\/table><\/div>/s);
    expect(body.match(/class="across"/g)).toHaveLength(1);
    const style = (await get(/href="(\/kb\/style[^"]+)"/.exec(body)![1]!)).body;
    expect(style).toContain('@media screen and (prefers-color-scheme:dark)');
    expect(/@media print\{(.+)/.exec(style)![1]).toContain('form.search');
  });

  test('speak the language of the reader, else that of most articles, and leave the words of others as they are', async () => {
    const inLanguage = (url: string, language: string) =>
      app.inject({ url, headers: { ...HOST, 'accept-language': language } });
    const home = await inLanguage('/kb', 'de-DE,de;q=0.9');
    expect(home.headers.vary).toContain('accept-language');
    expect(home.body).toContain('<html lang="de" dir="ltr">');
    expect(home.body).toContain('<h2>Themen</h2>');
    expect(home.body).toContain('60 Artikel');
    const article = await inLanguage('/kb/reset', 'ar');
    expect(article.body).toContain('<html lang="ar" dir="rtl">');
    expect(article.body).toContain('<article class="card" lang="en" dir="ltr">');
    expect(article.body).toContain('هل كان هذا مفيدًا؟');
    const none = await inLanguage(`/kb?q=${encodeURIComponent('<b>{words}')}`, 'fr');
    expect(none.body).toContain('&#60;b&#62;{words} »');
    expect((await inLanguage('/kb/none', 'es')).body).toContain('Aquí no hay nada');
    expect((await inLanguage('/kb', 'sw')).body).toContain('<html lang="en" dir="ltr">');
    await importArticles(world().ctx(), {
      knowledgeBaseId: base,
      articles: Array.from({ length: 80 }, (_, i) => ({
        title: `Tema ${i}`,
        body: 'Texto',
        language: 'es',
        published: true,
      })),
    });
    expect((await get('/kb')).body).toContain('<html lang="es" dir="ltr">');
  });

  test('lead to every article, those without a topic too, page by page', async () => {
    const ctx = world().ctx();
    await importArticles(ctx, {
      knowledgeBaseId: base,
      articles: [
        { title: 'an article without a topic', body: 'x', published: true },
        { title: 'A draft without a topic', body: 'x' },
        { title: 'An inner one without a topic', body: 'x', published: true, staffOnly: true },
      ],
    });
    const home = await get('/kb');
    expect(home.body).toContain('<a href="/kb/c/all">All articles</a>');
    const first = await get('/kb/c/all');
    expect(first.statusCode).toBe(200);
    expect(first.body).toContain('<h1 dir="auto">All articles</h1>');
    // By title, and capitals make no difference.
    expect(/<li lang[^>]*><a href="([^"]+)"/.exec(first.body)![1]).toBe('/kb/an-article-without-a-topic');
    expect(first.body).not.toMatch(/draft without|inner one/i);
    expect(first.body).toContain('href="/kb/c/all?page=2"');
    const second = await get('/kb/c/all?page=2');
    const third = await get('/kb/c/all?page=3');
    const slugs = (body: string) => [...body.matchAll(/<li[^>]*><a href="\/kb\/([^/"]+)"/g)].map((found) => found[1]);
    expect(new Set([first, second, third].flatMap(({ body }) => slugs(body))).size).toBe(63);
    expect((await get('/kb/c/all?page=4')).statusCode).toBe(404);
  });

  test('are found under an address in capitals or with a slash at its end, and only what readers may see', async () => {
    await importArticles(world().ctx(), { knowledgeBaseId: base, articles: [{ title: 'Hidden', body: 'x' }] });
    for (const url of ['/kb/Reset', '/kb/reset/', '/kb/RESET/?a=b']) {
      const { statusCode, headers } = await get(url);
      expect([url, statusCode, headers.location]).toEqual([url, 301, '/kb/reset']);
    }
    for (const url of ['/kb/Hidden', '/kb/hidden/', '/kb/none/']) expect((await get(url)).statusCode).toBe(404);
  });

  test('open articles with the longest addresses, in any script', async () => {
    const slugs = ['x'.repeat(120), '重'.repeat(120), `${'é'.repeat(100)}-${'a'.repeat(19)}`];
    for (const slug of slugs) {
      await saveArticle(world().ctx(), { knowledgeBaseId: base, title: 'Long', body: 'x', published: true, slug });
      expect((await get(`/kb/${encodeURIComponent(slug)}`)).statusCode).toBe(200);
      expect((await get(`/kb/${encodeURIComponent(slug)}/`)).headers.location).toBe(`/kb/${encodeURIComponent(slug)}`);
    }
  });

  test('begin at one address: the same with a slash at its end leads there', async () => {
    for (const query of ['', '?q=portal%20password']) {
      const { statusCode, headers } = await get(`/kb/${query}`);
      expect([statusCode, headers.location]).toEqual([301, `/kb${query}`]);
    }
  });

  test('find articles by words, mark them and stay calm on odd ones', async () => {
    const found = await get('/kb?q=portal%20password');
    expect(found.body).toContain('<mark>password</mark>');
    expect((await get('/kb?q=zzzzqqqq')).body).toContain('No results');
    for (const q of ['<script>alert(1)</script>', '"><img src=x>', '\u0000\u202e', 'a'.repeat(5000)]) {
      const { statusCode, body } = await get(`/kb?q=${encodeURIComponent(q)}`);
      expect(statusCode).toBe(200);
      expect(body).not.toMatch(/<script|<img src=x/);
    }
    expect((await get('/kb?q=a&q=b')).statusCode).toBe(200);
  });

  test('find what readers may see behind any number of better matches that are for staff or just withdrawn', async () => {
    const ctx = world().ctx();
    const many = (fields: object) =>
      Array.from({ length: 60 }, (_, i) => ({ title: 'Invoice', body: `Invoice ${i}`, published: true, ...fields }));
    await importArticles(ctx, {
      knowledgeBaseId: base,
      articles: [
        ...many({ staffOnly: true }),
        ...many({ published: false }),
        { title: 'Where papers are kept', body: 'Every invoice lies under Billing.', slug: 'papers', published: true },
      ],
    });
    await makeFollower(world().services).fill();
    expect((await get('/kb?q=invoice')).body).toContain('href="/kb/papers"');
    const asked = { knowledgeBaseId: base, text: 'invoice', first: 5, floor: 0 };
    const found = async (fields: object) =>
      (await suggestArticles(ctx, { ...asked, ...fields })).map(({ article }) => article.slug);
    expect(await found({ forEndUsers: true })).toEqual(['papers']);
    expect(await found({})).toHaveLength(5);
    expect(await found({})).not.toContain('papers');
  });

  test('say the same 404 for what is not there, and a friendly one without a public base', async () => {
    for (const url of [
      '/kb/none',
      '/kb/c/none',
      '/kb/a/b/c',
      '/kb/%00',
      '/kb/sitemap/9.xml',
      `/kb/${'x'.repeat(90)}`,
    ]) {
      const { statusCode, body } = await get(url);
      expect([url, statusCode]).toEqual([url, 404]);
      expect(body).toContain('Nothing here');
    }
    await saveDesk(world().ctx(), { defaultKnowledgeBaseId: null, highlightEntries: ['a.example'] });
    for (const url of ['/kb', '/kb/reset', '/kb/sitemap.xml']) expect((await get(url)).statusCode).toBe(404);
    expect((await get('/robots.txt')).body).toBe('User-agent: *\nDisallow: /\n');
  });

  test('ask whether an article was helpful: one answer of a reader a day, only from our own form', async () => {
    const ctx = world().ctx();
    const token = /name="token" value="([^"]+)"/.exec((await get('/kb/reset')).body)![1]!;
    const counts = async () => {
      const [row] = await ctx.db.find(ArticleCount);
      return [row?.helpful ?? 0, row?.notHelpful ?? 0];
    };
    expect((await post('/kb/reset/helpful', { helpful: 'yes' })).statusCode).toBe(400);
    expect((await post('/kb/reset/helpful', { helpful: 'yes', token: `${token}x` })).statusCode).toBe(400);
    expect(
      (await post('/kb/reset/helpful', { helpful: 'yes', token }, { origin: 'https://evil.example' })).statusCode,
    ).toBe(400);
    expect((await post('/kb/reset/helpful', { helpful: 'x'.repeat(3000), token })).statusCode).toBe(413);
    expect(await counts()).toEqual([0, 0]);
    const answered = await post('/kb/reset/helpful', { helpful: 'yes', token }, { origin: 'https://desk.example.com' });
    expect([answered.statusCode, answered.headers.location]).toEqual([303, '/kb/reset?thanks=1#_helpful']);
    expect((await post('/kb/reset/helpful', { helpful: 'no', token })).statusCode).toBe(303);
    expect(await counts()).toEqual([1, 0]);
    expect((await get('/kb/reset?thanks=1')).body).toContain('Thank you');
    for (let i = 0; i < 28; i++) await post('/kb/reset/helpful', { helpful: 'yes', token });
    expect((await post('/kb/reset/helpful', { helpful: 'yes', token })).statusCode).toBe(429);
    world().clock.advance({ hours: 25 });
    expect((await post('/kb/reset/helpful', { helpful: 'yes', token })).statusCode).toBe(400);
  });

  test('count answers by readers: those of one house are one, others behind the same proxy are others', async () => {
    const { services } = world();
    const http = await makeHttp(
      { ...services, config: { ...services.config, trustedProxies: ['127.0.0.1'] } },
      { schema: await productSchema(), authenticate, routes: [kbRoutes] },
    );
    const token = /name="token" value="([^"]+)"/.exec((await get('/kb/reset')).body)![1]!;
    for (const reader of ['203.0.113.5', '203.0.113.6', '2001:db8:0:7::1', '2001:db8:0:7::2', '203.0.113.5'])
      await http.app.inject({
        method: 'POST',
        url: '/kb/reset/helpful',
        headers: { ...HOST, 'content-type': 'application/x-www-form-urlencoded', 'x-forwarded-for': reader },
        payload: new URLSearchParams({ helpful: 'yes', token }).toString(),
      });
    await http.close();
    expect((await world().ctx().db.find(ArticleCount)).map(({ helpful }) => helpful)).toEqual([3]);
  });

  test('are listed for search engines', async () => {
    expect((await get('/robots.txt')).body).toContain('Sitemap: https://desk.example.com/kb/sitemap.xml');
    const { body } = await get('/kb/sitemap.xml');
    expect(body.match(/<loc>/g)).toHaveLength(62);
    expect(body).toContain('<loc>https://desk.example.com/kb/reset</loc>');
  });

  test('stay under 120 kB with the longest titles, names and articles', async () => {
    const ctx = world().ctx();
    const wide = '重'.repeat(300);
    await importArticles(ctx, {
      knowledgeBaseId: base,
      articles: Array.from({ length: 120 }, (_, i) => ({
        title: wide,
        summary: '&'.repeat(500),
        slug: `w${i}`,
        body: i === 1 ? '"'.repeat(14_000) : i === 2 ? '|a|\n|-|\n\n'.repeat(700) : 'x',
        published: true,
        categoryPath: [`${'重'.repeat(110)} ${i}`],
      })),
    });
    for (let i = 0; i < 30; i++)
      await saveArticle(ctx, {
        knowledgeBaseId: base,
        title: wide,
        summary: '&'.repeat(500),
        slug: `${'重'.repeat(117)}-${i}`,
        body: 'x',
        published: true,
      });
    for (let page = 1, seen = 0; page <= 9; page++) {
      const { body } = await get(`/kb/c/all?page=${page}`);
      seen += body.match(/<li lang/g)!.length;
      expect([page, seen]).toEqual([page, Math.min(212, page * 25)]);
      expect(Buffer.byteLength(body)).toBeLessThan(120_000);
    }
    for (const url of ['/kb', '/kb/w1', '/kb/w2'])
      expect([url, Buffer.byteLength((await get(url)).body) < 120_000]).toEqual([url, true]);
  });
});
