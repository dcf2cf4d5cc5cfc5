import { getSchema } from '@tiptap/core';
import { articleKit } from '../ui/rich-text/extensions.ts';
import { writeMarkdown } from '../ui/rich-text/write-markdown.ts';
import { contentFromDraft } from './editor-content.ts';
import { emptyDraft, type ReplyDraft } from './reply-draft.ts';

/** The words of a reply as the body of an article, with their form as far as an article has it. */
export function articleBodyFrom(reply: Pick<ReplyDraft, 'text' | 'html'>): string {
  return writeMarkdown(contentFromDraft(getSchema([articleKit]), { ...emptyDraft(false), ...reply }));
}
