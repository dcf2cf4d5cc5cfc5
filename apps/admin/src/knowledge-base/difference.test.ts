import { expect, test } from 'vitest';
import { differenceOf } from './difference.ts';

const textOf = (side: 'before' | 'after', rows: ReturnType<typeof differenceOf>) =>
  rows.flatMap((row) => (row[side] ? [row[side].map(({ text }) => text).join('')] : [])).join('\n');

test('in a changed line the changed words are told, and the lines around it stay beside each other', () => {
  const rows = differenceOf('Open the lid.\nPress red.\nClose it.', 'Open the lid.\nPress green twice.\nClose it.');
  expect(rows.map(({ isChanged }) => isChanged)).toEqual([false, true, false]);
  expect(rows[1]?.before?.filter(({ isChanged }) => isChanged).map(({ text }) => text)).toEqual(['red']);
  expect(rows[1]?.after?.filter(({ isChanged }) => isChanged).map(({ text }) => text)).toEqual(['green twice']);
});

test('a line that was added or removed has nothing on the other side', () => {
  expect(differenceOf('one\ntwo', 'one\nhalf\ntwo').map(({ before }) => before === null)).toEqual([false, true, false]);
  expect(differenceOf('one\nhalf\ntwo', 'one\ntwo').map(({ after }) => after === null)).toEqual([false, true, false]);
});

test('both texts can be read whole from the rows', () => {
  const [before, after] = ['a\nb\n\nc d e', 'x\nb\nc e e\n\nz'];
  const rows = differenceOf(before, after);
  expect([textOf('before', rows), textOf('after', rows)]).toEqual([before, after]);
});

test('two long texts without a common line are compared in no time', () => {
  const lines = (word: string) => Array.from({ length: 6000 }, (_, at) => `${word} ${at}`).join('\n');
  const start = performance.now();
  expect(differenceOf(lines('old'), lines('new'))).toHaveLength(6000);
  expect(performance.now() - start).toBeLessThan(2000);
});
