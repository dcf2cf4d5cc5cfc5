import type { ImportedArticleInput } from './import.inputs.ts';
import { slugOf } from './slug.ts';

/** What of an article is written into a file. */
export interface ExportedArticle {
  readonly id: string;
  readonly title: string;
  readonly slug: string;
  readonly summary: string;
  readonly body: string;
  readonly keywords: readonly string[];
  readonly language: string;
  readonly published: boolean;
  readonly staffOnly: boolean;
  /** The names of its categories from the top. */
  readonly categoryPath: readonly string[];
}

const FENCE = /^---[ \t]*$/;
const LINE = /^([a-z][a-z-]*):[ \t]*(.*)$/i;
const LONGEST_HEAD = 200;

/** A Markdown file: front matter of one `key: value` a line, then the body. */
export function writeMarkdown(article: ExportedArticle): string {
  const head = [
    ['id', quoted(article.id)],
    ['title', quoted(article.title)],
    ['slug', quoted(article.slug)],
    ['summary', quoted(article.summary)],
    ['keywords', `[${article.keywords.map(quoted).join(', ')}]`],
    ['language', quoted(article.language)],
    ['category', `[${article.categoryPath.map(quoted).join(', ')}]`],
    ['published', String(article.published)],
    ['staff-only', String(article.staffOnly)],
  ];
  return `---\n${head.map(([key, value]) => `${key}: ${value}`).join('\n')}\n---\n\n${article.body}\n`;
}

/**
 * An article out of a Markdown file. Understood of front matter are the keys that are written, one on a line, with words,
 * quoted words or a list `[a, b]`; other keys are passed over. Without a title there, the first heading is the title, and without that the
 * file's name. @throws Error with a sentence on front matter that does not end or a line that is none
 */
export function readMarkdown(name: string, text: string): ImportedArticleInput {
  const lines = text
    .replace(/^\ufeff/, '')
    .replace(/\r\n?/g, '\n')
    .split('\n');
  const fields = new Map<string, string>();
  let from = 0;
  if (FENCE.test(lines[0] ?? '')) {
    const end = lines.findIndex((line, i) => i > 0 && i < LONGEST_HEAD && FENCE.test(line));
    if (end < 0) throw new Error('Its front matter begins with --- and does not end with ---.');
    for (const line of lines.slice(1, end)) {
      if (line.trim() === '' || line.startsWith('#')) continue;
      const match = LINE.exec(line);
      if (!match) throw new Error(`In its front matter a line is not of the form "key: value": ${line.slice(0, 60)}`);
      fields.set(match[1]!.toLowerCase(), match[2]!.trim());
    }
    from = end + 1;
  }
  let body = lines.slice(from).join('\n').trim();
  let title = oneOf(fields.get('title'));
  if (!title) {
    const heading = /^#[ \t]+(.+?)[ \t]*#*(?:\n|$)/.exec(body);
    title =
      heading?.[1] ??
      name
        .replace(/^.*[\\/]/, '')
        .replace(/\.(?:md|markdown|txt)$/i, '')
        .replace(/[-_]+/g, ' ');
    if (heading) body = body.slice(heading[0].length).trimStart();
  }
  const published = flag(fields.get('published'));
  const staffOnly = flag(fields.get('staff-only'));
  return {
    title,
    body,
    externalId: oneOf(fields.get('id')) || null,
    ...(fields.has('slug') ? { slug: slugOf(oneOf(fields.get('slug'))) } : {}),
    ...(fields.has('summary') ? { summary: oneOf(fields.get('summary')) } : {}),
    ...(fields.has('keywords') ? { keywords: listOf(fields.get('keywords')!, ',') } : {}),
    ...(fields.get('language') ? { language: oneOf(fields.get('language')) } : {}),
    ...(fields.has('category') ? { categoryPath: listOf(fields.get('category')!, '/') } : {}),
    ...(published === null ? {} : { published }),
    ...(staffOnly === null ? {} : { staffOnly }),
  };
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

function oneOf(written = ''): string {
  if (/^".*"$/.test(written)) {
    try {
      return String(JSON.parse(written));
    } catch {
      return written.slice(1, -1);
    }
  }
  return /^'.*'$/.test(written) ? written.slice(1, -1).replaceAll("''", "'") : written;
}

/** `[a, "b, c"]`, or words with `separator` between them. */
function listOf(written: string, separator: string): string[] {
  if (!/^\[.*\]$/.test(written))
    return oneOf(written)
      .split(separator)
      .map((word) => word.trim())
      .filter((word) => word !== '');
  const items = written.slice(1, -1).match(/"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^,]+/g) ?? [];
  return items.map((item) => oneOf(item.trim())).filter((word) => word !== '');
}

function flag(written: string | undefined): boolean | null {
  if (written === undefined) return null;
  return /^(?:true|yes|on)$/i.test(oneOf(written));
}
