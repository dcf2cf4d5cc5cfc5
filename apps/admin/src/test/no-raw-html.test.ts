/// <reference types="vite/client" />
import { expect, test } from 'vitest';

/** Ways in which words of a stranger could become elements of the page. */
const RAW_HTML =
  /dangerouslySetInnerHTML|\b(?:inner|outer)HTML\b|insertAdjacentHTML|document\.write|srcDoc|createContextualFragment|setHTMLUnsafe|parseFromString/;

test('nothing in the app turns text into HTML: mail stands in its own document, all else is text', () => {
  const sources = import.meta.glob<string>(['../**/*.{ts,tsx}', '!../**/*.test.{ts,tsx}', '!../gql/**'], {
    query: '?raw',
    import: 'default',
    eager: true,
  });
  expect(Object.keys(sources).length).toBeGreaterThan(50);
  expect(Object.keys(sources).filter((file) => RAW_HTML.test(sources[file] ?? ''))).toEqual([]);
});
