import type { Link } from './link.ts';
import type { Pop3Warning } from './options.ts';

const WARNINGS = 100;
const LINE = /^(\d{1,10})[ \t]+([\s\S]*)$/;
/** RFC 1939, section 7: 1 to 70 characters in the range 0x21 to 0x7E. */
const UNIQUE_ID = /^[\x21-\x7e]{1,70}$/;

type Warn = ((warning: Pop3Warning) => void) | undefined;

/** Reads the lines of LIST: number -> size. What cannot be read is told and left out; the first of two wins. */
export function readSizes(link: Link, onWarning: Warn): Promise<Map<number, number>> {
  return readNumbered(link, 'LIST', onWarning, (value) => {
    const digits = /^(\d{1,15})(?:[ \t]|$)/.exec(value)?.[1];
    return digits === undefined ? { warning: 'MALFORMED_LINE' } : { value: Number(digits) };
  });
}

/** Reads the lines of UIDL: number -> id. A message without a usable id is left out; a repeated id is told and kept. */
export async function readUniqueIds(link: Link, onWarning: Warn): Promise<Map<number, string>> {
  const seen = new Set<string>();
  return readNumbered(link, 'UIDL', onWarning, (text, isCut) => {
    const value = text.trimEnd();
    if (isCut || value.length > 70) return { warning: 'ID_TOO_LONG' };
    if (!UNIQUE_ID.test(value)) return { warning: 'MALFORMED_ID' };
    if (seen.has(value)) return { value, warning: 'DUPLICATE_ID' };
    seen.add(value);
    return { value };
  });
}

type Read<T> = { value?: T; warning?: Pop3Warning['reason'] };

async function readNumbered<T>(
  link: Link,
  command: 'LIST' | 'UIDL',
  onWarning: Warn,
  read: (value: string, isCut: boolean) => Read<T>,
): Promise<Map<number, T>> {
  const entries = new Map<number, T>();
  let told = 0;
  const warn = (number: number | null, reason: Pop3Warning['reason']) => {
    told += 1;
    if (told <= WARNINGS) onWarning?.({ command, number, reason });
  };
  await link.lines(`The ${command} listing`, (line, isCut) => {
    const [, digits, rest] = LINE.exec(line) ?? [];
    const number = Number(digits ?? 0);
    if (number === 0 || rest === undefined) return warn(null, 'MALFORMED_LINE');
    if (entries.has(number)) return warn(number, 'DUPLICATE_NUMBER');
    const { value, warning } = read(rest, isCut);
    if (warning !== undefined) warn(number, warning);
    if (value !== undefined) entries.set(number, value);
  });
  return entries;
}
