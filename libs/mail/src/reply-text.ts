import { DEVICE_SIGNATURES } from './quote-phrases.ts';
import { foldLine, isQuoted, MAX_SIGN_LENGTH, nextFilled, signAt } from './quote-signs.ts';
import { foldText } from './subject.ts';

/** The line in our own letters above which the answer is written. It stands on a line of its own. */
export const REPLY_MARKER = '=== Please write your answer above this line ===';

/** Options of reading a reply. */
export interface ReplyTextOptions {
  /** Our marker line, where it differs from `REPLY_MARKER`; both are known. Shorter than eight characters it is not used. */
  marker?: string;
  /** The letter is a forward, by its subject: nothing of it is folded. */
  isForward?: boolean;
}

/** A run of lines of one kind; the texts of all blocks, joined by `\n`, are the whole text again. */
export interface ReplyBlock {
  kind: 'NEW' | 'QUOTE' | 'SIGNATURE';
  text: string;
}

type Kind = ReplyBlock['kind'];

/**
 * The new words of a reply. What is left out (quotation, signature) is meant to be folded, never to be deleted.
 * Everything is shown when nothing would be left, when the answer stands between the quotes, and for a forward.
 * `hasQuote` tells whether anything was left out. Linear in the length of the text.
 */
export function newTextOf(text: string, options: ReplyTextOptions = {}): { newText: string; hasQuote: boolean } {
  const blocks = splitReply(text, options);
  const shown = blocks.filter(({ kind }) => kind === 'NEW').map((block) => block.text);
  return {
    newText: trimBlankLines(shown.join('\n')),
    hasQuote: blocks.some(({ kind, text: hidden }) => kind !== 'NEW' && /\S/.test(hidden)),
  };
}

/** Takes the text of a reply apart, line by line, without losing one. */
export function splitReply(text: string, options: ReplyTextOptions = {}): ReplyBlock[] {
  const lines = text.split('\n');
  const kinds = kindsOf(lines, options);
  const isShown = kinds.some((kind, at) => kind === 'NEW' && isWord(lines[at]));
  return isShown ? blocksOf(lines, kinds) : [{ kind: 'NEW', text }];
}

/** Whether the letter holds words of its own beside quotation and signature. */
export function hasOwnWords(text: string): boolean {
  const lines = text.split('\n');
  return kindsOf(lines, {}).some((kind, at) => kind === 'NEW' && isWord(lines[at]));
}

function isWord(line: string | undefined): boolean {
  return /[\p{L}\p{N}\p{S}]/u.test(line ?? '');
}

function trimBlankLines(text: string): string {
  const lines = text.split('\n');
  const first = lines.findIndex((line) => line.trim() !== '');
  const last = lines.findLastIndex((line) => line.trim() !== '');
  return first === -1
    ? ''
    : lines
        .slice(first, last + 1)
        .join('\n')
        .trimEnd();
}

function blocksOf(lines: string[], kinds: Kind[]): ReplyBlock[] {
  const blocks: ReplyBlock[] = [];
  let start = 0;
  for (let at = 1; at <= lines.length; at++) {
    if (at < lines.length && kinds[at] === kinds[start]) continue;
    blocks.push({ kind: kinds[start] as Kind, text: lines.slice(start, at).join('\n') });
    start = at;
  }
  return blocks;
}

function kindsOf(lines: string[], options: ReplyTextOptions): Kind[] {
  const kinds = new Array<Kind>(lines.length).fill('NEW');
  if (options.isForward) return kinds;
  const end = markQuotes(lines, kinds, markersOf(options));
  if (end === -1) return kinds.fill('NEW');
  const runs = runsOf(lines, kinds, end);
  if (runs.length === 0) return kinds;
  const [before, after] = [runs[0], runs[1]];
  if (runs.length > 2 || (after && !isOnlySignature(lines, after)) || isBetweenQuotes(lines, kinds, runs, end)) {
    return kinds.fill('NEW', 0, end);
  }
  if (before) markSignature(lines, kinds, before);
  if (after) kinds.fill('SIGNATURE', after.start, after.end);
  return kinds;
}

function markersOf({ marker }: ReplyTextOptions): string[] {
  return [REPLY_MARKER, marker ?? '']
    .map((text) => foldText(text).replace(/\s+/g, ' ').trim())
    .filter((text) => text.length >= 8);
}

/**
 * Marks quoted lines from the top, as far as the sign behind which all is quotation. Returns the line where that part
 * starts, or the number of lines; -1 when a forwarded letter comes first.
 */
