import { htmlToText, sanitizeMailHtml } from '@support-center/mail';
import { invalidInput } from '../platform/errors.ts';
import { MAX_MESSAGE_TEXT, requireText } from './message-text.ts';

/** Text and, where an editor made some, clean HTML. */
export interface ReplyBody {
  readonly text: string;
  readonly html: string | null;
}

/** @throws AppError INVALID_INPUT when there is nothing to send or too much */
export function replyBody({ text, html }: { text?: string | null; html?: string | null }): ReplyBody {
  if (!html?.trim()) return { text: requireText('text', text), html: null };
  if (html.length > 2 * MAX_MESSAGE_TEXT)
    throw invalidInput([{ path: 'html', message: 'A message holds at most 2,000,000 characters of HTML.' }]);
  const clean = sanitizeMailHtml(html, { loadRemoteImages: true }).html;
  return { text: requireText('text', text?.trim() ? text : htmlToText(clean)), html: clean };
}
