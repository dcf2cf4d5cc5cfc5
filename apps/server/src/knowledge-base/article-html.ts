import MarkdownIt from 'markdown-it';
import sanitize from 'sanitize-html';
import { slugOf } from './slug.ts';

/** A heading of an article. */
export interface ArticleHeading {
  /** 2 to 6: the title of the article is the only first one. */
  readonly level: number;
  /** What `#…` in a link names. */
  readonly id: string;
  readonly text: string;
}

/** A body made ready for showing. */
export interface RenderedArticle {
  /** Safe to put into a page as it is. */
  readonly html: string;
  readonly headings: readonly ArticleHeading[];
  /** Every link as its author wrote it. */
  readonly links: readonly string[];
}

const TAGS = 'h2 h3 h4 h5 h6 p br hr ul ol li strong em s code pre blockquote table thead tbody tr th td a img'.split(
  ' ',
);
const EMBEDDED_IMAGE = /^data:image\/(?:png|jpeg|gif|webp);base64,[a-z0-9+/]+=*$/i;
const WITH_SCHEME = /^[a-z][a-z0-9+.-]*:/i;

// Raw HTML stays text, so an article holds what Markdown can say and nothing else.
const markdown = new MarkdownIt('default', { html: false, linkify: false, typographer: false, maxNesting: 20 });
// Which addresses are harmless is decided below, for every kind of link at once.
markdown.validateLink = () => true;

type Token = ReturnType<typeof markdown.parse>[number];

/**
 * Safe HTML of a body. Links to other articles (`[text](slug#heading)`) lead to their pages under `publicUrl`; with
 * `open`, the addresses that readers may see, links to any other article are plain text.
 */
