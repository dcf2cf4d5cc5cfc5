import { DOMParser, type Schema, type Slice } from '@tiptap/pm/model';
import type { JSONContent } from '@tiptap/react';
import DOMPurify from 'dompurify';
import { contentFromHtml } from '../ui/rich-text/read-html.ts';
import type { ReplyDraft } from './reply-draft.ts';
import type { Insertion } from './use-reply-draft.ts';

const EMPTY: JSONContent = { type: 'doc', content: [{ type: 'paragraph' }] };

/** Plain words as paragraphs: a blank line parts two of them, a single line break stays one. */
export function paragraphsFrom(text: string): JSONContent[] {
  return text
    .trim()
    .split(/\r?\n\s*\n/u)
    .map((block) => {
      const lines = block
        .split(/\r?\n/u)
        .flatMap((line, index): JSONContent[] => [
          ...(index > 0 ? [{ type: 'hardBreak' }] : []),
          ...(line ? [{ type: 'text', text: line }] : []),
        ]);
      return { type: 'paragraph', content: lines };
    });
}

/** A draft as the editor's document. */
export function contentFromDraft(schema: Schema, draft: ReplyDraft): JSONContent {
  if (draft.html) return contentFromHtml(schema, draft.html);
  return draft.text.trim() ? { type: 'doc', content: paragraphsFrom(draft.text) } : EMPTY;
}

/** An article as a piece of a reply: its headings are bold lines, and the last line leads to its page, if customers have one. */
export function sliceFromArticle(schema: Schema, { title, html, url }: Insertion): Slice {
  const fragment = DOMPurify.sanitize(`<div>${html}</div>`, { RETURN_DOM_FRAGMENT: true });
  for (const heading of fragment.querySelectorAll('h1, h2, h3, h4, h5, h6')) {
    const line = document.createElement('p');
    const strong = line.appendChild(document.createElement('strong'));
    strong.append(...heading.childNodes);
    heading.replaceWith(line);
  }
  if (url) {
    const line = fragment.appendChild(document.createElement('p'));
    const link = document.createElement('a');
    link.href = url;
    link.textContent = title;
    line.append('Source: ', link);
  }
  return DOMParser.fromSchema(schema).parseSlice(fragment);
}
