import { DOMParser, type Schema } from '@tiptap/pm/model';
import type { JSONContent } from '@tiptap/react';
import DOMPurify from 'dompurify';
import type { ReplyDraft } from './reply-draft.ts';

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

/** A draft as the editor's document. The HTML is cleaned, then read node by node, never as text by the page. */
export function contentFromDraft(schema: Schema, draft: ReplyDraft): JSONContent {
  if (draft.html) {
    const fragment = DOMPurify.sanitize(draft.html, { RETURN_DOM_FRAGMENT: true });
    return DOMParser.fromSchema(schema).parse(fragment).toJSON() as JSONContent;
  }
  return draft.text.trim() ? { type: 'doc', content: paragraphsFrom(draft.text) } : EMPTY;
}
