import { htmlToText, sanitizeMailHtml } from '@support-center/mail';
import { REPLY_PLACEHOLDERS, requireKnown } from '../outbound/mail-templates.ts';
import { invalidInput } from '../platform/errors.ts';
import { snippetOf } from '../tickets/add-message.ts';
import { MAX_MESSAGE_TEXT, requireText } from '../tickets/message-text.ts';

const PICTURE = /<img\b[^<>]*>/g;
const PLACEHOLDER_IN_LINK = /\shref="[^"]*(?:\{\{|%7B%7B)/i;

/** The words of a saved reply, clean, and how they begin. */
export interface SavedReplyBody {
  readonly html: string;
  readonly excerpt: string;
}

/**
 * What an editor made, cleaned as replies are. Pictures are left out: each was sent up for one mail.
 * @throws AppError INVALID_INPUT when it is blank or too long, or names a placeholder that there is not
 */
export function savedReplyBody(html: string | null | undefined): SavedReplyBody {
  const say = (message: string) => invalidInput([{ path: 'html', message }]);
  if ((html?.length ?? 0) > 2 * MAX_MESSAGE_TEXT)
    throw say('A saved reply holds at most 2,000,000 characters of HTML.');
  const clean = sanitizeMailHtml(html ?? '').html.replace(PICTURE, '');
  const text = requireText('html', htmlToText(clean));
  if (PLACEHOLDER_IN_LINK.test(clean))
    throw say('A placeholder cannot stand in the address of a link. Put it into the words.');
  requireKnown('html', text, REPLY_PLACEHOLDERS);
  return { html: clean, excerpt: snippetOf(text) };
}
