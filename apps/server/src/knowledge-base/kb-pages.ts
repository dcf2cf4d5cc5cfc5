import type { Article } from './article.entity.ts';
import { articleText, movableTables, renderArticle } from './article-html.ts';
import { KB_STYLE_PATH } from './kb-style.ts';
import { articlesInWords, dayInWords, type KbWords } from './kb-words.ts';
import type { KnowledgeBase } from './knowledge-base.entity.ts';
import { cleanLine } from './plain-words.ts';
import { articleAddress } from './public-address.ts';
import type { PublicCategory } from './public-articles.ts';
import type { Suggestion, TextMark } from './suggestion.types.ts';

/** Lists stop here, so that a page stays under 120 kB whatever stands in the base. */
const MOST_LIST_BYTES = 75_000;
const MOST_HEADINGS = 40;
const LONGEST_OPENING = 160;
/** Where all articles are listed; no category has this id. */
export const ALL_ARTICLES_PATH = '/kb/c/all';
const RIGHT_TO_LEFT = /^(?:ar|arc|dv|fa|ha|he|ks|ku|ps|sd|ug|ur|yi)(?:-|$)/i;

/** What every page is made of. */
export interface Site {
  readonly publicUrl: string;
  readonly base: KnowledgeBase;
  /** What the page itself says, in the language of the reader. */
  readonly words: KbWords;
}

/** A page that can be made without a base. */
export type Frame = Omit<Site, 'base'> & { readonly base: KnowledgeBase | null };

type Listed = Pick<Article, 'slug' | 'title' | 'summary' | 'language'>;

/** A page of a long list. */
interface ListPage {
  readonly articles: readonly Listed[];
  readonly pageNumber: number;
  readonly hasMore: boolean;
}

/** Text as it may stand between tags and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** The start page: search first, then categories, then what is new, and where there are more of them. */
export function homePage(
  site: Site,
  categories: readonly PublicCategory[],
  newest: readonly Listed[],
  hasMore: boolean,
): string {
  const { name, description } = site.base;
  const { words } = site;
  const cards = categories
    .filter(({ level }) => level === 1)
    .map(
      ({ category, count }) =>
        `<li><a href="/kb/c/${category.id}"><strong dir="auto">${escapeHtml(category.name)}</strong><span class="second">${articlesInWords(words, count)}</span></a></li>`,
    );
  const body = `<main id="_main" class="home"><div class="hero"><div class="wide"><h1 dir="auto">${escapeHtml(name)}</h1>
<p dir="auto">${escapeHtml(description || words.howCanWeHelp)}</p>${searchForm(words, '')}</div></div>
<div class="wide">
${cards.length > 0 ? `<h2>${words.topics}</h2><ul class="cards">${within(cards)}</ul>` : ''}
${newest.length > 0 ? `<h2>${words.recentlyUpdated}</h2>${list(newest)}` : `<p class="second">${words.noArticlesYet}</p>`}
${hasMore ? `<p><a href="${ALL_ARTICLES_PATH}">${words.allArticles}</a></p>` : ''}</div></main>`;
  return page(site, { title: name, canonical: '/kb', description, body, isHome: true });
}

/** The articles of a category, with the categories below it. */
export function categoryPage(
  site: Site,
  shown: ListPage & {
    category: PublicCategory;
    path: readonly PublicCategory[];
    below: readonly PublicCategory[];
  },
): string {
  const { category } = shown.category;
  const { words } = site;
  const here = `/kb/c/${category.id}`;
  const below = shown.below.map(
    (one) =>
      `<li><a href="/kb/c/${one.category.id}"><strong dir="auto">${escapeHtml(one.category.name)}</strong><span class="second">${articlesInWords(words, one.count)}</span></a></li>`,
  );
  const body = `<main id="_main"><div class="wide">${crumbs(words, shown.path)}<h1 dir="auto">${escapeHtml(category.name)}</h1>
${below.length > 0 ? `<ul class="cards">${within(below, 30_000)}</ul>` : ''}${list(shown.articles)}
${turns(words, here, shown)}</div></main>`;
  return page(site, { title: category.name, canonical: addressOf(here, shown.pageNumber), body });
}

/** All articles by their titles. */
export function allArticlesPage(site: Site, shown: ListPage): string {
  const { words } = site;
  const body = `<main id="_main"><div class="wide">${crumbs(words, [])}<h1 dir="auto">${words.allArticles}</h1>
${list(shown.articles)}${turns(words, ALL_ARTICLES_PATH, shown)}</div></main>`;
  return page(site, { title: words.allArticles, canonical: addressOf(ALL_ARTICLES_PATH, shown.pageNumber), body });
}