export function renderArticle(body: string, publicUrl: string, open?: ReadonlySet<string>): RenderedArticle {
  const tokens = markdown.parse(body, {});
  const headings = nameHeadings(tokens);
  const links: string[] = [];
  let isPlain = false;
  for (const token of tokens) if (token.children) token.children = token.children.flatMap((child) => link(child));
  const html = sanitize(markdown.renderer.render(tokens, markdown.options, {}), {
    allowedTags: TAGS,
    allowedAttributes: {
      a: ['href', 'title', 'rel'],
      img: ['src', 'alt', 'title'],
      ol: ['start'],
      code: ['class'],
      'h*': ['id'],
      ...Object.fromEntries(['h2', 'h3', 'h4', 'h5', 'h6'].map((tag) => [tag, ['id']])),
    },
    allowedClasses: { code: [/^language-[a-z0-9+#-]{1,30}$/i] },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowedSchemesByTag: { img: ['data'] },
    allowProtocolRelative: false,
    nestingLimit: 60,
  });
  return { html, headings, links };

  function link(token: Token): Token[] {
    if (token.type === 'image') return image(token, isClosed);
    if (token.type === 'link_close' && isPlain) {
      isPlain = false;
      return [];
    }
    if (token.type !== 'link_open') return [token];
    const written = String(token.attrGet('href') ?? '');
    links.push(decoded(written));
    const href = resolveLink(written, publicUrl);
    isPlain = href === null || isClosed(href);
    if (href === null || isPlain) return [];
    token.attrSet('href', href);
    if (!href.startsWith(`${publicUrl}/`)) token.attrSet('rel', 'noopener noreferrer nofollow');
    return [token];
  }

  function isClosed(href: string): boolean {
    const slug = open ? slugBehind(href, publicUrl) : null;
    return slug !== null && !open!.has(slug);
  }
}

/** The same for a page: a table that is wider than it is moved by itself, with keys as well. */
export function movableTables(html: string): string {
  return html
    .replaceAll('<table>', '<div class="across" tabindex="0"><table>')
    .replaceAll('</table>', '</table></div>');
}

/** The addresses of other articles that a body links to. */
export function slugsLinkedIn(body: string, publicUrl: string): string[] {
  const slugs = new Set<string>();
  for (const { children } of markdown.parse(body, {}))
    for (const token of children ?? []) {
      const written = token.attrGet('href') ?? token.attrGet('src');
      const href = written === null ? null : resolveLink(String(written), publicUrl);
      const slug = href === null ? null : slugBehind(href, publicUrl);
      if (slug !== null) slugs.add(slug);
    }
  return [...slugs];
}

/** The readable words of a body, a line for each block, without mark-up. */
export function articleText(body: string): string {
  const lines: string[] = [];
  for (const token of markdown.parse(body, {})) {
    if (token.type === 'inline') lines.push(inlineText(token));
    else if (token.type === 'fence' || token.type === 'code_block') lines.push(token.content.trimEnd());
  }
  return lines.filter((line) => line !== '').join('\n');
}

/** Where a link leads: an own page as an address under `publicUrl`, others as they are; null: nowhere that a browser may go. */
export function resolveLink(written: string, publicUrl: string): string | null {
  if (/^#./.test(written)) return written;
  if (/^(?:https?:\/\/|mailto:|tel:)./i.test(written)) return written;
  if (written === '' || written.startsWith('//') || WITH_SCHEME.test(written)) return null;
  if (written.startsWith('/')) return `${publicUrl}${written}`;
  return `${publicUrl}/kb/${written.replace(/^(?:\.\.?\/)+/, '')}`;
}

/** The article that an address names, however it is spelt; null for the address of anything else. */
function slugBehind(href: string, publicUrl: string): string | null {
  if (!URL.canParse(href)) return null;
  const there = new URL(href);
  const pages = new URL(`${publicUrl}/kb/`);
  if (there.host !== pages.host || !there.pathname.startsWith(pages.pathname)) return null;
  const path = there.pathname.slice(pages.pathname.length);
  return path === '' || path.startsWith('c/') ? null : decoded(path);
}

/** Gives each heading its id, and levels so that the highest stands right under the title and none is left out on the way down. */
function nameHeadings(tokens: readonly Token[]): ArticleHeading[] {
  const opening = tokens.filter(({ type }) => type === 'heading_open');
  const highest = Math.min(...opening.map(({ tag }) => Number(tag[1])));
  const nameOf = distinctNames();
  const headings: ArticleHeading[] = [];
  let level = 1;
  for (const [index, token] of tokens.entries()) {
    if (token.type === 'heading_open') {
      level = Math.min(6, level + 1, Number(token.tag[1]) - highest + 2);
      const text = inlineText(tokens[index + 1]!);
      const id = nameOf(slugOf(text));
      token.attrSet('id', id);
      headings.push({ level, id, text });
    }
    if (token.type === 'heading_open' || token.type === 'heading_close') token.tag = `h${level}`;
  }
  return headings;
}

/** Names as wished, with a number behind one that was given already. */
function distinctNames(): (wish: string) => string {
  const times = new Map<string, number>();
  return (wish) => {
    let number = (times.get(wish) ?? 0) + 1;
    while (number > 1 && times.has(`${wish}-${number}`)) number++;
    times.set(wish, number);
    const name = number === 1 ? wish : `${wish}-${number}`;
    if (number > 1) times.set(name, 1);
    return name;
  };
}

/** An image that stands in the article itself is shown; one from elsewhere would tell that place who reads, so it is a link. */
function image(token: Token, isClosed: (href: string) => boolean): Token[] {
  const source = String(token.attrGet('src') ?? '');
  const alt = inlineText(token);
  token.content = alt;
  if (EMBEDDED_IMAGE.test(source)) return [token];
  const text = Object.assign(Object.create(Object.getPrototypeOf(token)), token, {
    type: 'text',
    tag: '',
    attrs: null,
    children: null,
    content: alt || source,
  }) as Token;
  if (!/^https?:\/\//i.test(source) || isClosed(source)) return [text];
  const edge = (type: 'link_open' | 'link_close', nesting: 1 | -1) =>
    Object.assign(Object.create(Object.getPrototypeOf(token)), token, {
      type,
      tag: 'a',
      nesting,
      children: null,
      content: '',
      attrs:
        nesting === 1
          ? [
              ['href', source],
              ['rel', 'noopener noreferrer nofollow'],
            ]
          : null,
    }) as Token;
  return [edge('link_open', 1), text, edge('link_close', -1)];
}

function inlineText(token: Token): string {
  if (!token.children) return token.content;
  return token.children
    .map((child: Token) => {
      if (child.type === 'softbreak' || child.type === 'hardbreak') return '\n';
      if (child.type === 'image') return inlineText(child);
      return child.type === 'text' || child.type === 'code_inline' ? child.content : '';
    })
    .join('');
}

/** Non-Latin addresses come percent-encoded from the parser. */
function decoded(href: string): string {
  try {
    return decodeURI(href);
  } catch {
    return href;
  }
}
