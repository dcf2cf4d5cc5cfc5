import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkSync } from 'recheck';
import { parseSync } from 'vite';
import { describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../../..');
/** Everything that meets the text of a letter. */
const FOLDERS = [
  ...['libs/mail/src', 'libs/pgp/src', 'libs/suggest/src'],
  ...['intake', 'tickets'].map((feature) => `apps/server/src/${feature}`),
  'apps/admin/src/tickets',
];
/** Patterns that were proved linear once; the proof takes seconds for some. `PROVE_ALL=1` proves all anew, `WRITE_PROVEN=1` writes the list too. */
const PROVEN = join(import.meta.dirname, '../testing/proven-patterns.json');
/** Not proved by the prover, and why they cost little: what they meet is short, or each try ends soon. */
const JUDGED: Record<string, string> = {
  '/^\\S+@\\S+$/': 'an address that an agent types',
  '/\\s*<[^<>]*>\\s*$/': 'the user ID of a key',
  [String.raw`/"[^"]{0,200}"\s{0,9}<([^<>]{0,320})>|[^,;<>\n"]{0,200}<([^<>]{0,320})>|[^\s,;<>]+/gu`]:
    'every repeat has an upper bound but the last, which gives nothing back',
  [String.raw`/\{\{[^{}\n]{0,60}\}\}|\[(?:your|customer|first|last|insert|name|date|number|link|order|company|kunde|kundenname|datum|nom|nombre)\b[^\]\n]{0,40}\]|_{4,}|(?<!\p{L})X{3,}(?!\p{L})/iu`]:
    'every repeat has an upper bound, ends in a match, or begins where no letter stands before it',
};
/** Built from pieces, so they are not found as literals: file, how many, and why they are linear. */
const BUILT: Record<string, [number, string]> = {
  'libs/mail/src/date-header.ts': [3, 'a date is cut to 200 characters before'],
  'libs/pgp/src/armor.ts': [4, 'every repeat in them has an upper bound'],
  'apps/server/src/tickets/mail-html.ts': [1, 'it meets safe HTML alone, where every tag ends'],
  'apps/admin/src/tickets/send-guards.ts': [1, 'its words begin where no letter stands before them'],
};

function filesIn(folder: string): string[] {
  const path = join(ROOT, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name))
    .map((name) => `${folder}/${name}`);
}

/** The regular expressions of a source text, as its syntax tree has them, and how often one is built. */
function patternsIn(file: string): { literals: string[]; built: number } {
  const { program } = parseSync(file, readFileSync(join(ROOT, file), 'utf8'));
  const literals: string[] = [];
  let built = 0;
  const visit = (node: unknown): void => {
    if (node === null || typeof node !== 'object') return;
    const { regex, type, callee } = node as {
      regex?: { pattern: string; flags: string };
      type?: string;
      callee?: { name?: string };
    };
    if (regex) literals.push(`/${regex.pattern}/${regex.flags}`);
    if ((type === 'NewExpression' || type === 'CallExpression') && callee?.name === 'RegExp') built += 1;
    for (const child of Object.values(node)) visit(child);
  };
  visit(program);
  return { literals, built };
}

const files = FOLDERS.flatMap(filesIn);
const found = files.map((file) => ({ file, ...patternsIn(file) }));
const patterns = [...new Set(found.flatMap(({ literals }) => literals))].sort();
const proven = new Set<string>(
  process.env.WRITE_PROVEN || process.env.PROVE_ALL ? [] : (JSON.parse(readFileSync(PROVEN, 'utf8')) as string[]),
);

function isLinear(pattern: string): boolean {
  const end = pattern.lastIndexOf('/');
  return checkSync(pattern.slice(1, end), pattern.slice(end + 1), { timeout: 60_000 }).status === 'safe';
}

describe('a regular expression that meets mail takes linear time', () => {
  test('all of them are found', () => {
    expect(patterns.length).toBeGreaterThan(250);
    expect(found.find(({ file }) => file.endsWith('libs/mail/src/uuencode.ts'))?.literals.length).toBeGreaterThan(1);
  });

  test('a bad one would be told', () => {
    expect(isLinear('/^(a+)+$/')).toBe(false);
    expect(isLinear('/[ \\t]+$/')).toBe(false);
  });

  test('none is built from pieces that nobody has judged', () => {
    const built = found.filter(({ built }) => built > 0).map(({ file, built }) => [file, built]);
    expect(built).toEqual(Object.entries(BUILT).map(([file, [count]]) => [file, count]));
  });

  test('each is proved', { timeout: 600_000 }, () => {
    const fresh = patterns.filter((pattern) => !proven.has(pattern) && !(pattern in JUDGED));
    expect(fresh.filter((pattern) => !isLinear(pattern))).toEqual([]);
    if (process.env.WRITE_PROVEN) writeFileSync(PROVEN, `${JSON.stringify(fresh, null, 2)}\n`);
  });
});
