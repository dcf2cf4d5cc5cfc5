import { escapeHtml } from './escape-html.ts';

/** A word in double braces. Nothing with dots or underlines is one: such text stays as it is. */
const PLACEHOLDER = /\{\{[ \t]*([A-Za-z][A-Za-z0-9]*)[ \t]*\}\}/g;

/** What placeholders stand for. A map, so that no name reaches anything else. */
export type Values = ReadonlyMap<string, string>;

/** The names in a template that are not known, each once. Pure. */
export function unknownPlaceholders(template: string, known: ReadonlySet<string>): string[] {
  return [...new Set([...template.matchAll(PLACEHOLDER)].map((match) => match[1]!))].filter((name) => !known.has(name));
}

/** How often a placeholder stands in a template. Pure. */
export function countPlaceholder(template: string, wanted: string): number {
  return [...template.matchAll(PLACEHOLDER)].filter((match) => match[1] === wanted).length;
}

/**
 * The template as text. A value is put in once and never read as a template itself; a line whose placeholders are all
 * empty is left out. Pure.
 */
export function renderText(template: string, values: Values): string {
  return filledLines(template, values, (text) => text)
    .filter((line, at, lines) => line !== '' || lines[at - 1] !== '')
    .join('\n')
    .replace(/^\n+|\s+$/g, '');
}

/** The template as HTML: text and values are escaped and stand in paragraphs; a value of `html` that has a line for itself stands as it is. Pure. */
export function renderHtml(template: string, values: Values, html: Values = new Map()): string {
  const blocks: string[] = [];
  let paragraph: string[] = [];
  const endParagraph = () => {
    if (paragraph.length > 0) blocks.push(`<p>${paragraph.join('<br>')}</p>`);
    paragraph = [];
  };
  for (const line of template.replace(/\r\n?/g, '\n').split('\n')) {
    const alone = /^\s*\{\{[ \t]*([A-Za-z][A-Za-z0-9]*)[ \t]*\}\}\s*$/.exec(line)?.[1];
    const block = alone === undefined ? undefined : html.get(alone);
    if (block !== undefined) {
      endParagraph();
      blocks.push(block);
      continue;
    }
    const lines = filledLines(line, values, escapeHtml);
    if (line.trim() === '') endParagraph();
    else paragraph.push(...lines.map((text) => text.replaceAll('\n', '<br>')));
  }
  endParagraph();
  return blocks.join('');
}

/** Clean HTML with its placeholders filled in by escaped values; one without a value stays as it is. Pure. */
export function fillHtml(html: string, values: Values): string {
  return html.replace(PLACEHOLDER, (whole, name: string) => escapeHtml(values.get(name)?.trim() ?? '') || whole);
}

function filledLines(template: string, values: Values, toLine: (text: string) => string): string[] {
  return template
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .flatMap((line) => {
      const used = [...line.matchAll(PLACEHOLDER)].map((match) => values.get(match[1]!)).filter((v) => v !== undefined);
      if (used.length > 0 && used.every((value) => value.trim() === '')) return [];
      const parts = line.split(PLACEHOLDER);
      // The split alternates between text and names.
      const filled = parts.map((part, at) => {
        if (at % 2 === 0) return toLine(part);
        const value = values.get(part);
        return toLine(value === undefined ? `{{${part}}}` : value);
      });
      return [filled.join('')];
    });
}
