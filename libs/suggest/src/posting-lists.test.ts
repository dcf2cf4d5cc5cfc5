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
  const entries: [number, number][] = [];
  for (let n = 0; n < lists.blocksOf(list); n++) {
    const { keys, payloads, from, to } = lists.block(list, n);
    for (let at = from; at < to; at++) entries.push([keys[at]!, payloads[at]!]);
  }
  return entries;
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

test('a list of many blocks stays in order while entries come and go anywhere in it', () => {
  const lists = new PostingLists(true);
  const model = new Map<number, number>();
  let state = 7;
  const next = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const wrong: number[] = [];
  const change = (removals: number) => {
    const key = next(9000);
    if (next(10) < removals) {
      if (lists.remove(3, key) !== model.delete(key)) wrong.push(key);
    } else {
      lists.insert(3, key, key % 11);
      model.set(key, key % 11);
    }
  };
  for (const removals of [1, 8, 4]) {
    for (let turn = 0; turn < 12_000; turn++) change(removals);
    expect(entriesOf(lists, 3)).toEqual([...model].sort(([a], [b]) => a - b));
    expect(lists.lengthOf(3)).toBe(model.size);
  }
  expect(wrong).toEqual([]);
  for (const key of model.keys()) lists.remove(3, key);
  expect(lists.blocksOf(3)).toBe(0);
  lists.insert(3, 5, 1);
  expect(entriesOf(lists, 3)).toEqual([[5, 1]]);
});
