import type { JSONContent } from '@tiptap/react';
import MarkdownIt, { type Token } from 'markdown-it';

/** An article's Markdown as the editor's document; null: it holds what the editor has no place for (a table, an image), and
 * is edited as Markdown so that nothing of it is lost. */
export function readMarkdown(markdown: string): JSONContent | null {
  const tokens = new MarkdownIt('default', { html: false, linkify: false, typographer: false }).parse(markdown, {});
  const content = blocksOf(tokens);
  return content && { type: 'doc', content: content.length > 0 ? content : [{ type: 'paragraph' }] };
}

const containers: Record<string, (token: Token) => JSONContent> = {
  paragraph: () => ({ type: 'paragraph' }),
  heading: ({ tag }) => ({ type: 'heading', attrs: { level: Number(tag.slice(1)) } }),
  bullet_list: () => ({ type: 'bulletList' }),
  ordered_list: (token) => ({ type: 'orderedList', attrs: { start: Number(token.attrGet('start') ?? 1) } }),
  list_item: () => ({ type: 'listItem' }),
  blockquote: () => ({ type: 'blockquote' }),
};
const marks: Record<string, (token: Token) => NonNullable<JSONContent['marks']>[number]> = {
  strong: () => ({ type: 'bold' }),
  em: () => ({ type: 'italic' }),
  s: () => ({ type: 'strike' }),
  link: (token) => ({ type: 'link', attrs: { href: token.attrGet('href') } }),
};

/** A list item holds at least a paragraph, a quotation at least a block: the editor's schema wants it so. */
function filled(node: JSONContent): JSONContent {
  if (node.type === 'listItem' && node.content?.[0]?.type !== 'paragraph')
    return { ...node, content: [{ type: 'paragraph' }, ...(node.content ?? [])] };
  if (node.type === 'blockquote' && !node.content?.length) return { ...node, content: [{ type: 'paragraph' }] };
  return node;
}

function blocksOf(tokens: readonly Token[]): JSONContent[] | null {
  const root: JSONContent = { content: [] };
  const stack = [root];
  const add = (node: JSONContent) => stack.at(-1)?.content?.push(node);
  for (const token of tokens) {
    const name = token.type.replace(/_(open|close)$/u, '');
    if (token.type === 'inline') {
      const content = wordsOf(token.children ?? []);
      if (!content) return null;
      stack.at(-1)?.content?.push(...content);
    } else if (token.type === 'fence' || token.type === 'code_block') {
      const text = token.content.replace(/\n$/u, '');
      const language = token.info.trim().split(/\s/u)[0] || null;
      add({ type: 'codeBlock', attrs: { language }, ...(text ? { content: [{ type: 'text', text }] } : {}) });
    } else if (token.type === 'hr') add({ type: 'horizontalRule' });
    else if (token.nesting === 1 && containers[name]) stack.push({ content: [], ...containers[name](token) });
    else if (token.nesting === -1 && containers[name]) add(filled(stack.pop() ?? {}));
    else return null;
  }
  return root.content ?? [];
}

function wordsOf(tokens: readonly Token[]): JSONContent[] | null {
  const content: JSONContent[] = [];
  let open: NonNullable<JSONContent['marks']> = [];
  const addText = (text: string, more: NonNullable<JSONContent['marks']> = []) => {
    if (!text) return;
    // Emphasis inside emphasis is one emphasis here.
    const own = [...open, ...more].filter(({ type }, at, all) => all.findIndex((mark) => mark.type === type) === at);
    content.push({ type: 'text', text, ...(own.length > 0 ? { marks: own } : {}) });
  };
  for (const token of tokens) {
    const name = token.type.replace(/_(open|close)$/u, '');
    if (token.type === 'text') addText(token.content);
    else if (token.type === 'softbreak') addText(' ');
    else if (token.type === 'hardbreak') content.push({ type: 'hardBreak' });
    else if (token.type === 'code_inline') addText(token.content, [{ type: 'code' }]);
    else if (token.nesting === 1 && marks[name]) open = [...open, marks[name](token)];
    else if (token.nesting === -1 && marks[name]) open = open.slice(0, -1);
    else return null;
  }
  return content;
}
