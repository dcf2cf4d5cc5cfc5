import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PostingLists } from './posting-lists.ts';
import { defaultSettings } from './settings.ts';
import type { Term } from './terms.ts';
import { Vocabulary } from './vocabulary.ts';

function term(text: string, isCode = false): Term {
  return { text, isStop: false, isCode, memo: { vocabulary: 0, id: 0 } };
}

function entriesOf(lists: PostingLists, list: number): [number, number][] {
  const offset = lists.offsetOf(list);
  return Array.from({ length: lists.lengthOf(list) }, (_, i) => [
    lists.keysOf(list)[offset + i]!,
    lists.payloadsOf(list)[offset + i]!,
  ]);
}

test('any order of inserts and removals leaves what a sorted map would hold', () => {
  const change = fc.record({ list: fc.nat(5), key: fc.nat(40), payload: fc.nat(65_535), remove: fc.boolean() });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 400 }), (changes) => {
      const lists = new PostingLists(true);
      const model = Array.from({ length: 6 }, () => new Map<number, number>());
      for (const { list, key, payload, remove } of changes) {
        if (remove) expect(lists.remove(list, key)).toBe(model[list]!.delete(key));
        else {
          lists.insert(list, key, payload);
          model[list]!.set(key, payload);
        }
      }
      model.forEach((map, list) => {
        const expected = [...map].sort(([a], [b]) => a - b);
        expect(expected.length === 0 ? [] : entriesOf(lists, list)).toEqual(expected);
        expect(lists.lengthOf(list)).toBe(expected.length);
      });
    }),
    { numRuns: 100 },
  );
});

test('a list that outgrows one segment after the other keeps its entries', () => {
  const lists = new PostingLists(true);
  for (let key = 0; key < 5000; key++) for (const list of [0, 1]) lists.insert(list, key, key % 7);
  expect(entriesOf(lists, 1)).toEqual(Array.from({ length: 5000 }, (_, key) => [key, key % 7]));
});

test('a term that was released is found no more, and its number serves the next', () => {
  const words = new Vocabulary(defaultSettings);
  const printer = words.intern(term('printer'));
  words.intern(term('painter'));
  expect(words.alike('printers')[0]?.id).toBe(printer);
  words.release(printer);
  expect(words.idOf('printer')).toBeUndefined();
  expect(words.alike('printers').map(({ id }) => id)).not.toContain(printer);
  expect(words.intern(term('toner'))).toBe(printer);
});

test('a code is never a look-alike', () => {
  const words = new Vocabulary(defaultSettings);
  words.intern(term('e10421', true));
  expect(words.alike('e10422')).toEqual([]);
});
