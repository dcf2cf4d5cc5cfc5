import { expect, test } from 'vitest';
import { cutAtMarks } from './mark-text.ts';

const show = (text: string, marks: [number, number][]) =>
  cutAtMarks(
    text,
    marks.map(([start, end]) => ({ start, end })),
  )
    .map(({ text: part, isHit }) => (isHit ? `[${part}]` : part))
    .join('');

test('marked words are told from the rest', () => {
  expect(
    show('Restart the pool', [
      [0, 7],
      [12, 16],
    ]),
  ).toBe('[Restart] the [pool]');
});

test('marks that do not fit lose what does not fit, and no sign of the text is lost', () => {
  expect(
    show('abcdef', [
      [2, 4],
      [3, 5],
      [1, 2],
      [5, 99],
    ]),
  ).toBe('ab[cd][e][f]');
  expect(show('abc', [])).toBe('abc');
  expect(show('', [[0, 4]])).toBe('');
});
