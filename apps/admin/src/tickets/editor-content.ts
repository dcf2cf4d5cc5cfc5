import { DOMParser, type Fragment, type Schema } from '@tiptap/pm/model';
import { Selection, type Transaction } from '@tiptap/pm/state';
import type { JSONContent } from '@tiptap/react';
import { StarterKit } from '@tiptap/starter-kit';
import DOMPurify from 'dompurify';
import { linesFromTables } from '../ui/rich-text/lines-from-tables.ts';
import { contentFromHtml } from '../ui/rich-text/read-html.ts';
import { uploadedPicture } from '../ui/rich-text/uploaded-picture.ts';
import type { ReplyDraft } from './reply-draft.ts';
import type { Insertion } from './use-reply-draft.ts';

/** The form that a reply can have. */
export const replyKit = [
  StarterKit.configure({
    heading: false,
    horizontalRule: false,
    link: { openOnClick: false, autolink: true, defaultProtocol: 'https' },
  }),
  uploadedPicture,
];

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
export function contentFromDraft(schema: Schema, draft: Pick<ReplyDraft, 'text' | 'html'>): JSONContent {
  if (draft.html) return contentFromHtml(schema, draft.html);
  return draft.text.trim() ? { type: 'doc', content: paragraphsFrom(draft.text) } : EMPTY;
}

/** HTML as words that a reply can have: headings are bold lines, and the rows of tables lines. */
export function wordsFromHtml(html: string): DocumentFragment {
  const fragment = DOMPurify.sanitize(`<div>${html}</div>`, { RETURN_DOM_FRAGMENT: true });
  for (const heading of fragment.querySelectorAll('h1, h2, h3, h4, h5, h6')) {
    const line = document.createElement('p');
    const strong = line.appendChild(document.createElement('strong'));
    strong.append(...heading.childNodes);
    heading.replaceWith(line);
  }
  linesFromTables(fragment);
  return fragment;
}

/** An article as a piece of a reply; the last line leads to its page, if customers have one. */
function blocksFromArticle(schema: Schema, { title, html, url }: Insertion): Fragment {
  const fragment = wordsFromHtml(html);
  if (url) {
    const line = fragment.appendChild(document.createElement('p'));
    const link = document.createElement('a');
    link.href = url;
    link.textContent = title;
    line.append('Source: ', link);
  }
  return DOMParser.fromSchema(schema).parse(fragment).content;
}

/**
 * Puts an article below the block that is written in, or in the place of an empty one, as blocks of its own. The caret
 * comes into an empty line below it.
 */
export function insertArticle(tr: Transaction, insertion: Insertion): void {
  tr.deleteSelection();
  const { schema } = tr.doc.type;
  const { $from } = tr.selection;
  const at = $from.depth === 0 ? $from.pos : $from.after(1);
  const isInEmpty = $from.depth === 1 && $from.parent.content.size === 0;
  const blocks = blocksFromArticle(schema, insertion);
  const from = isInEmpty ? $from.before(1) : at;
  const below = tr.doc.nodeAt(at);
  const hasLineBelow = below?.type.name === 'paragraph' && below.content.size === 0;
  tr.replaceWith(from, at, hasLineBelow ? blocks : blocks.addToEnd(schema.node('paragraph')));
  tr.setSelection(Selection.near(tr.doc.resolve(from + blocks.size)));
  // What is typed next does not go on with the link.
  tr.setStoredMarks([]).scrollIntoView();
}
