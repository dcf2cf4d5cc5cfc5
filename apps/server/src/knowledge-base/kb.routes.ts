import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Context, makeContext, type Services } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import { isSameOrigin } from '../platform/http-headers.ts';
import type { Article } from './article.entity.ts';
import type { ArticleCategory } from './article-category.entity.ts';
import { slugsLinkedIn } from './article-html.ts';
import { ViewCounter } from './count-readers.ts';
import {
  ALL_ARTICLES_PATH,
  allArticlesPage,
  articlePage,
  categoryPage,
  homePage,
  messagePage,
  type Site,
  searchPage,
  sitemap,
  sitemapIndex,
} from './kb-pages.ts';
import { KB_STYLE, KB_STYLE_PATH } from './kb-style.ts';
import { ENGLISH, type KbWords, wordsAskedFor, wordsIn } from './kb-words.ts';
import { cleanLine } from './plain-words.ts';
import {
  findMovedArticle,
  findPublicArticle,
  listPublicAddresses,
  listPublicArticles,
  listPublicCategories,
  newestPublicArticles,
  openSlugs,
  type PublicCategory,
  readPublicBase,
  searchPublicArticles,
} from './public-articles.ts';
import { PublicCounter } from './public-counter.ts';
import { countAnswer, isAnswerToken, makeAnswerToken } from './reader-answers.ts';

const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const NEWEST = 8;
const A_PAGE = 25;
const MOST_PAGES = 4_000;
const A_SITEMAP = 500;
const MOST_SEARCHES_AT_ONCE = 4;
const FLUSH_MS = 15_000;
const LONGEST_SEARCH = 200;
const FORM_BYTES = 2_048;

