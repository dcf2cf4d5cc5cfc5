import { invalidInput } from '../platform/errors.ts';

/** What every mailing may use; the columns of a list come on top. */
export const FIXED_PLACEHOLDERS = ['name', 'first_name', 'email', 'unsubscribe_link'] as const;

const ANY = /\{\{([^{}]{0,300})\}\}/g;
const NAME = /^[a-z][a-z0-9_]{0,39}$/;
const MAX_NAMED = 5;

/** Values of one recipient by placeholder name; a missing or empty one takes the fallback. */
export type PlaceholderValues = ReadonlyMap<string, string>;

/** `text` with each `{{name}}` or `{{name|fallback}}` filled in; `encode` makes a value safe for where it stands. */
export function fillPlaceholders(
  text: string,
  values: PlaceholderValues,
  encode: (value: string) => string = (value) => value,
): string {
  return text.replace(ANY, (_whole, inside: string) => {
    const { name, fallback } = readPlaceholder(inside);
    return encode(values.get(name)?.trim() || fallback);
  });
}

/** The placeholders in `text` that `known` does not hold, as written, without repeats. */
export function unknownPlaceholders(text: string, known: readonly string[]): string[] {
  const unknown = new Set<string>();
  for (const [, inside] of text.matchAll(ANY)) {
    const { name } = readPlaceholder(inside!);
    if (!NAME.test(name) || !known.includes(name)) unknown.add(inside!.trim());
  }
  return [...unknown];
}

/** Names used in `text` without a fallback. */
export function bareNames(text: string): string[] {
  const names = [...text.matchAll(ANY)].map(([, inside]) => readPlaceholder(inside!));
  return [...new Set(names.filter(({ fallback }) => fallback === '').map(({ name }) => name))];
}

/** @throws AppError INVALID_INPUT that names each placeholder which nobody can fill in */
export function requireKnownPlaceholders(fields: Readonly<Record<string, string>>, known: readonly string[]): void {
  const errors = Object.entries(fields).flatMap(([path, text]) => {
    const unknown = unknownPlaceholders(text, known);
    if (unknown.length === 0) return [];
    const named = unknown.slice(0, MAX_NAMED).map((name) => `{{${name.slice(0, 60)}}}`);
    const message = `There is nothing to fill in for ${named.join(', ')}. Known are ${known.map((name) => `{{${name}}}`).join(', ')}.`;
    return [{ path, message }];
  });
  if (errors.length > 0) throw invalidInput(errors);
}

/** The name under which a list's column can be used; null: its heading makes none. */
export function placeholderNameOf(heading: string): string | null {
  const name = heading
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[_0-9]+|_+$/g, '')
    .slice(0, 40);
  return NAME.test(name) ? name : null;
}

function readPlaceholder(inside: string): { name: string; fallback: string } {
  const bar = inside.indexOf('|');
  return bar === -1
    ? { name: inside.trim(), fallback: '' }
    : { name: inside.slice(0, bar).trim(), fallback: inside.slice(bar + 1).trim() };
}