function markQuotes(lines: string[], kinds: Kind[], markers: string[]): number {
  let read = 0;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] as string;
    if (isQuoted(line)) {
      kinds[at] = 'QUOTE';
      continue;
    }
    if (line.length > MAX_SIGN_LENGTH || line.trim() === '' || ++read > MAX_READ_LINES) continue;
    const sign = signAt(lines, at, markers);
    if (sign === 'FORWARD') return -1;
    if (sign === 'REST') return markRest(lines, kinds, at);
    if (typeof sign === 'number') {
      if (!isQuoted(lines[nextFilled(lines, sign)] ?? '')) return markRest(lines, kinds, at);
      kinds.fill('QUOTE', at, sign);
      at = sign - 1;
    }
  }
  return lines.length;
}

/** The rest is quotation, with a line of underscores above it. */
function markRest(lines: string[], kinds: Kind[], from: number): number {
  const above = lastFilled(lines, from);
  const start = above >= 0 && /^[\s*]*_{5,}[\s*]*$/.test(lines[above] as string) ? above : from;
  kinds.fill('QUOTE', start);
  return start;
}

/** Signs are looked for in so many filled lines that are not quoted; behind them only `>` tells a quotation. */
export const MAX_READ_LINES = 20_000;
function lastFilled(lines: string[], before: number): number {
  let at = before - 1;
  while (at >= 0 && at > before - 4 && (lines[at] as string).trim() === '') at--;
  return at;
}

interface Run {
  start: number;
  end: number;
}

/** The runs of new lines before `end` that hold a word, parted by quoted lines. */
function runsOf(lines: string[], kinds: Kind[], end: number): Run[] {
  const runs: Run[] = [];
  let start = -1;
  for (let at = 0; at <= end; at++) {
    const isNew = at < end && kinds[at] === 'NEW';
    if (isNew && start === -1) start = at;
    if (isNew || start === -1) continue;
    if (lines.slice(start, at).some(isWord)) runs.push({ start, end: at });
    start = -1;
  }
  return runs;
}

/** Whether quoted words stand above and below the one run: then the answer needs them. */
function isBetweenQuotes(lines: string[], kinds: Kind[], [run]: Run[], end: number): boolean {
  if (!run) return false;
  const holdsQuote = (from: number, to: number) => {
    for (let at = from; at < to; at++) if (kinds[at] === 'QUOTE' && isWord(lines[at])) return true;
    return false;
  };
  return holdsQuote(0, run.start) && holdsQuote(run.end, end);
}

const SIGNATURE_LINE = /^-- ?\r?$|^--\u00a0$/;
const MAX_SIGNATURE_LINES = 40;
const MAX_DEVICE_LINE = 120;
const devices = DEVICE_SIGNATURES.map(foldText);

function isDeviceLine(line: string): boolean {
  if (line.length > MAX_DEVICE_LINE) return false;
  const folded = foldLine(line).replace(/^[*_<[(]+/, '');
  return devices.some((start) => folded.startsWith(start.trimEnd()));
}

/** What follows the quotation is a signature or the foot of a mailing list, not an answer. */
function isOnlySignature(lines: string[], run: Run): boolean {
  const filled = lines
    .slice(run.start, Math.min(run.end, run.start + MAX_SIGNATURE_LINES + 1))
    .filter((line) => line.trim() !== '');
  const first = filled[0] ?? '';
  return (
    filled.length <= MAX_SIGNATURE_LINES &&
    (SIGNATURE_LINE.test(first) || /^_{20,}\s*$/.test(first) || filled.every(isDeviceLine))
  );
}

/** Folds the signature at the end of the run: behind `-- `, or lines such as "Sent from my phone". */
function markSignature(lines: string[], kinds: Kind[], run: Run): void {
  let { end } = run;
  const from = Math.max(run.start, end - MAX_SIGNATURE_LINES);
  for (let at = from; at < end; at++) {
    if (SIGNATURE_LINE.test(lines[at] as string)) end = at;
  }
  let last = lastWord(lines, run.start, end);
  for (let count = 0; count < 3 && last >= run.start && isDeviceLine(lines[last] as string); count++) {
    end = last;
    last = lastWord(lines, run.start, end);
  }
  kinds.fill('SIGNATURE', end, run.end);
}

function lastWord(lines: string[], from: number, end: number): number {
  let at = end - 1;
  while (at >= from && (lines[at] as string).trim() === '') at--;
  return at;
}
