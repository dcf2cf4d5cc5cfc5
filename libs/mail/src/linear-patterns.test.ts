import { readdirSync, readFileSync } from 'node:fs';
import { checkSync } from 'recheck';
import { describe, expect, test } from 'vitest';

const FILES = [
  ...[
    'addresses',
    'domain-list',
    'message-ids',
    'subject',
    'auto-mail',
    'auto-mail-rules',
    'bounces',
    'confirmation-budget',
  ],
  ...['reply-text', 'quote-signs', 'reply-html', 'body-hash'],
  ...[
    'address-header',
    'attachment-list',
    'attachment-names',
    'body-pieces',
    'calendar',
    'charset',
    'date-header',
    'encryption',
    'envelope',
    'faults',
    'guess-charset',
    'header-params',
    'header-text',
    'html-depth',
    'html-text',
    'line-ends',
    'link-marks',
    'mime-tree',
    'parse',
    'part-content',
    'parts',
    'plain-text',
    'raw-headers',
    'reports',
    'safe-html',
    'shift-charsets',
    'tnef',
    'transfer',
    'uuencode',
  ],
].filter((name) => readdirSync(import.meta.dirname).includes(`${name}.ts`));

/** The regular expressions that stand in a source text. */
function patternsIn(source: string): [string, string][] {
  const code = source.replace(/^\s*(?:\/\*\*|\*|\/\/).*$/gm, '').replace(/'[^'\n/]*'/g, "''");
  const literal = /(?<![\w)\]*/<])\/(?![/*])((?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+)\/([dgimsuvy]*)/g;
  return [...code.matchAll(literal)].map(([, pattern = '', flags = '']) => [pattern, flags]);
}

const patterns = FILES.flatMap((name) =>
  patternsIn(readFileSync(`${import.meta.dirname}/${name}.ts`, 'utf8')).map(
    ([pattern, flags]) => [name, pattern, flags] as const,
  ),
);

describe('a regular expression that meets mail takes linear time', () => {
  test('all of them are found', () => expect(patterns.length).toBeGreaterThan(60));

  test('a bad one would be told', () => expect(checkSync('^(a+)+$', '').status).toBe('vulnerable'));

  test.each(patterns)(
    '%s: /%s/%s',
    (_, pattern, flags) => {
      expect(() => new RegExp(pattern, flags)).not.toThrow();
      expect(checkSync(pattern, flags, { timeout: 20_000 }).status).toBe('safe');
    },
    30_000,
  );
});
