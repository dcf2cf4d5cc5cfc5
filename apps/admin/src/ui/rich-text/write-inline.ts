import type { JSONContent } from '@tiptap/react';

/** Marks from outside to inside; one that is not listed has no form in Markdown and leaves its text plain. */
const ORDER = ['link', 'bold', 'italic', 'strike', 'code'] as const;
const FENCES: Record<string, string> = { bold: '**', italic: '*', strike: '~~' };

interface Mark {
  type: string;
  href: string;
}
interface Run {
  text: string;
  marks: Mark[];
  /** A space that was moved out of a mark. */
  isEdge?: boolean;
}

const isSpace = (sign: string) => sign === '' || /\s/u.test(sign);
const isPunctuation = (sign: string) => /[\p{P}\p{S}]/u.test(sign);
const isWord = (sign: string) => !isSpace(sign) && !isPunctuation(sign);
const asEntity = (sign: string) => `&#${sign.codePointAt(0)};`;
const lastSign = (text: string) => [...text.slice(-2)].at(-1) ?? '';
const firstSign = (text: string) => String.fromCodePoint(text.codePointAt(0) ?? 32);

/** Plain words with every sign escaped that Markdown would read as form. */
function escapeText(text: string): string {
  return text
    .replace(/[\\`*[\]<>~|]/gu, '\\$&')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replace(/&(?=[#\w]|$)/gu, '\\&');
}

/** A line's first signs, where they would begin a list, a heading, a quotation or a line across. */
function escapeLineStart(line: string): string {
  return line
    .replace(/^(#{1,6}(?=\s|$)|[+-](?=\s|$)|-(?=[-\s]*$)|=(?=[=\s]*$))/u, '\\$&')
    .replace(/^(\d{1,9})([.)])(?=\s|$)/u, '$1\\$2');
}

function codeSpan(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/gu)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  const isPadded = /^`|`$|^ .* $/u.test(text) && text.trim() !== '';
  return isPadded ? `${fence} ${text} ${fence}` : `${fence}${text}${fence}`;
}

function linkTarget(href: string): string {
  const safe = href.replace(/[\s<>\\]/gu, (sign) => encodeURIComponent(sign));
  return /[()]/u.test(safe) || safe === '' ? `<${safe}>` : safe;
}

function marksOf(node: JSONContent): Mark[] {
  const known = (node.marks ?? []).map(({ type, attrs }) => ({ type, href: String(attrs?.href ?? '') }));
  return ORDER.flatMap((type) => known.find((mark) => mark.type === type) ?? []);
}

/** Spaces at the edge of a mark stand outside of it, since Markdown knows no mark that begins or ends with one. */
function splitEdges(run: Run): Run[] {
  if (run.marks.length === 0 || run.marks.some(({ type }) => type === 'code')) return [run];
  const [, before = '', middle = '', after = ''] = /^(\s*)(.*?)(\s*)$/su.exec(run.text) ?? [];
  const outside = run.marks.filter(({ type }) => type === 'link');
  if (middle === '') return [{ text: run.text, marks: outside }];
  return [
    { text: before, marks: outside, isEdge: true },
    { text: middle, marks: run.marks },
    { text: after, marks: outside, isEdge: true },
  ].filter(({ text }) => text !== '');
}

const isSame = (a: Mark | undefined, b: Mark | undefined) => a?.type === b?.type && a?.href === b?.href;
const has = (run: Run | undefined, mark: Mark) => run?.marks.some((each) => isSame(each, mark)) ?? false;

/** Runs between which a mark goes on over the space that was moved out of it. */
function joinMarks(runs: Run[]): Run[] {
  return runs.map((run, at) =>
    run.isEdge
      ? { ...run, marks: (runs[at - 1]?.marks ?? []).filter((mark) => mark.type !== 'code' && has(runs[at + 1], mark)) }
      : run,
  );
}

/** How many runs from here on carry the mark: what lasts longer stands outside. */
function spanOf(mark: Mark, runs: readonly Run[], at: number): number {
  const end = runs.findIndex((run, index) => index >= at && !has(run, mark));
  return (end < 0 ? runs.length : end) - at;
}

const opening = (mark: Mark) => (mark.type === 'link' ? '[' : (FENCES[mark.type] ?? ''));
const closing = (mark: Mark) => (mark.type === 'link' ? `](${linkTarget(mark.href)})` : (FENCES[mark.type] ?? ''));

/** The words of one paragraph or heading as Markdown, on one line unless a break is in it. */
export function writeInline(nodes: readonly JSONContent[], isOneLine = false): string {
  const runs = joinMarks(
    nodes
      .map(
        (node): Run =>
          node.type === 'hardBreak'
            ? { text: '\n', marks: [] }
            : {
                text: (node.text ?? '').replace(/\s/gu, (sign) => (sign === '\u00A0' ? sign : ' ')),
                marks: marksOf(node),
              },
      )
      .filter(({ text }) => text !== '')
      .flatMap((run) => (run.text === '\n' ? [run] : splitEdges(run))),
  );
  let out = '';
  let open: Mark[] = [];
  const pass = (at: number, sign: string) => {
    const fences = (runs[at]?.marks ?? []).filter(({ type }) => type !== 'code');
    const end = open.findIndex((mark) => !has(runs[at], mark));
    const kept = end < 0 ? open : open.slice(0, end);
    const closes = open.slice(kept.length).reverse();
    const opens = fences
      .filter((mark) => !runs[at]?.isEdge && !kept.some((each) => isSame(each, mark)))
      .sort((a, b) => spanOf(b, runs, at) - spanOf(a, runs, at));
    // A fence between a punctuation mark and a letter is no fence on one of its sides; a letter written as a number is
    // punctuation.
    const [isClosing, isOpening] = [closes, opens].map((fence) => fence.some(({ type }) => FENCES[type]));
    const before = closes.some(({ type }) => type === 'link') ? ')' : lastSign(out);
    if (isOpening && isWord(before) && (opens.length > 1 || isPunctuation(sign)))
      out = out.slice(0, out.length - before.length) + asEntity(before);
    const isHidden = isClosing && isWord(sign) && (closes.length > 1 || isPunctuation(before));
    const first = isHidden ? asEntity(sign) : sign;
    out += closes.map(closing).join('');
    if (opens[0]?.type === 'link' && out.endsWith('!')) out = `${out.slice(0, -1)}\\!`;
    out += opens.map(opening).join('');
    open = [...kept, ...opens];
    return first;
  };
  for (const [at, { text, marks }] of runs.entries()) {
    const isCode = marks.some(({ type }) => type === 'code');
    if (text === '\n') {
      pass(at, '');
      out += isOneLine ? ' ' : '\\\n';
      continue;
    }
    const written = isCode ? codeSpan(text) : escapeText(text);
    const sign = firstSign(isCode ? '`' : text);
    const first = pass(at, sign);
    out += !isCode && first !== sign ? first + escapeText(text.slice(sign.length)) : written;
  }
  pass(runs.length, '');
  return out
    .replace(/(?:\\\n| )+$/u, '')
    .split('\n')
    .map((line) => escapeLineStart(line.replace(/^ +/u, '')))
    .join('\n');
}
