import { In } from 'typeorm';
import type { Context } from '../platform/context.ts';
import { notFound } from '../platform/errors.ts';
import { Article } from './article.entity.ts';
import { renderArticle } from './article-html.ts';
import { articlesFormerlyAt } from './former-addresses.ts';
import { KnowledgeBase } from './knowledge-base.entity.ts';
import { requireMayReadBases } from './knowledge-base.policy.ts';
import type { LinkProblem } from './knowledge-base.types.ts';

const MOST_PROBLEMS = 500;
const AT_ONCE = 100;
const ASKED_AT_ONCE = 500;
const SCHEME = /^([a-z][a-z0-9+.-]*):/i;
const HARMLESS = new Set(['http', 'https', 'mailto', 'tel']);

/** Where a link inside a base leads: an article by its address, and perhaps a heading in it. */
export interface InternalLink {
  /** Empty: the article itself. */
  readonly slug: string;
  readonly anchor: string;
}

/** Reads a link; a sentence for one that no browser may follow, null for one that leads outside and looks well. Pure. */
export function readLink(link: string, publicUrl: string): InternalLink | string | null {
  const own = link.startsWith(`${publicUrl}/`) ? link.slice(publicUrl.length) : link;
  const scheme = SCHEME.exec(own)?.[1]?.toLowerCase();
  if (scheme !== undefined) {
    if (!HARMLESS.has(scheme)) return `Links with ${scheme}: are not followed.`;
    const isWhole = scheme === 'http' || scheme === 'https' ? URL.canParse(own) && /^https?:\/\/[^/]/i.test(own) : true;
    return isWhole ? null : 'This is not a whole address.';
  }
  if (own === '' || own === '#') return 'The link is empty.';
  if (own.startsWith('//')) return 'Begin an address outside with https://.';
  const [path = '', anchor = ''] = own.split('#', 2);
  if (path.startsWith('/') && !path.startsWith('/kb/')) return null;
  const slug = path
    .replace(/^\/kb\//, '')
    .replace(/^(?:\.\.?\/)+/, '')
    .split('?')[0]!;
  return slug === 'c' || slug.startsWith('c/') ? null : { slug, anchor };
}

/** The links of these articles (of one base) that lead nowhere: unknown articles and headings, drafts, addresses of a wrong form; and those to a former address. Nothing outside is asked. */
export async function checkLinks(ctx: Context, articles: readonly Article[]): Promise<LinkProblem[]> {
  const found = articles.map((article) => ({ article, ...renderArticle(article.body, ctx.config.publicUrl) }));
  const slugs = new Set<string>();
  for (const { links } of found)
    for (const link of links) {
      const read = readLink(link, ctx.config.publicUrl);
      if (read !== null && typeof read === 'object' && read.slug !== '') slugs.add(read.slug);
    }
  const base = articles[0]?.knowledgeBaseId ?? '';
  const bySlug = await articlesBySlug(ctx, base, [...slugs]);
  const formerly = await articlesFormerlyAt(
    ctx,
    base,
    [...slugs].filter((slug) => !bySlug.has(slug)),
  );
  const problems: LinkProblem[] = [];
  const anchors = new Map(found.map(({ article, headings }) => [article.slug, new Set(headings.map(({ id }) => id))]));
  for (const { article, links } of found)
    for (const link of new Set(links)) {
      const message = problemOf(link);
      if (message) problems.push({ articleId: article.id, articleTitle: article.title, link, message });

      function problemOf(link: string): string | null {
        const read = readLink(link, ctx.config.publicUrl);
        if (read === null || typeof read === 'string') return read;
        const target = read.slug === '' ? article : (bySlug.get(read.slug) ?? formerly.get(read.slug));
        if (!target) return 'There is no such article in this base.';
        if (target.knowledgeBaseId !== article.knowledgeBaseId) return 'That article has moved to another base.';
        if (article.published && !target.published) return 'It leads to a draft, which readers cannot see.';
        if (article.published && !article.staffOnly && target.staffOnly)
          return 'It leads to an article for staff only.';
        if (read.anchor !== '' && !anchorsOf(target).has(read.anchor)) return 'That article has no such heading.';
        if (read.slug === '' || read.slug === target.slug) return null;
        const present = `${target.slug}${read.anchor === '' ? '' : `#${read.anchor}`}`;
        return `That article has a new address; write “${present}”.`;
      }
    }
  return problems;

  /** Rendering takes time, so each target is rendered once however many links lead into it. */
  function anchorsOf({ slug, body }: Article): Set<string> {
    const known = anchors.get(slug);
    if (known) return known;
    const made = new Set(renderArticle(body, ctx.config.publicUrl).headings.map(({ id }) => id));
    anchors.set(slug, made);
    return made;
  }
}

async function articlesBySlug(
  ctx: Context,
  knowledgeBaseId: string,
  slugs: readonly string[],
): Promise<Map<string, Article>> {
  const found: Article[] = [];
  for (let i = 0; i < slugs.length; i += ASKED_AT_ONCE)
    found.push(...(await ctx.db.findBy(Article, { knowledgeBaseId, slug: In(slugs.slice(i, i + ASKED_AT_ONCE)) })));
  return new Map(found.map((article) => [article.slug, article]));
}

/** What is wrong with the links of a base, at most 500. @throws AppError NOT_FOUND, FORBIDDEN */
export async function linkProblemsOfBase(ctx: Context, knowledgeBaseId: string): Promise<LinkProblem[]> {
  requireMayReadBases(ctx.actor);
  if (!(await ctx.db.existsBy(KnowledgeBase, { id: knowledgeBaseId }))) throw notFound('knowledge base');
  const problems: LinkProblem[] = [];
  for (let after = ''; problems.length < MOST_PROBLEMS; ) {
    const articles = await ctx.db
      .createQueryBuilder(Article, 'a')
      .where("a.knowledgeBaseId = :knowledgeBaseId AND a.id > :after AND (a.body LIKE '%](%' OR a.body LIKE '%]:%')", {
        knowledgeBaseId,
        after,
      })
      .orderBy('a.id')
      .limit(AT_ONCE)
      .getMany();
    problems.push(...(await checkLinks(ctx, articles)));
    if (articles.length < AT_ONCE) break;
    after = articles.at(-1)!.id;
    await new Promise(setImmediate);
  }
  return problems.slice(0, MOST_PROBLEMS);
}
