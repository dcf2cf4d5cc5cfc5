import { createHash } from 'node:crypto';
import { newTextOf } from './reply-text.ts';
import { foldText } from './subject.ts';

/** A text with fewer letters is too short to tell a machine from a person who says "thanks" twice. */
export const MIN_HASHED_LETTERS = 20;
/** Only so much of a text counts. */
export const MAX_HASHED_LENGTH = 100_000;
/** So many equal letters of one sender within `REPEAT_WINDOW_MS`, this one included, and the letter is held. */
export const MAX_EQUAL_BODIES = 3;
export const REPEAT_WINDOW_MS = 600_000;

/**
 * The hash of what a letter says, SHA-256 in lower-case hex; equal for letters that differ only in case, white space,
 * numbers (dates, ticket numbers) and quotation. Null when there are too few letters to compare.
 */
export function bodyHash(text: string): string | null {
  const { newText } = newTextOf(text.slice(0, MAX_HASHED_LENGTH));
  const words = foldText(newText)
    .replace(/\p{N}+/gu, '0')
    .replace(/[^\p{L}\p{M}0]+/gu, ' ')
    .trim();
  if ((words.match(/\p{L}/gu)?.length ?? 0) < MIN_HASHED_LETTERS) return null;
  return createHash('sha256').update(words).digest('hex');
}

/** Whether a letter that arrives now is one too many of the same: `history` holds the sender's earlier letters. */
export function repeatsTooOften(
  history: readonly { hash: string | null; at: Date }[],
  hash: string | null,
  now: Date,
): boolean {
  if (hash === null) return false;
  const since = now.getTime() - REPEAT_WINDOW_MS;
  return history.filter((letter) => letter.hash === hash && letter.at.getTime() > since).length + 1 >= MAX_EQUAL_BODIES;
}
