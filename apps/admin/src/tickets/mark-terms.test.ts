import { expect, test } from 'vitest';
import { markTerms } from './mark-terms.ts';

test('the words that matched are marked, the rest of the text stays whole', () => {
  const pieces = markTerms('Restart the upstream pool, then Restarted nodes', ['restart']);
  expect(pieces.filter(({ isHit }) => isHit).map(({ text }) => text)).toEqual(['Restart', 'Restarted']);
  expect(pieces.map(({ text }) => text).join('')).toBe('Restart the upstream pool, then Restarted nodes');
});

test('terms of one letter mark nothing', () => {
  expect(markTerms('a b c', ['a'])).toEqual([{ text: 'a b c', isHit: false, at: 0 }]);
});
