import { htmlToText, type Mail, newTextOf, normalizeSubject, splitReplyHtml } from '@support-center/mail';

/**
 * What the sender wrote anew: without quotation and signature, whole where nothing would be left. HTML is cut first, at
 * the element by which a mail program marks its quote; then the text by its lines. A forward is never cut.
 */
export function newWordsOf({ subject, text, html }: Pick<Mail, 'subject' | 'text' | 'html'>): string {
  const isForward = isForwarded(subject ?? '');
  const quoted = html === null || isForward ? null : splitReplyHtml(html);
  const above = quoted?.quotedHtml ? htmlToText(quoted.newHtml).trim() : '';
  return newTextOf(above || text, { isForward }).newText;
}

/** Only the outermost prefix tells: "Re: Fwd: invoice" answers somebody who had forwarded. */
function isForwarded(subject: string): boolean {
  const [outermost] = normalizeSubject(subject).prefixes;
  return outermost !== undefined && normalizeSubject(`${outermost}: x`).isForward;
}
