import type { FaultList } from './faults.ts';

/** Lines of a text with \n ends, without NUL and C0 controls but for tab; C1 controls go as well (U+0085 is a line end). */
export function cleanText(text: string, faults: FaultList): string {
  const lines = text.replace(/\r\n?|\u0085|\u2028|\u2029/g, '\n').replace(/\f/g, '\n');
  const clean = lines.replace(/[\u0000-\u0008\u000b\u000e-\u001f\u007f-\u009f]/g, '');
  if (clean.length !== lines.length) faults.add('CONTROLS_REMOVED');
  return wellFormed(clean);
}

/** Cuts every line after `limit` units. */
export function cutLines(text: string, limit: number, faults: FaultList): string {
  if (text.length <= limit) return text;
  const lines = text.split('\n');
  if (!lines.some((line) => line.length > limit)) return text;
  faults.add('LINE_TOO_LONG');
  return lines.map((line) => (line.length > limit ? `${cutText(line, limit)} […]` : line)).join('\n');
}

/** Joins lines that the writer's program broke (RFC 3676): a line with a blank at its end goes on, quotation by depth. */
export function unflow(text: string, delSp: boolean): string {
  const out: string[] = [];
  let depth = -1;
  let open = false;
  for (const line of text.split('\n')) {
    const quotes = /^>*/.exec(line)?.[0].length ?? 0;
    const rest = line.slice(quotes);
    const content = rest.startsWith(' ') ? rest.slice(1) : rest;
    const isSignature = content === '-- ';
    const flows = content.endsWith(' ') && !isSignature;
    const kept = flows && delSp ? content.slice(0, -1) : content;
    if (open && quotes === depth && !isSignature) out.push(kept);
    else out.push(out.length === 0 ? '' : '\n', quotes > 0 ? `${'>'.repeat(quotes)} ` : '', kept);
    depth = quotes;
    open = flows;
  }
  return out.join('');
}

/** Drops halves of surrogate pairs, which no database keeps. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Cs}/gu, '');
}

/** The first `limit` units of a text, never half a sign. */
export function cutText(text: string, limit: number): string {
  return text.length <= limit ? text : wellFormed(text.slice(0, limit));
}

/** `text` without the signs of `signs` at both ends; one pass, unlike a regex with `+$`. */
export function trimSigns(text: string, signs: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && signs.includes(text[from] as string)) from += 1;
  while (to > from && signs.includes(text[to - 1] as string)) to -= 1;
  return text.slice(from, to);
}
