/** One record of a CSV, or one line that is none. */
export interface CsvRecord {
  /** The line that it begins in, from 1. */
  readonly line: number;
  /** Its values without the blanks around them; null: its quotes do not close or do not stand at the edges, or it is too long. */
  readonly fields: readonly string[] | null;
  /** The line as it is written. */
  readonly text: string;
}

/**
 * Parts a CSV (RFC 4180) into records and passes over empty lines. A broken record costs the line that it begins in and
 * no more: reading goes on with the next line, so that quotes left open do not swallow what follows.
 */
export function* readCsvRecords(
  text: string,
  { delimiter, maxLength }: { delimiter: string; maxLength: number },
): Generator<CsvRecord, void, undefined> {
  let at = 0;
  for (let line = 1; at < text.length; line++) {
    const written = lineAt(text, at);
    if (written.trim() === '') {
      at = nextLine(text, at + written.length);
      continue;
    }
    const end = Math.min(text.length, at + maxLength);
    const record = written.length > maxLength ? null : readRecord(text, at, end, delimiter);
    yield { line, fields: record?.fields ?? null, text: written };
    if (record) line += lineEndsWithin(text.slice(at, record.end));
    at = nextLine(text, record?.end ?? at + written.length);
  }
}

/** The record that begins at `start`; null where it is broken or goes past `end`. */
function readRecord(
  text: string,
  start: number,
  end: number,
  delimiter: string,
): { fields: string[]; end: number } | null {
  const fields: string[] = [];
  const isBlank = (at: number) => text[at] !== delimiter && (text[at] === ' ' || text[at] === '\t');
  const isEdge = (at: number) => at >= text.length || text[at] === delimiter || text[at] === '\n' || text[at] === '\r';
  let at = start;
  for (;;) {
    while (isBlank(at)) at++;
    let value = '';
    if (text[at] === '"') {
      for (;;) {
        const close = text.indexOf('"', at + 1);
        if (close === -1 || close >= end) return null;
        value += text.slice(at + 1, close);
        at = close + 1;
        if (text[at] !== '"') break;
        value += '"';
      }
      while (isBlank(at)) at++;
      if (!isEdge(at)) return null;
    } else {
      const from = at;
      while (!isEdge(at)) if (text[at++] === '"') return null;
      value = text.slice(from, at);
    }
    fields.push(value.trim());
    if (text[at] !== delimiter) return { fields, end: at };
    at++;
  }
}

/** The line that begins at `start`, without its end. */
function lineAt(text: string, start: number): string {
  let end = start;
  while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end++;
  return text.slice(start, end);
}

/** Where the line behind a line end at `at` begins. */
function nextLine(text: string, at: number): number {
  return text.startsWith('\r\n', at) ? at + 2 : at + 1;
}

function lineEndsWithin(text: string): number {
  return text.split(/\r\n|\r|\n/).length - 1;
}
