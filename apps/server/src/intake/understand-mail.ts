import { createHash } from 'node:crypto';
import { normalizeSubject, parseMail, sanitizeMailHtml } from '@support-center/mail';
import { newWordsOf } from './new-words.ts';
import type { UnderstandTask, UnderstoodMail } from './understood-mail.ts';

/** Shown where a letter has nothing to read. */
export const NO_VISIBLE_CONTENT = '(no visible content)';

/** Bytes in, an understood letter out. Pure, and never throws on a bad letter; runs in a thread under a budget. */
export async function understandMail({ bytes, inboundMailId }: Omit<UnderstandTask, 'kind'>): Promise<UnderstoodMail> {
  const mail = await parseMail(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const safe =
    mail.html === null ? null : sanitizeMailHtml(mail.html, { cidUrl: (cid) => inlineImageUrl(inboundMailId, cid) });
  const newText = newWordsOf(mail);
  const subject = normalizeSubject(mail.subject ?? '').key;
  return {
    mail: { ...mail, html: null, attachments: [] },
    text: mail.text || NO_VISIBLE_CONTENT,
    newText: newText || NO_VISIBLE_CONTENT,
    html: safe && showsSomething(safe.html) ? safe.html : null,
    htmlVersion: safe?.version ?? 0,
    blockedImages: safe?.blockedImages ?? 0,
    bodyHash: wordsHash(subject, newText),
    attachments: mail.attachments.map(({ name, mimeType, sizeBytes, contentId, inline, content }) => ({
      name,
      mimeType,
      sizeBytes,
      contentId,
      inline,
      content,
    })),
    pgp: null,
    unreadable: mail.faults.find((fault) => fault.code === 'UNREADABLE')?.message ?? null,
  };
}

/** Whether safe HTML has a word or an image; without, the letter's text says that there is nothing. */
function showsSomething(safeHtml: string): boolean {
  return /<(?:img|hr)\b/.test(safeHtml) || /\S/.test(safeHtml.replace(/<[^>]*>|&nbsp;/g, ''));
}

/** Where the browser finds an image that stands inside the letter. */
export function inlineImageUrl(inboundMailId: string, contentId: string): string {
  return `/a/inline/${inboundMailId}/${encodeURIComponent(contentId)}`;
}

/** Subject and new words as one hash, blanks folded, for the rule against repetition; null: too few words to tell a repetition. */
function wordsHash(subject: string, newText: string): string | null {
  const words = newText.replace(/\s+/gu, ' ').trim();
  return words.length < 20 ? null : createHash('sha256').update(`${subject}\n${words}`).digest('hex');
}