/** What a search has found, or that nothing fits. */
export function searchPage(site: Site, searched: string, found: readonly Suggestion[], isWarming: boolean): string {
  const results = found.map(
    ({ article, excerpt, marks, titleMarks }) =>
      `<li${languageOf(article)}><a href="/kb/${encodeURIComponent(article.slug)}">${marked(article.title, titleMarks)}</a><p>${marked(excerpt, marks)}</p></li>`,
  );
  const { words } = site;
  const title = (found.length > 0 ? words.resultsFor : words.noResultsFor).replace('{words}', () => searched);
  const said =
    found.length > 0
      ? `<ol class="list">${within(results)}</ol>`
      : `<p>${words.nothingFits}</p><p><a href="${ALL_ARTICLES_PATH}">${words.allArticles}</a></p>`;
  const body = `<main id="_main"><div class="wide"><h1>${escapeHtml(title)}</h1>
${isWarming ? `<p class="second">${words.stillWarming}</p>` : ''}${said}</div></main>`;
  return page(site, { title, canonical: null, body, searched });
}

/** One article. `open` are the addresses that it may link to; `token` makes the question at its end answerable. */
export function articlePage(
  site: Site,
  shown: {
    article: Article;
    open: ReadonlySet<string>;
    path: readonly PublicCategory[];
    token: string;
    isThanked: boolean;
  },
): string {
  const { article } = shown;
  const { words } = site;
  const ours = ` lang="${words.tag}" dir="${direction(words)}"`;
  const { html, headings } = renderArticle(article.body, site.publicUrl, shown.open);
  const deep = headings.filter(({ level }) => level <= 3).slice(0, MOST_HEADINGS);
  const toc =
    deep.length >= 3
      ? `<nav class="toc" aria-label="${words.onThisPage}"><strong${ours}>${words.onThisPage}</strong><ul>${deep.map(({ id, text }) => `<li><a href="#${encodeURIComponent(id)}">${escapeHtml(text)}</a></li>`).join('')}</ul></nav>`
      : '';
  const action = `/kb/${encodeURIComponent(article.slug)}/helpful`;
  const question = shown.isThanked
    ? `<p class="thanks" role="status">${words.thanks}</p>`
    : `<form class="helpful" method="post" action="${action}"><p>${words.wasThisHelpful}</p><input type="hidden" name="token" value="${shown.token}"><button class="plain" name="helpful" value="yes">${words.yes}</button><button class="plain" name="helpful" value="no">${words.no}</button></form>`;
  const day = `<time datetime="${article.updatedAt.toISOString()}">${dayInWords(words, article.updatedAt)}</time>`;
  const updated = words.updatedOn.replace('{date}', day);
  const body = `<main id="_main"><div class="wide">${crumbs(words, shown.path)}<article class="card"${languageOf(article)}><h1>${escapeHtml(article.title)}</h1>
${article.summary ? `<p class="second">${escapeHtml(article.summary)}</p>` : ''}${toc}<div class="body">${movableTables(html)}</div>
<div id="_helpful"${ours}>${question}<p class="second">${updated}</p></div></article></div></main>`;
  const canonical = `/kb/${encodeURIComponent(article.slug)}`;
  return page(site, {
    title: article.title,
    language: article.language,
    description: article.summary || openingOf(articleText(article.body)),
    canonical,
    body,
  });
}

/** How a text begins, in whole words. */
function openingOf(text: string): string {
  const line = cleanLine(text.slice(0, 4 * LONGEST_OPENING));
  if (line.length <= LONGEST_OPENING) return line;
  const cut = line.slice(0, LONGEST_OPENING);
  const end = cut.lastIndexOf(' ');
  return `${cleanLine(end > 0 ? cut.slice(0, end) : cut)}…`;
}

/** A page that says one thing: nothing is here, too often, come back later. Without a base it names none; `about` is the article that it leads to. */
export function messagePage(site: Frame, title: string, text: string, about?: Listed): string {
  const way = about
    ? `<a href="/kb/${encodeURIComponent(about.slug)}"${languageOf(about)}>${escapeHtml(about.title)}</a>`
    : `<a href="/kb">${site.words.allTopics}</a>`;
  const body = `<main id="_main"><div class="wide"><h1>${escapeHtml(title)}</h1><p>${escapeHtml(text)}</p>${site.base ? `<p>${way}</p>` : ''}</div></main>`;
  return page(site, { title, canonical: null, body });
}

function page(
  { publicUrl, base, words }: Frame,
  what: {
    title: string;
    /** Of the title, where it is not that of the page. */
    language?: string;
    canonical: string | null;
    body: string;
    description?: string;
    searched?: string;
    isHome?: boolean;
  },
): string {
  const name = base?.name ?? 'Help';
  // What the page names itself begins with a sign that no name of a heading has.
  const title = what.isHome || !base ? what.title : `${what.title} · ${name}`;
  const head = what.isHome || !base ? '' : searchForm(words, what.searched ?? '');
  return `<!doctype html>
<html lang="${words.tag}" dir="${direction(words)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title${what.language ? ` lang="${escapeHtml(what.language)}"` : ''}>${escapeHtml(title)}</title>
${what.description ? `<meta name="description" content="${escapeHtml(what.description)}">` : ''}${what.canonical === null ? '<meta name="robots" content="noindex">' : `<link rel="canonical" href="${escapeHtml(publicUrl + what.canonical)}">`}
<link rel="icon" type="image/svg+xml" href="/icon.svg"><link rel="stylesheet" href="${KB_STYLE_PATH}"></head><body><a class="skip" href="#_main">${words.skipToContent}</a>
<header class="top"><div class="wide"><a class="brand" href="/kb"><img src="/icon.svg" alt="" width="28" height="28">${escapeHtml(name)}</a>${head}</div></header>
${what.body}
<footer><div class="wide">${escapeHtml(name)}</div></footer></body></html>
`;
}

