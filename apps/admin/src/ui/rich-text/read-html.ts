import { DOMParser, type Schema } from '@tiptap/pm/model';
import type { JSONContent } from '@tiptap/react';
import DOMPurify from 'dompurify';

/** HTML as the editor's document. It is cleaned, then read node by node, never as text by the page. */
export function contentFromHtml(schema: Schema, html: string): JSONContent {
  const fragment = DOMPurify.sanitize(html, { RETURN_DOM_FRAGMENT: true });
  return DOMParser.fromSchema(schema).parse(fragment).toJSON() as JSONContent;
}
