import sanitize from 'sanitize-html';
import { hidesItself } from './hidden-text.ts';
import { nestsDeeper } from './html-depth.ts';
import { misleadingLinks } from './link-marks.ts';
import { cutText } from './plain-text.ts';

/** Grows when the rules change, so that stored HTML of older rules can be found. */
export const SAFE_HTML_VERSION = 2;
const MAX_HTML = 2 * 1024 * 1024;
const MAX_PASSES = 5;
/** Longer results get one pass for their marks at most. */
const MAX_SETTLED = 512 * 1024;
const MAX_DEPTH = 200;
/** Deeper HTML is not given to the parser, whose cost grows with the square of the depth. */
const MAX_SOURCE_DEPTH = 2000;
const TOO_DEEP = '<p>[The formatted text is nested too deeply to be shown. See the plain text or the original.]</p>';

/** How HTML is made safe. */
export interface SafeHtmlOptions {
  /** Where an image inside the letter is found; null: it is left out. */
  cidUrl?: (contentId: string) => string | null;
  /** True only after somebody asked for remote images. */
  loadRemoteImages?: boolean;
}

/** HTML that may be shown, and what was kept from loading. */
export interface SafeHtml {
  html: string;
  blockedImages: number;
  version: number;
}

const COLOR = [/^#[0-9a-f]{3,8}$/i, /^[a-z]{3,30}$/i, /^rgba?\([\d\s.,%]{1,40}\)$/i];
const LENGTH = [/^-?\d{1,4}(\.\d{1,4})?(px|pt|em|rem|ex|%)?$/, /^(auto|thin|medium|thick|normal|inherit|0)$/];
const LENGTHS = [/^(?:(?:\d{1,4}(?:\.\d{1,4})?(?:px|pt|em|rem|ex|%)?|auto|0)(?: |$)){1,4}$/];
const WORD = [/^[a-z-]{1,30}$/i];
const FONT = [/^[\w\s,'"-]{1,200}$/];
const BORDER = [/^[\w\s#.%(),-]{1,80}$/];

const STYLES: Record<string, RegExp[]> = {
  color: COLOR, 'background-color': COLOR,
  'font-family': FONT, 'font-size': [...LENGTH, ...WORD], 'font-style': WORD, 'font-weight': [/^\d{3}$/, ...WORD], 'font-variant': WORD, 'line-height': LENGTH,
  'text-align': WORD, 'text-decoration': [/^[a-z\s-]{1,40}$/i], 'text-indent': LENGTH, 'text-transform': WORD,
  'vertical-align': [...WORD, ...LENGTH], 'white-space': WORD, 'list-style-type': WORD,
  width: [/^(?:1?\d{1,3}|2000)(?:\.\d{1,4})?px$/, /^\d{1,3}(\.\d{1,4})?%$/, /^auto$/], height: [/^(?:1?\d{1,3}|2000)(?:\.\d{1,4})?px$/, /^auto$/],
  'max-width': [/^(?:1?\d{1,3}|2000)px$/, /^\d{1,3}%$/],
  margin: LENGTHS, 'margin-top': LENGTHS, 'margin-right': LENGTHS, 'margin-bottom': LENGTHS, 'margin-left': LENGTHS,
  padding: LENGTHS, 'padding-top': LENGTHS, 'padding-right': LENGTHS, 'padding-bottom': LENGTHS, 'padding-left': LENGTHS,
  border: BORDER, 'border-top': BORDER, 'border-right': BORDER, 'border-bottom': BORDER, 'border-left': BORDER,
  'border-color': COLOR, 'border-style': WORD, 'border-width': LENGTHS, 'border-collapse': WORD, 'border-radius': LENGTHS, 'border-spacing': LENGTHS,
}; // biome-ignore format: a table

const CELL = ['align', 'valign', 'width', 'height', 'bgcolor', 'style', 'dir', 'lang'];
const ATTRIBUTES: Record<string, string[]> = {
  '*': ['style', 'dir', 'lang', 'title', 'align', 'data-hidden'],
  a: ['href', 'rel', 'target', 'data-shows-other-host'],
  img: ['src', 'alt', 'width', 'height', 'data-blocked-src'],
  table: [...CELL, 'border', 'cellpadding', 'cellspacing'], tr: CELL, td: [...CELL, 'colspan', 'rowspan'], th: [...CELL, 'colspan', 'rowspan'],
  col: ['span', 'width'], colgroup: ['span', 'width'], ol: ['start', 'type'], ul: ['type'], font: ['color', 'face', 'size'], blockquote: ['type'],
}; // biome-ignore format: a table

const TAGS =
  'p br div span a b i u em strong s sub sup small h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table thead tbody tfoot tr th td col colgroup caption blockquote pre code hr img center font'.split(
    ' ',
  );
const DROP_WITH_TEXT =
  'script style textarea option noscript xmp iframe noembed noframes title template svg math select object embed audio video head plaintext'.split(
    ' ',
  );

/**
 * HTML that may be shown to an agent: an allow-list of tags, attributes and styles after a real CSS parse, no class or
 * id, no address that loads by itself. Remote images wait in `data-blocked-src`; a link whose words show another host
 * carries the real one in `data-shows-other-host`; what hides itself from the reader is marked by `data-hidden`. Idempotent up to 512 KiB; never change
 * the result.
 */
export function sanitizeMailHtml(html: string, options: SafeHtmlOptions = {}): SafeHtml {
  const source = nestsDeeper(html, MAX_SOURCE_DEPTH) ? TOO_DEEP : cutText(html, MAX_HTML);
  const { html: first, blockedImages } = sanitizeOnce(source, options, new Map());
  return { html: settled(first, options), blockedImages, version: SAFE_HTML_VERSION };
}

/**
 * Dropped elements may leave others nested in a way that reads differently the next time, so the sanitiser runs until
 * its result stays the same. The marks of links are set by the sanitiser itself: nothing else touches its result.
 */
function settled(first: string, options: SafeHtmlOptions): string {
  let html = first;
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    const marks = misleadingLinks(html);
    if (marks.size === 0 && html.length > MAX_SETTLED) return html;
    const next = sanitizeOnce(html, options, marks).html;
    if (next === html || html.length > MAX_SETTLED) return next;
    html = next;
  }
  return html;
}

function sanitizeOnce(html: string, options: SafeHtmlOptions, marks: ReadonlyMap<number, string>) {
  let blockedImages = 0;
  let link = -1;
  const safe = sanitize(html, {
    allowedTags: TAGS,
    nonTextTags: DROP_WITH_TEXT,
    allowedAttributes: ATTRIBUTES,
    allowedStyles: { '*': STYLES },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowedSchemesByTag: { img: ['http', 'https', 'data'] },
    allowProtocolRelative: false,
    parseStyleAttributes: true,
    nestingLimit: MAX_DEPTH,
    transformTags: {
      a: (tagName, attribs) => {
        link += 1;
        const host = marks.get(link);
        const kept = linkAttributes(attribs);
        return { tagName, attribs: host === undefined ? kept : { ...kept, 'data-shows-other-host': host } };
      },
      img: (tagName, attribs) => {
        const image = imageAttributes(attribs, options);
        if (image['data-blocked-src'] !== undefined) blockedImages++;
        return { tagName, attribs: image };
      },
      '*': (tagName, attribs) => {
        const { background, ...rest } = attribs;
        if (background && isRemote(background)) blockedImages++;
        if (attribs['data-hidden'] !== undefined || hidesItself(attribs)) rest['data-hidden'] = '1';
        return { tagName, attribs: rest };
      },
    },
  });
  return { html: safe, blockedImages };
}

/** Whether safe HTML has words that its reader does not see by himself. */
export function hasHiddenText(safeHtml: string): boolean {
  return /<[a-z][^<>]* data-hidden="1"/.test(safeHtml);
}

function linkAttributes(attribs: Record<string, string>): Record<string, string> {
  const { href, title, style, dir, lang, hidden, 'data-hidden': marked } = attribs;
  const kept = Object.fromEntries(
    Object.entries({ title, style, dir, lang, hidden, 'data-hidden': marked }).filter(
      ([, value]) => value !== undefined,
    ),
  ) as Record<string, string>;
  const target = href?.trim() ?? '';
  if (!/^(https?:\/\/|mailto:|tel:)/i.test(target)) return kept;
  return { ...kept, href: target, rel: 'noopener noreferrer nofollow ugc', target: '_blank' };
}

function imageAttributes(
  attribs: Record<string, string>,
  { cidUrl, loadRemoteImages }: SafeHtmlOptions,
): Record<string, string> {
  const { src, srcset: _srcset, 'data-blocked-src': blocked, ...rest } = attribs;
  const source = (src ?? '').trim();
  const cid = /^cid:(.+)$/i.exec(source)?.[1];
  if (cid !== undefined) {
    const url = cidUrl?.(decodeCid(cid)) ?? null;
    return url === null ? rest : { ...rest, src: url };
  }
  if (/^data:image\/(png|jpe?g|gif|webp);base64,[a-z0-9+/=\s]+$/i.test(source)) return { ...rest, src: source };
  if (/^\/a\/inline\/[0-9a-f-]{36}\/[\w.%~!*'()-]+$/.test(source)) return { ...rest, src: source };
  const remote = isRemote(source) ? source : blocked && isRemote(blocked) ? blocked : null;
  if (remote === null) return rest;
  const absolute = remote.startsWith('//') ? `https:${remote}` : remote;
  return loadRemoteImages ? { ...rest, src: absolute } : { ...rest, 'data-blocked-src': absolute };
}

function decodeCid(cid: string): string {
  try {
    return decodeURIComponent(cid);
  } catch {
    return cid;
  }
}

function isRemote(address: string): boolean {
  return /^\s*(https?:)?\/\//i.test(address);
}
