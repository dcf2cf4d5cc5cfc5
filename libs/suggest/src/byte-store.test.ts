import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TextStore } from './text-store.ts';
import { SequenceStore } from './word-sequence.ts';

test('any order of puts and removals leaves each text as it was put last', () => {
  const text = fc.oneof(
    fc.string({ maxLength: 40 }),
    fc.constantFrom('half a sign \ud800', 'na\u00efve', '\u0000', '知识库', '🙂'),
    fc.nat(700).map((length) => 'é'.repeat(length)),
    fc.constantFrom(5, 300, 40_000).map((length) => '知'.repeat(length)),
  );
  const change = fc.record({ item: fc.nat(12), text: fc.option(text) });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
      const store = new TextStore();
      const model = new Map<number, string>();
      for (const { item, text } of changes) {
        if (text === null) store.remove(item);
        else store.put(item, text);
        model.set(item, text ?? '');
      }
      for (const [item, text] of model) expect(store.get(item)).toBe(text);
    }),
    { numRuns: 30 },
  );
});

test('a text over half a megabyte, and hundreds of small ones around it, keep to themselves', () => {
  const store = new TextStore();
  for (let item = 0; item < 3000; item++) store.put(item, `${item} `.repeat(item % 200));
  store.put(3000, 'long '.repeat(120_000));
  for (let item = 0; item < 3000; item += 2) store.remove(item);
  for (let item = 0; item < 3000; item += 2) store.put(item, `again ${item} `.repeat(item % 90));
  const expected = (item: number) =>
    item % 2 === 0 ? `again ${item} `.repeat(item % 90) : `${item} `.repeat(item % 200);
  const wrong = Array.from({ length: 3000 }, (_, item) => item).filter((item) => store.get(item) !== expected(item));
  expect(wrong).toEqual([]);
  expect(store.get(3000)).toHaveLength(600_000);
});

test('the words of a document come back in their fields, whatever their numbers', () => {
  const store = new SequenceStore();
  const ids = Int32Array.from([0, 127, 128, 16_383, 16_384, 2_097_151, 2_097_152, 268_435_456, 2_147_483_647]);
  store.put(4, { ids, titleEnd: 2, bodyEnd: 7, end: 9 });
  const { ids: found, titleEnd, bodyEnd, end } = store.get(4);
  expect([[...found.subarray(0, end)], titleEnd, bodyEnd, end]).toEqual([[...ids], 2, 7, 9]);
  store.remove(4);
  expect(store.get(4)).toMatchObject({ titleEnd: 0, bodyEnd: 0, end: 0 });
});