function searchForm(words: KbWords, searched: string): string {
  return `<form class="search" role="search" method="get" action="/kb"><input type="search" name="q" value="${escapeHtml(searched)}" maxlength="200" required dir="auto" aria-label="${words.searchTheArticles}" placeholder="${words.searchTheArticles}"><button>${words.search}</button></form>`;
}

function crumbs(words: KbWords, path: readonly PublicCategory[]): string {
  const steps = path.map(
    ({ category }) => `<li><a href="/kb/c/${category.id}" dir="auto">${escapeHtml(category.name)}</a></li>`,
  );
  return `<nav class="crumbs" aria-label="${words.whereYouAre}"><ol><li><a href="/kb">${words.allTopics}</a></li>${steps.join('')}</ol></nav>`;
}

function addressOf(here: string, pageNumber: number): string {
  return pageNumber > 1 ? `${here}?page=${pageNumber}` : here;
}

/** The way to the pages before and behind this one. */
function turns(words: KbWords, here: string, { pageNumber, hasMore }: ListPage): string {
  if (pageNumber === 1 && !hasMore) return '';
  const before =
    pageNumber > 1
      ? `<a rel="prev" href="${addressOf(here, pageNumber - 1)}">${words.previousPage}</a>`
      : '<span></span>';
  const after = hasMore ? `<a rel="next" href="${addressOf(here, pageNumber + 1)}">${words.nextPage}</a>` : '';
  return `<nav class="pages" aria-label="${words.pages}">${before}${after}</nav>`;
}

/** A page of articles. Where their summaries would make it too long, they stand without: none is left out. */
function list(listed: readonly Listed[]): string {
  if (listed.length === 0) return '';
  const itemsWith = (summaryOf: (article: Listed) => string) =>
    listed.map(
      (article) =>
        `<li${languageOf(article)}><a href="/kb/${encodeURIComponent(article.slug)}">${escapeHtml(article.title)}</a>${summaryOf(article)}</li>`,
    );
  const whole = itemsWith(({ summary }) => (summary ? `<p>${escapeHtml(summary)}</p>` : ''));
  const isTooLong = Buffer.byteLength(whole.join('')) > MOST_LIST_BYTES;
  return `<ul class="list">${within(isTooLong ? itemsWith(() => '') : whole)}</ul>`;
}

/** As many of the parts as fit. */
function within(parts: readonly string[], mostBytes = MOST_LIST_BYTES): string {
  let left = mostBytes;
  const kept: string[] = [];
  for (const part of parts) {
    left -= Buffer.byteLength(part);
    if (left < 0) break;
    kept.push(part);
  }
  return kept.join('');
}

/** Cut at the marks first, then escaped: nothing of a text becomes mark-up. */
function marked(text: string, marks: readonly TextMark[]): string {
  let at = 0;
  let html = '';
  for (const { start, end } of marks) {
    if (start < at) continue;
    html += `${escapeHtml(text.slice(at, start))}<mark>${escapeHtml(text.slice(start, end))}</mark>`;
    at = end;
  }
  return html + escapeHtml(text.slice(at));
}

function direction({ isRightToLeft }: KbWords): string {
  return isRightToLeft ? 'rtl' : 'ltr';
}

function languageOf({ language }: Pick<Article, 'language'>): string {
  return ` lang="${escapeHtml(language)}" dir="${RIGHT_TO_LEFT.test(language) ? 'rtl' : 'ltr'}"`;
}

/** The addresses of articles for search engines (sitemaps.org). */
export function sitemap(
  { publicUrl }: Pick<Site, 'publicUrl'>,
  articles: readonly Pick<Article, 'slug' | 'updatedAt'>[],
): string {
  const urls = articles.map(
    ({ slug, updatedAt }) =>
      `<url><loc>${escapeHtml(articleAddress({ publicUrl }, slug))}</loc><lastmod>${updatedAt.toISOString()}</lastmod></url>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${urls.join('')}</urlset>\n`;
}

/** The addresses of several site maps. */
export function sitemapIndex({ publicUrl }: Pick<Site, 'publicUrl'>, count: number): string {
  const maps = Array.from(
    { length: count },
    (_, i) => `<sitemap><loc>${escapeHtml(publicUrl)}/kb/sitemap/${i + 1}.xml</loc></sitemap>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${maps.join('')}</sitemapindex>\n`;
}
