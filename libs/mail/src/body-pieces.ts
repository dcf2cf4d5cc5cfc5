import type { FaultList } from './faults.ts';
import { htmlToText } from './html-text.ts';
import type { MailLimits } from './limits.ts';
import { cleanText, cutText } from './plain-text.ts';

/** One piece of readable content: plain text, HTML, or the same content in both forms. */
export interface BodyPiece {
  plain: string | null;
  html: string | null;
}

/**
 * One piece out of the forms of the same content (RFC 2046, section 5.1.4), each form a list of pieces: the last form
 * of plain text alone and the last form with HTML. An empty plain form does not hide the words of the HTML.
 */
export function chooseForms(forms: readonly (readonly BodyPiece[])[]): BodyPiece | null {
  const filled = forms.filter((form) => form.length > 0);
  const rich = filled.findLast((form) => form.some(({ html }) => html !== null)) ?? null;
  const plain =
    filled.findLast((form) => form.every(({ html }) => html === null) && textOf(form).trim() !== '') ?? null;
  if (rich === null) return plain === null ? null : { plain: textOf(plain), html: null };
  return { plain: plain === null ? plainOfRich(rich) : textOf(plain), html: htmlOf(rich) };
}

function plainOfRich(form: readonly BodyPiece[]): string | null {
  return form.every(({ plain }) => plain !== null) ? textOf(form) : null;
}

/** The readable text of all pieces, within the limit. */
export function joinText(pieces: readonly BodyPiece[], limits: MailLimits, faults: FaultList): string {
  const text = cleanText(textOf(pieces), faults).trim();
  if (text.length > limits.textChars) faults.add('TEXT_TOO_LONG');
  return cutText(text, limits.textChars);
}

/** The HTML of all pieces, within the limit; null when none of them has any. */
export function joinHtml(pieces: readonly BodyPiece[], limits: MailLimits, faults: FaultList): string | null {
  if (!pieces.some(({ html }) => html !== null)) return null;
  const html = htmlOf(pieces);
  if (html.length > limits.htmlChars) faults.add('HTML_TOO_LONG');
  return cutText(html, limits.htmlChars);
}

function textOf(pieces: readonly BodyPiece[]): string {
  const texts = pieces.map(({ plain, html }) => (plain?.trim() ? plain : html === null ? '' : htmlToText(html)));
  return texts
    .map((text) => text.replace(/^\n/, '').trimEnd())
    .filter((text) => text !== '')
    .join('\n\n');
}

function htmlOf(pieces: readonly BodyPiece[]): string {
  return pieces
    .map(({ plain, html }) => html ?? plainAsHtml(plain ?? ''))
    .filter((html) => html !== '')
    .join('\n');
}

function plainAsHtml(text: string): string {
  if (text.trim() === '') return '';
  const escaped = text.trimEnd().replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  return `<div style="white-space: pre-wrap">${escaped}</div>`;
}
