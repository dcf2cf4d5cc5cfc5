import { letterWords } from './letter-text.ts';

/** The newest so many texts of an article are learnt from, and of them so many words. */
export const mostFeedbackTexts = 50;
export const mostFeedbackWords = 4000;
/** A single text keeps so many words, so that one long letter cannot speak for all. */
export const mostWordsOfText = 400;
const longestTicket = 20_000;
const longestWord = 100;

/** Tried only where a word begins: from each sign of a long word it would take the square of its length. */
const address = /(?<!\S)\S+@\S+/gu;
const link = /(?:https?:\/\/|www\.)\S+/giu;
/** Seven or more digits, also in groups: telephone, account, card and customer numbers. */
const longNumber = /(?<![\p{L}\p{N}])[+(]?\p{Nd}(?:[ \t()./-]{0,2}\p{Nd}){6,}/gu;
const longDigitRun = /\p{Nd}{5,}/gu;
const controls = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF]+/gu;

/**
 * What may be learnt from a ticket: subject and first letter in one line, without greeting, quotes and signature, and
 * without addresses, links, telephone numbers and runs of five or more digits. At most 400 words.
 */
export function cleanTicketText(subject: string, letter: string): string {
  const text = `${subject.slice(0, 500)}\n${letterWords(letter.slice(0, longestTicket))}`;
  const cleaned = text
    .replace(controls, ' ')
    .split(/\s+/u)
    .map((word) => word.slice(0, longestWord))
    .join(' ')
    .replace(link, ' ')
    .replace(address, ' ')
    .replace(longNumber, ' ')
    .replace(longDigitRun, ' ');
  return firstWords(cleaned, mostWordsOfText);
}

/** The texts that are learnt, newest first, within the limits of 50 texts and 4,000 words; the last may be cut. */
export function withinFeedbackLimits(newestFirst: readonly string[]): string[] {
  const kept: string[] = [];
  let left = mostFeedbackWords;
  for (const text of newestFirst.slice(0, mostFeedbackTexts)) {
    if (left <= 0) break;
    const words = firstWords(text.slice(0, longestTicket), Math.min(left, mostWordsOfText));
    if (words === '') continue;
    kept.push(words);
    left -= words.split(' ').length;
  }
  return kept;
}

function firstWords(text: string, most: number): string {
  return text
    .split(/\s+/u)
    .filter((word) => word !== '')
    .slice(0, most)
    .join(' ');
}
