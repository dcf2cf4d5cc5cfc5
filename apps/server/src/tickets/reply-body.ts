import { htmlToText, sanitizeMailHtml } from '@support-center/mail';
import { invalidInput } from '../platform/errors.ts';
import { MAX_MESSAGE_TEXT, requireText } from './message-text.ts';

/** Text and, where an editor made some, clean HTML. */
export interface ReplyBody {
  readonly text: string;
  readonly html: string | null;
}

const UPLOADED = /(\ssrc\s*=\s*["']?)\/uploads\/([0-9a-f-]{36})/gi;
const KEPT = /\/a\/inline\/([0-9a-f-]{36})\/\1/g;

/**
 * What an editor made, clean. An image of an uploaded file stands in it where its attachment will be found.
 * @throws AppError INVALID_INPUT when there is nothing to send or too much
 */
export function replyBody({ text, html }: { text?: string | null; html?: string | null }): ReplyBody {
  if (!html?.trim()) return { text: requireText('text', text), html: null };
  if (html.length > 2 * MAX_MESSAGE_TEXT)
    throw invalidInput([{ path: 'html', message: 'A message holds at most 2,000,000 characters of HTML.' }]);
  const named = html.replace(UPLOADED, '$1cid:upload-$2');
  const clean = sanitizeMailHtml(named, { loadRemoteImages: true, cidUrl: placeOfUpload }).html;
  const words = text?.trim() ? text : htmlToText(clean);
  return { text: requireText('text', words.trim() || (clean.includes('<img') ? '[image]' : words)), html: clean };
}

function placeOfUpload(contentId: string): string | null {
  const id = /^upload-([0-9a-f-]{36})$/.exec(contentId)?.[1];
  return id === undefined ? null : `/a/inline/${id}/${id}`;
}

/** The HTML of a reply as an editor takes it again: its images are uploads once more. */
export function editableHtml(html: string): string {
  return html.replace(KEPT, '/uploads/$1');
}
