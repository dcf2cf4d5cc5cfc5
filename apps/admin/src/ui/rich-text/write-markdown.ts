import type { JSONContent } from '@tiptap/react';
import { writeInline } from './write-inline.ts';

const childrenOf = (node: JSONContent) => node.content ?? [];

/** A list that begins with nothing or with another number than 1 needs a blank line before it. */
const CANNOT_INTERRUPT = /^(?:[-*]|\d+[.)])(?:\n|$)|^(?!1[.)])\d+[.)]/u;

const indent = (text: string, width: number) =>
  text
    .split('\n')
    .map((line, at) => (at === 0 || line === '' ? line : ' '.repeat(width) + line))
    .join('\n');

function codeBlock(node: JSONContent): string {
  const text = childrenOf(node)
    .map(({ text: part }) => part ?? '')
    .join('');
  const longest = Math.max(2, ...[...text.matchAll(/`+/gu)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  const language = String(node.attrs?.language ?? '').replace(/[\s`]/gu, '');
  return `${fence}${language}\n${text}\n${fence}`;
}

/** Whether an item is one paragraph, with nothing but lists under it. */
const isShort = (item: JSONContent) =>
  childrenOf(item).every(({ type }, at) => (at === 0 ? type === 'paragraph' : type?.endsWith('List')));

function list(node: JSONContent, isSecond: boolean): string {
  const items = childrenOf(node);
  const isNumbered = node.type === 'orderedList';
  const start = Number(node.attrs?.start ?? 1);
  const gap = items.every(isShort) ? '\n' : '\n\n';
  return items
    .map((item, at) => {
      const mark = isNumbered ? `${start + at}${isSecond ? ')' : '.'}` : isSecond ? '*' : '-';
      const body = writeBlocks(childrenOf(item), gap);
      return body === '' ? mark : `${mark} ${indent(body, mark.length + 1)}`;
    })
    .join(gap);
}

function block(node: JSONContent, isSecond: boolean): string {
  switch (node.type) {
    case 'heading':
      return `${'#'.repeat(Number(node.attrs?.level ?? 2))} ${writeInline(childrenOf(node), true).replace(/#+$/u, '\\$&')}`.trim();
    case 'bulletList':
    case 'orderedList':
      return list(node, isSecond);
    case 'blockquote':
      return writeBlocks(childrenOf(node))
        .split('\n')
        .map((line) => (line === '' ? '>' : `> ${line}`))
        .join('\n');
    case 'codeBlock':
      return codeBlock(node);
    case 'horizontalRule':
      return '***';
    default:
      return writeInline(childrenOf(node));
  }
}

function writeBlocks(nodes: readonly JSONContent[], gap = '\n\n'): string {
  let before: JSONContent | undefined;
  let isSecond = false;
  let written = '';
  for (const node of nodes) {
    // Two lists of one kind that stand together are told apart by another sign.
    isSecond = before?.type === node.type && /List$/u.test(node.type ?? '') ? !isSecond : false;
    const text = block(node, isSecond);
    if (text === '' && node.type === 'paragraph') continue;
    written += before ? (CANNOT_INTERRUPT.test(text) ? '\n\n' : gap) + text : text;
    before = node;
  }
  return written;
}

/** A document of the editor as Markdown. Read again it gives the same document, apart from empty paragraphs and doubled
 * spaces, which Markdown does not know. */
export function writeMarkdown(doc: JSONContent): string {
  return writeBlocks(childrenOf(doc));
}
