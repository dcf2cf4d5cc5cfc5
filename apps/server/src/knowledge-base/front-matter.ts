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
const LINE = /^([^\s:#"'[\]{}-][^:]*):(.*)$/;
const BLOCK = /^[|>][+-]?$/;
const QUOTED_WITH_COMMENT = /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')[ \t]+#.*$/;
const LIST_WITH_COMMENT = /^(\[.*\])[ \t]+#.*$/;
const LONGEST_HEAD = 200;

/** What stands at a key: words, or the items of a list with one on each line. */
interface Field {
  text: string;
  readonly items: string[];
}

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
 * An article out of a Markdown file. Understood of front matter are the keys that are written, each with words, quoted
 * words or a list (`[a, b]`, or an item a line); other keys, and what is nested below them, are passed over. Without a title
 * there, the first heading is the title, and without that the file's name.
 * @throws Error with a sentence on front matter that does not end or a line that is none
 */
export function readMarkdown(name: string, text: string): ImportedArticleInput {
  const lines = text
    .replace(/^\ufeff/, '')
    .replace(/\r\n?/g, '\n')
    .split('\n');
  let fields = new Map<string, Field>();
  let from = 0;
  if (FENCE.test(lines[0] ?? '')) {
    const end = lines.findIndex((line, i) => i > 0 && i < LONGEST_HEAD && FENCE.test(line));
    if (end < 0) throw new Error('Its front matter begins with --- and does not end with ---.');
    fields = fieldsOf(lines.slice(1, end));
    from = end + 1;
  }
  while (from < lines.length && lines[from]!.trim() === '') from++;
  let title = wordsAt(fields, 'title');
  if (!title) {
    const heading = headingIn(lines[from] ?? '');
    if (heading) from++;
    title = heading || titleOfFile(name);
    while (from < lines.length && lines[from]!.trim() === '') from++;
  }
  const published = flagAt(fields, 'published');
  const staffOnly = flagAt(fields, 'staff-only');
  const language = wordsAt(fields, 'language');
  const keywords = listAt(fields, 'keywords', ',') ?? listAt(fields, 'tags', ',');
  const categoryPath = listAt(fields, 'category', '/');
  return {
    title,
    body: lines.slice(from).join('\n').trimEnd(),
    externalId: wordsAt(fields, 'id') || null,
    ...(fields.has('slug') ? { slug: slugOf(wordsAt(fields, 'slug')) } : {}),
    ...(fields.has('summary') ? { summary: wordsAt(fields, 'summary') } : {}),
    ...(keywords ? { keywords } : {}),
    ...(language ? { language } : {}),
    ...(categoryPath ? { categoryPath } : {}),
    ...(published === null ? {} : { published }),
    ...(staffOnly === null ? {} : { staffOnly }),
  };
}

/** Key by key; a line that is indented or an item of a list goes on with the key before it. @throws Error */
function fieldsOf(lines: readonly string[]): Map<string, Field> {
  const fields = new Map<string, Field>();
  let open: Field | null = null;
  for (const line of lines) {
    const more = line.trim();
    if (more === '' || more.startsWith('#')) continue;
    if (open && (/^\s/.test(line) || /^-(?:\s|$)/.test(line))) {
      if (open.text === '' && /^-(?:\s|$)/.test(more)) open.items.push(more.slice(1).trim());
      else if (open.items.length === 0) open.text = BLOCK.test(open.text) ? more : `${open.text} ${more}`.trim();
      continue;
    }
    const match = LINE.exec(line);
    if (!match) throw new Error(`In its front matter a line is not of the form "key: value": ${line.slice(0, 60)}`);
    open = { text: match[2]!.trim(), items: [] };
    fields.set(match[1]!.trim().toLowerCase(), open);
  }
  return fields;
}

/** The words of a heading of the first level; empty if the line is none. */
function headingIn(line: string): string {
  if (!/^#[ \t]/.test(line)) return '';
  let end = line.length;
  while (line[end - 1] === '#') end--;
  return line.slice(1, Math.max(1, end)).trim();
}

function titleOfFile(name: string): string {
  return name
    .replace(/^.*[\\/]/, '')
    .replace(/\.(?:md|markdown|txt)$/i, '')
    .replace(/[-_]+/g, ' ');
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

function wordsAt(fields: ReadonlyMap<string, Field>, key: string): string {
  return oneOf(fields.get(key)?.text ?? '');
}

function oneOf(written: string): string {
  const bare = QUOTED_WITH_COMMENT.exec(written)?.[1] ?? written;
  if (/^".*"$/.test(bare)) {
    try {
      return String(JSON.parse(bare));
    } catch {
      return bare.slice(1, -1);
    }
  }
  return /^'.*'$/.test(bare) ? bare.slice(1, -1).replaceAll("''", "'") : bare;
}

/** Items line by line, `[a, "b, c"]`, or words with `separator` between them; null without the key. */
function listAt(fields: ReadonlyMap<string, Field>, key: string, separator: string): string[] | null {
  const field = fields.get(key);
  if (!field) return null;
  const bare = LIST_WITH_COMMENT.exec(field.text)?.[1] ?? field.text;
  let items: readonly string[] = field.items;
  if (/^\[.*\]$/.test(bare)) items = bare.slice(1, -1).match(/"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^,]+/g) ?? [];
  else if (items.length === 0) items = oneOf(bare).split(separator);
  return items.map((item) => oneOf(item.trim()).trim()).filter((word) => word !== '');
}

function flagAt(fields: ReadonlyMap<string, Field>, key: string): boolean | null {
  return fields.has(key) ? /^(?:true|yes|on)$/i.test(wordsAt(fields, key)) : null;
}
