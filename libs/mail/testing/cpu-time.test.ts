import { expect, test } from 'vitest';
import { steepCost } from './cpu-time.ts';

/** What a reading says that takes so long each time. */
function verdictOn(costMs: (length: number) => number): string | null {
  let now = 0;
  return steepCost(
    (text) => (now += costMs(text.length)),
    'x'.repeat(1000),
    () => now,
  );
}

test('a cost that grows with the length alone is not steep, one that grows with its square is', () => {
  expect(verdictOn((length) => length)).toBeNull();
  expect(verdictOn((length) => length ** 2 / 1000)).toBe('1000 ms, a half of it 250 ms');
});

test('a reading that is always dear is steep', () => {
  expect(verdictOn(() => 5_001)).toBe('5001 ms, a half of it 5001 ms');
});

test('a reading that was dear but once is not steep', () => {
  const costs = [4_000];
  expect(verdictOn(() => costs.pop() ?? 0)).toBeNull();
});
