import { createHash } from 'node:crypto';
import { normalizeAddress, normalizeSubject, parseMail, sanitizeMailHtml } from '@support-center/mail';
import { newWordsOf } from './new-words.ts';
import { offeredKeys } from './offered-keys.ts';
import { PgpKnowledge } from './pgp-knowledge.ts';
import { readPgpMime } from './read-pgp.ts';
import { readPgpInline } from './read-pgp-inline.ts';
import type { UnderstandTask, UnderstoodMail } from './understood-mail.ts';

/** Shown where a letter has nothing to read. */
export const NO_VISIBLE_CONTENT = '(no visible content)';

/**
 * Bytes and what is known of keys in, an understood letter out: parsed, opened, its inner part parsed, made safe. Pure,
 * and never throws on a bad letter; runs in a thread under a budget, which holds no private key (see `needs`).
 */
export async function understandMail(task: Omit<UnderstandTask, 'kind'>): Promise<UnderstoodMail> {
  const { bytes: given, inboundMailId, openings = [], publicKeys = [], now = new Date() } = task;
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength);
  const outer = await parseMail(bytes);
  const from = outer.from ? normalizeAddress(outer.from.address) : null;
  const known = new PgpKnowledge({ openings, publicKeys, from, now });
  const pgp = (await readPgpMime(bytes, outer, known)) ?? (await readPgpInline(bytes, outer, known));
  const mail = pgp?.mail ?? outer;
  const safe =
    mail.html === null ? null : sanitizeMailHtml(mail.html, { cidUrl: (cid) => inlineImageUrl(inboundMailId, cid) });
  const newText = newWordsOf(mail);
  const shownSubject = pgp?.innerSubject ?? outer.subject;
  const subject = normalizeSubject(shownSubject ?? '').key;
  return {
    mail: { ...mail, subject: shownSubject, html: null, attachments: [] },
    outerSubject: outer.subject,
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
    pgp: pgp?.state ?? null,
    offeredKeys: await offeredKeys(outer, mail, now),
    needs: { pieces: known.pieces, signers: [...known.signers] },
    unreadable: mail.faults.find((fault) => fault.code === 'UNREADABLE')?.message ?? null,
  };
}

/** Whether safe HTML has a word or an image; without, the letter's text says that there is nothing. */
function showsSomething(safeHtml: string): boolean {
  return /<(?:img|hr)\b/.test(safeHtml) || /\S/.test(safeHtml.replace(/<[^<>]*>|&nbsp;/g, ''));
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
