import { TextDecoder } from 'node:util';
import { normalizeAddress } from '@support-center/mail';
import { breathe } from '../platform/breathe.ts';
import { nameOfWords, splitEntries } from './address-entries.ts';
import { readCsvRecords } from './csv-records.ts';
import { placeholderNameOf } from './placeholders.ts';

/** Longer lists are refused whole. */
export const MAX_LIST_BYTES = 20 * 1024 * 1024;
export const LIST_TOO_LARGE = `A list has at most ${MAX_LIST_BYTES / 1024 / 1024} MB. Nobody was chosen anew; split it into several mailings.`;
/** More addresses than this make no mailing. */
export const MAX_RECIPIENTS = 250_000;
const DECODED_AT_ONCE = 1024 * 1024;
const MAX_COLUMNS = 30;
const MAX_VALUE = 500;
const MAX_NAME = 200;
const MAX_LINE = 20_000;
const MAX_SHOWN = 120;
const ADDRESS_HEADINGS = new Set(['email', 'e_mail', 'mail', 'address', 'email_address', 'e_mail_address']);
const NAME_HEADINGS = new Set(['name', 'full_name']);

/** One line of a list that can be written to. */
export interface ListedRecipient {
  readonly line: number;
  readonly address: string;
  readonly name: string | null;
  /** Values by placeholder name. */
  readonly fields: Readonly<Record<string, string>>;
}

/** One line that cannot, and why. */
export interface ListError {
  readonly line: number;
  /** The line, cut. */
  readonly text: string;
  readonly message: string;
}

/** What a list said, line by line. */
export type ListLine = { readonly recipient: ListedRecipient } | { readonly error: ListError };

/** A list that cannot be read at all, with a sentence for the person who gave it. */
export class ListUnreadableError extends Error {}

/** The first line of a CSV: which column holds what. */
export interface ListColumns {
  readonly address: number;
  readonly name: number | null;
  /** Placeholder name by column; null: the column is not used. */
  readonly placeholders: readonly (string | null)[];
}

/**
 * Reads a CSV (RFC 4180; comma, semicolon or tab; UTF-8, marked UTF-16 or else windows-1252) line by line. A broken line comes out as
 * an error with its number and costs no other line. The first line names the columns; one of them is the address.
 * @throws ListUnreadableError when there is no such column, or the list is too long
 */
export async function* readCsvList(bytes: Buffer): AsyncGenerator<ListLine, void, undefined> {
  if (bytes.length > MAX_LIST_BYTES) throw new ListUnreadableError(LIST_TOO_LARGE);
  const text = await decode(bytes);
  let columns: ListColumns | null = null;
  let count = 0;
  for (const { line, fields, text: written } of readCsvRecords(text, {
    delimiter: delimiterOf(text),
    maxLength: MAX_LINE,
  })) {
    if (fields === null) {
      const message = 'The quotes of this line do not close, or it is too long.';
      yield { error: { line, text: shortened(written), message } };
      continue;
    }
    if (!columns) {
      columns = columnsOf(fields);
      continue;
    }
    if (++count > MAX_RECIPIENTS)
      throw new ListUnreadableError(`A mailing has at most ${MAX_RECIPIENTS} recipients. Split the list.`);
    yield readRow(fields, line, columns);
  }
  if (!columns)
    throw new ListUnreadableError('The list is empty. Its first line names the columns, such as email,name.');
}

/**
 * The names under which the columns of a CSV can be used, from its first line.
 * @throws ListUnreadableError when none of them is the address, or more have a name than are read
 */
export function columnsOf(headings: readonly string[]): ListColumns {
  const names = headings.map(placeholderNameOf);
  requireFewColumns(headings.filter((_, i) => names[i] !== null));
  const address = names.findIndex((name) => name !== null && ADDRESS_HEADINGS.has(name));
  if (address === -1) {
    const shown = headings.slice(0, 8).join(', ').slice(0, MAX_SHOWN);
    throw new ListUnreadableError(`No column is called email. The first line names the columns; it reads: ${shown}`);
  }
  const name = names.findIndex((each) => each !== null && NAME_HEADINGS.has(each));
  const isUsed = (each: string | null, i: number) => each !== null && i !== address && names.indexOf(each) === i;
  return {
    address,
    name: name === -1 ? null : name,
    placeholders: names.map((each, i) => (isUsed(each, i) ? each : null)),
  };
}

