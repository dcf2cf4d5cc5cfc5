import { Parser } from 'htmlparser2';
import { cutText } from './plain-text.ts';

const MAX_HTML = 2 * 1024 * 1024;
/** Deeper nesting is no layout of a person; the parser's cost grows with depth. */
const MAX_DEPTH = 500;
const CHUNK = 64 * 1024;
const MAX_LINE = 4096;
const MAX_OPEN_LINKS = 100;

const BLOCK = new Set([
  'address',
  'article',
  'aside',
  'blockquote',
  'center',
  'dd',
  'div',
  'dl',
  'dt',
  'fieldset',
  'figure',
  'footer',
  'form',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'header',
  'li',
  'main',
  'nav',
  'ol',
  'pre',
  'section',
  'table',
  'tbody',
  'tfoot',
  'thead',
  'tr',
  'ul',
  'hr',
]);
const SPACED = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'table', 'blockquote', 'pre']);
const SILENT = new Set([
  'script',
  'style',
  'head',
  'title',
  'template',
  'noscript',
  'iframe',
  'object',
  'svg',
  'math',
  'select',
  'textarea',
  'noembed',
  'noframes',
  'xmp',
]);

/** Readable text of HTML: paragraphs, list marks, link addresses where they differ from their words, quotation as `>`. Never throws. */
export function htmlToText(html: string): string {
  const writer = new TextWriter();
  const parser = new Parser(
    {
      onopentag: (name, attributes) => writer.open(name, attributes),
      ontext: (text) => writer.text(text),
      onclosetag: (name) => writer.close(name),
    },
    { decodeEntities: true, lowerCaseTags: true },
  );
  const source = cutText(html, MAX_HTML);
  for (let at = 0; at < source.length && !writer.isTooDeep; at += CHUNK) parser.write(source.slice(at, at + CHUNK));
  if (!writer.isTooDeep) parser.end();
  return writer.result();
}

class TextWriter {
  private readonly lines: string[] = [];
  private line = '';
  /** The beginning of an overlong line, set aside so that no step costs its whole length. */
  private head: string[] = [];
  private blankPending = false;
  private silent = 0;
  private pre = 0;
  private quote = 0;
  private depth = 0;
  private readonly links: { href: string; from: number }[] = [];

  get isTooDeep(): boolean {
    return this.depth > MAX_DEPTH;
  }

  open(name: string, attributes: Record<string, string>): void {
    this.depth++;
    if (SILENT.has(name)) this.silent++;
    if (this.silent > 0) return;
    if (BLOCK.has(name) || name === 'p') this.breakLine(SPACED.has(name));
    if (name === 'br') this.endLine();
    if (name === 'hr') this.line = '---';
    if (name === 'li') this.line = '- ';
    if ((name === 'td' || name === 'th') && this.line !== '') this.line += this.line.endsWith(' ') ? '' : ' ';
    if (name === 'pre') this.pre++;
    if (name === 'blockquote') this.quote++;
    if (name === 'a' && this.links.length < MAX_OPEN_LINKS)
      this.links.push({ href: attributes.href ?? '', from: this.line.length });
    if (name === 'img' && attributes.alt) this.text(`[${attributes.alt}]`);
  }

  text(text: string): void {
    if (this.silent > 0) return;
    if (this.line.length > MAX_LINE) this.setAside();
    if (this.pre > 0) {
      const [first, ...rest] = text.split('\n');
      this.line += first ?? '';
      for (const more of rest) {
        this.endLine();
        this.line = more;
      }
      return;
    }
    const flat = text.replace(/[\t\n\r\f ]+/g, ' ');
    this.line += this.line === '' || this.line.endsWith(' ') ? flat.replace(/^ /, '') : flat;
  }

  close(name: string): void {
    this.depth--;
    if (SILENT.has(name)) this.silent = Math.max(0, this.silent - 1);
    if (this.silent > 0) return;
    if (name === 'a') this.endLink();
    if (BLOCK.has(name) || name === 'p') this.breakLine(SPACED.has(name));
    if (name === 'pre') this.pre = Math.max(0, this.pre - 1);
    if (name === 'blockquote') this.quote = Math.max(0, this.quote - 1);
  }

  result(): string {
    this.breakLine(false);
    return this.lines
      .join('\n')
      .replace(/\u00a0/g, ' ')
      .trim();
  }

  /** The address of a link is told where its words do not tell it. */
  private endLink(): void {
    const link = this.links.pop();
    if (!link || !/^(https?:|mailto:)/i.test(link.href)) return;
    const words = this.line.slice(link.from).trim();
    const target = link.href.replace(/^mailto:/i, '');
    if (words !== '' && words !== target && !target.includes(words) && target.length < 500) this.line += ` <${target}>`;
  }

  private setAside(): void {
    this.head.push(this.line);
    this.line = '';
    for (const link of this.links) link.from = 0;
  }

  private breakLine(spaced: boolean): void {
    if (this.head.length > 0 || this.line.trim() !== '') this.endLine();
    else this.line = '';
    if (spaced && this.lines.length > 0) this.blankPending = true;
  }

  private endLine(): void {
    if (this.blankPending && this.lines.at(-1) !== '') this.lines.push('');
    this.blankPending = false;
    this.lines.push(
      `${this.quote > 0 ? `${'>'.repeat(Math.min(this.quote, 10))} ` : ''}${this.head.join('')}${this.line.trimEnd()}`,
    );
    this.line = '';
    this.head = [];
  }
}
