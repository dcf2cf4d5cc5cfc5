import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** Ways in which words of a stranger could become elements of the page. */
const RAW_HTML =
  /dangerouslySetInnerHTML|\b(?:inner|outer)HTML\b|insertAdjacentHTML|document\.write|srcDoc|createContextualFragment|setHTMLUnsafe|parseFromString/;

test('nothing in the app turns text into HTML: mail stands in its own document, all else is text', () => {
  const root = join(import.meta.dirname, '..');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file) && !file.startsWith('gql/'),
  );
  expect(files.length).toBeGreaterThan(50);
  expect(files.filter((file) => RAW_HTML.test(readFileSync(join(root, file), 'utf8')))).toEqual([]);
});