/** The public pages of the Default KnowledgeBase: HTML of the server, without script. Who is signed in makes no difference. */
export function kbRoutes(app: FastifyInstance, services: Services): void {
  const { publicUrl } = services.config;
  const views = new ViewCounter();
  const counter = new PublicCounter();
  const anybody = () => makeContext(services, { kind: 'anonymous' });
  let searches = 0;

  const flushing = setInterval(() => void flush(), FLUSH_MS);
  flushing.unref();
  const flush = () =>
    views
      .flush(anybody())
      .catch((err: unknown) => services.log.warn({ err }, 'views of articles could not be counted'));
  app.addHook('onClose', async () => {
    clearInterval(flushing);
    await flush();
  });

  void app.register(async (kb) => {
    kb.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: FORM_BYTES },
      (_request, body, done) => done(null, new URLSearchParams(String(body))),
    );
    kb.setErrorHandler(async (error: Error & { statusCode?: number }, _request, reply) => {
      if (error instanceof AppError && error.code === 'RATE_LIMITED')
        return send(
          reply.code(429).header('retry-after', error.retryAfterSeconds ?? 60),
          messagePage({ publicUrl, base: null, words: ENGLISH }, 'Too many answers', error.message),
        );
      const status = error instanceof AppError ? 503 : (error.statusCode ?? 500);
      if (status >= 500) services.log.error({ err: error }, 'a public page failed');
      const text =
        status >= 500 ? 'Something did not work here. Try again in a minute.' : 'This request is not understood.';
      return send(
        reply.code(status),
        messagePage({ publicUrl, base: null, words: ENGLISH }, 'That did not work', text),
      );
    });

    kb.addHook('onSend', async (request, reply, page) => {
      if (reply.statusCode !== 200 || typeof page !== 'string') return page;
      const etag = `W/"${createHash('sha256').update(page).digest('base64url').slice(0, 22)}"`;
      reply.header('etag', etag);
      if (!hasAlready(request.headers['if-none-match'], etag)) return page;
      reply.code(304);
      return '';
    });

    for (const url of ['/kb', '/kb/*'])
      kb.route({
        method: ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
        url,
        // Before the body is read: nobody wants it.
        onRequest: async (request, reply) =>
          reply
            .code(request.method === 'OPTIONS' ? 204 : 405)
            .header('allow', 'GET, HEAD')
            .type('text/plain')
            .send(request.method === 'OPTIONS' ? '' : 'This page can only be read.\n'),
        handler: async () => undefined,
      });

    kb.get(KB_STYLE_PATH, async (_request, reply) =>
      reply
        .type('text/css; charset=utf-8')
        .header('cache-control', 'public, max-age=31536000, immutable')
        .send(KB_STYLE),
    );

    kb.get<{ Querystring: { q?: string | string[] } }>('/kb', async (request, reply) => {
      const ctx = anybody();
      const site = await siteOf(request, ctx);
      if (!site) return nothing(request, reply, null);
      // Cleaned again, since the cut may halve a character.
      const words = cleanLine(cleanLine(String(request.query.q ?? '')).slice(0, LONGEST_SEARCH));
      if (words === '')
        return send(
          reply,
          homePage(
            site,
            await categoriesIn(ctx, site),
            await newestPublicArticles(ctx, site.base, NEWEST),
            (await counter.of(ctx, site.base)).total > NEWEST,
          ),
        );
      if (searches >= MOST_SEARCHES_AT_ONCE)
        return send(reply.code(503).header('retry-after', 5), messagePage(site, site.words.busy, site.words.busyText));
      searches++;
      try {
        return send(
          reply,
          searchPage(site, words, await searchPublicArticles(ctx, site.base, words), !ctx.ranking.isReady),
        );
      } finally {
        searches--;
      }
    });

    kb.get('/kb/', async (request, reply) => reply.redirect(`/kb${/\?.*/.exec(request.url)?.[0] ?? ''}`, 301));

    kb.get<{ Querystring: { page?: string } }>(ALL_ARTICLES_PATH, async (request, reply) => {
      const ctx = anybody();
      const site = await siteOf(request, ctx);
      if (!site) return nothing(request, reply, site);
      const shown = await windowOf(ctx, site, request.query.page, null);
      return shown ? send(reply, allArticlesPage(site, shown)) : nothing(request, reply, site);
    });

    kb.get<{ Params: { id: string }; Querystring: { page?: string } }>('/kb/c/:id', async (request, reply) => {
      const ctx = anybody();
      const site = await siteOf(request, ctx);
      const categories = site ? await categoriesIn(ctx, site) : [];
      const category = categories.find((one) => one.category.id === request.params.id);
      if (!site || !category) return nothing(request, reply, site);
      const shown = await windowOf(ctx, site, request.query.page, category.category.id);
      if (!shown) return nothing(request, reply, site);
      const below = categories.filter((one) => one.category.parentId === category.category.id);
      const path = pathTo(categories, category.category.parentId);
      return send(reply, categoryPage(site, { category, path, below, ...shown }));
    });

    kb.get<{ Params: { slug: string }; Querystring: { thanks?: string } }>('/kb/:slug', async (request, reply) => {
      const ctx = anybody();
      const site = await siteOf(request, ctx);
      const article = site ? await findPublicArticle(ctx, site.base, request.params.slug) : null;
      if (!site || !article) return elsewhere(request, reply, site, request.params.slug);
      const isThanked = request.query.thanks === '1';
      if (request.method === 'GET' && !isThanked) views.add(article.id);
      const path = pathTo(await categoriesIn(ctx, site), article.categoryId);
      const open = await openSlugs(ctx, site.base, slugsLinkedIn(article.body, publicUrl));
      return send(
        reply,
        articlePage(site, { article, open, path, token: makeAnswerToken(ctx, article.id), isThanked }),
      );
    });

    kb.post<{ Params: { slug: string } }>('/kb/:slug/helpful', async (request, reply) => {
      const ctx = anybody();
      const site = await siteOf(request, ctx);
      const article = site ? await articleAt(ctx, site, request.params.slug) : null;
      if (!site || !article) return nothing(request, reply, site);
      const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
      const answer = form.get('helpful');
      const isOurs =
        isSameOrigin(request.headers, publicUrl) && isAnswerToken(ctx, article.id, form.get('token') ?? '');
      if (!isOurs || (answer !== 'yes' && answer !== 'no'))
        return send(reply.code(400), messagePage(site, site.words.nothingNoted, site.words.formTooOld, article));
      await countAnswer(ctx, { ip: request.ip, articleId: article.id, isHelpful: answer === 'yes' });
      return reply
        .code(303)
        .header('location', `/kb/${encodeURIComponent(article.slug)}?thanks=1#_helpful`)
        .send();
    });

    // Whoever comes to where an answer went wants to read the article.
    kb.get<{ Params: { slug: string } }>('/kb/:slug/helpful', async (request, reply) =>
      elsewhere(request, reply, await siteOf(request, anybody()), request.params.slug),
    );

    kb.get('/kb/sitemap.xml', async (request, reply) => {
      const ctx = anybody();
      const site = await siteOf(request, ctx);
      if (!site) return nothing(request, reply, null);
      const maps = Math.ceil((await counter.of(ctx, site.base)).total / A_SITEMAP);
      const xml =
        maps > 1
          ? sitemapIndex(site, maps)
          : sitemap(site, await listPublicAddresses(ctx, site.base, { skip: 0, take: A_SITEMAP }));
      return reply.type('application/xml; charset=utf-8').header('cache-control', 'no-cache').send(xml);
    });

    kb.get<{ Params: { file: string } }>('/kb/sitemap/:file', async (request, reply) => {
      const ctx = anybody();
      const site = await siteOf(request, ctx);
      const number = Number(/^([1-9]\d{0,3})\.xml$/.exec(request.params.file)?.[1] ?? 0);
      const skip = (number - 1) * A_SITEMAP;
      const found = site && number > 0 ? await listPublicAddresses(ctx, site.base, { skip, take: A_SITEMAP }) : [];
      if (!site || found.length === 0) return nothing(request, reply, site);
      return reply
        .type('application/xml; charset=utf-8')
        .header('cache-control', 'no-cache')
        .send(sitemap(site, found));
    });

    kb.get('/robots.txt', async (_request, reply) => {
      const isOpen = (await readPublicBase(anybody())) !== null;
      const open = `Allow: /kb$\nAllow: /kb/\nAllow: /icon.svg\n`;
      return reply
        .type('text/plain; charset=utf-8')
        .header('cache-control', 'no-cache')
        .send(
          `User-agent: *\n${isOpen ? open : ''}Disallow: /\n${isOpen ? `Sitemap: ${publicUrl}/kb/sitemap.xml\n` : ''}`,
        );
    });

    kb.get<{ Params: { slug: string } }>('/kb/:slug/', async (request, reply) =>
      elsewhere(request, reply, await siteOf(request, anybody()), request.params.slug),
    );

    kb.get('/kb/*', async (request, reply) => nothing(request, reply, await siteOf(request, anybody())));
  });

  async function siteOf(request: FastifyRequest, ctx: Context): Promise<Site | null> {
    const base = await readPublicBase(ctx);
    if (!base) return null;
    const asked = wordsAskedFor(request.headers['accept-language']);
    const words = asked ?? wordsIn((await counter.of(ctx, base)).language ?? '') ?? ENGLISH;
    return { publicUrl, base, words };
  }

  async function categoriesIn(ctx: Context, { base }: Site): Promise<PublicCategory[]> {
    return listPublicCategories(ctx, base, await counter.of(ctx, base));
  }

  /** A window of the articles of a category, or of all; null for a page behind the last one. */
  async function windowOf(
    ctx: Context,
    { base }: Site,
    page: string | undefined,
    categoryId: string | null,
  ): Promise<{ articles: Article[]; pageNumber: number; hasMore: boolean } | null> {
    const pageNumber = Math.min(MOST_PAGES, Math.max(1, Number.parseInt(page ?? '1', 10) || 1));
    const skip = (pageNumber - 1) * A_PAGE;
    const { articles, hasMore } = await listPublicArticles(ctx, base, { categoryId, skip, take: A_PAGE });
    return articles.length === 0 && pageNumber > 1 ? null : { articles, pageNumber, hasMore };
  }

  /** Leads to the article that an address means: a former one, or written in capitals or with a slash at its end. */
  async function elsewhere(request: FastifyRequest, reply: FastifyReply, site: Site | null, written: string) {
    const article = site ? await articleAt(anybody(), site, written.normalize('NFC').toLowerCase()) : null;
    if (!site || !article) return nothing(request, reply, site);
    // Asked again each time: another article may take the address one day.
    return reply.header('cache-control', 'no-cache').redirect(`/kb/${encodeURIComponent(article.slug)}`, 301);
  }

  async function articleAt(ctx: Context, { base }: Site, slug: string): Promise<Article | null> {
    return (await findPublicArticle(ctx, base, slug)) ?? (await findMovedArticle(ctx, base, slug));
  }

  /** The same answer for what is not there, not published, not for readers, and in another base. */
  function nothing(request: FastifyRequest, reply: FastifyReply, site: Site | null): FastifyReply {
    const words: KbWords = site?.words ?? wordsAskedFor(request.headers['accept-language']) ?? ENGLISH;
    const text = site ? words.noArticleAtAddress : words.noPublicArticles;
    return send(reply.code(404), messagePage(site ?? { publicUrl, base: null, words }, words.nothingHere, text));
  }
}

function send(reply: FastifyReply, html: string): FastifyReply {
  return reply
    .type('text/html; charset=utf-8')
    .header('content-security-policy', PAGE_POLICY)
    .header('referrer-policy', 'same-origin')
    .header('cache-control', 'no-cache')
    .header('vary', 'accept-language')
    .send(html);
}

/** The categories on the way from the top to this one, itself included. */
function pathTo(categories: readonly PublicCategory[], id: ArticleCategory['parentId']): PublicCategory[] {
  const path: PublicCategory[] = [];
  for (let at = id; at !== null && path.length < 10; ) {
    const step = categories.find(({ category }) => category.id === at);
    if (!step) break;
    path.unshift(step);
    at = step.category.parentId;
  }
  return path;
}

/** Whether the pages that a browser names as known to it (RFC 9110, section 13.1.2) have this one among them. */
function hasAlready(known: string | undefined, etag: string): boolean {
  if (known === undefined) return false;
  return known.split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === etag.slice(2));
}