/** A column that is not read would be missed first by who reads the mail. */
function requireFewColumns(named: readonly string[]): void {
  if (named.length <= MAX_COLUMNS) return;
  const tooMany = named.slice(MAX_COLUMNS);
  const shown = tooMany
    .slice(0, MAX_COLUMNS)
    .map(shortened)
    .join(', ')
    .slice(0, 3 * MAX_SHOWN);
  throw new ListUnreadableError(
    `This list has ${named.length} columns with a name; a list has at most ${MAX_COLUMNS}. Take some out, such as: ${shown}.`,
  );
}

/**
 * Reads addresses out of pasted text, separated by lines, commas or semicolons: `ann@acme.example`,
 * `Ann <ann@acme.example>` or, where the name holds a comma, `"Lee, Ann" <ann@acme.example>`.
 */
export function* readPastedList(text: string): Generator<ListLine, void, undefined> {
  let count = 0;
  let line = 0;
  for (const row of text.split(/\r\n|\r|\n/)) {
    line++;
    for (const entry of splitEntries(row)) {
      if (++count > MAX_RECIPIENTS)
        throw new ListUnreadableError(`A mailing has at most ${MAX_RECIPIENTS} recipients. Split the list.`);
      yield readEntry(entry, line);
    }
  }
}

function readEntry(entry: string, line: number): ListLine {
  const open = entry.lastIndexOf('<');
  const isNamed = open !== -1 && entry.endsWith('>');
  const address = normalizeAddress(isNamed ? entry.slice(open + 1, -1) : entry);
  if (address === null) return broken(line, entry, entry);
  const name = isNamed ? nameOfWords(entry.slice(0, open)) : '';
  return { recipient: { line, address, name: cleanName(name), fields: {} } };
}

function readRow(record: readonly string[], line: number, columns: ListColumns): ListLine {
  const written = record[columns.address] ?? '';
  const address = normalizeAddress(written);
  if (address === null) return broken(line, record.join(', '), written);
  const fields: Record<string, string> = {};
  for (const [i, name] of columns.placeholders.entries()) {
    const value = record[i];
    if (name !== null && value) fields[name] = oneLine(value).slice(0, MAX_VALUE);
  }
  return {
    recipient: { line, address, name: columns.name === null ? null : cleanName(record[columns.name] ?? ''), fields },
  };
}

function broken(line: number, text: string, written: string): ListLine {
  const message =
    written === '' ? 'There is no address in this line.' : 'This is not an address. Enter one like ann@example.com.';
  return { error: { line, text: shortened(text), message } };
}

function shortened(text: string): string {
  return oneLine(text.slice(0, 2 * MAX_SHOWN)).slice(0, MAX_SHOWN);
}

function cleanName(name: string): string | null {
  return oneLine(name).slice(0, MAX_NAME) || null;
}

/** A value may become part of a header: line ends and controls would begin another one. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}

/** The sign that parts the columns, by what the first line has most of. */
function delimiterOf(text: string): string {
  const first = text.slice(0, MAX_LINE).split(/\r\n|\r|\n/, 1)[0] ?? '';
  const count = (sign: string) => first.split(sign).length;
  return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}

/** As the mark at its beginning says, which spreadsheets put before UTF-16; else UTF-8, and where it is none windows-1252. */
async function decode(bytes: Buffer): Promise<string> {
  const mark = bytes.toString('latin1', 0, 2);
  if (mark === '\xff\xfe') return decodeAs(new TextDecoder('utf-16le'), bytes);
  if (mark === '\xfe\xff') return decodeAs(new TextDecoder('utf-16be'), bytes);
  try {
    return await decodeAs(new TextDecoder('utf-8', { fatal: true }), bytes);
  } catch {
    return decodeAs(new TextDecoder('windows-1252'), bytes);
  }
}

/** In pieces: a list of the largest size in windows-1252 takes a third of a second. */
async function decodeAs(decoder: TextDecoder, bytes: Buffer): Promise<string> {
  let text = '';
  for (let at = 0; at < bytes.length; at += DECODED_AT_ONCE) {
    text += decoder.decode(bytes.subarray(at, at + DECODED_AT_ONCE), { stream: true });
    await breathe();
  }
  return text + decoder.decode();
}
