import { expect, test } from 'vitest';
import { DEFAULT_LIMITS } from './limits.ts';
import { Pace } from './pace.ts';

const pace = () => new Pace(DEFAULT_LIMITS);

test('exactly the least speed over each window is fast enough; one byte less is not', () => {
  const steady = pace();
  for (let window = 0; window < 9; window += 1) {
    steady.book(30_000, 1);
    steady.book(30_000, 1024 * 60 - 1);
  }
  const slow = pace();
  slow.book(30_000, 1);
  expect(() => slow.book(30_000, 1024 * 60 - 2)).toThrow(expect.objectContaining({ code: 'TOO_SLOW' }));
});

test('each window is judged by itself: a fast start does not excuse a slow end', () => {
  const uneven = pace();
  uneven.book(60_000 - 2, 10_000_000);
  uneven.book(2, 1);
  uneven.book(59_000, 1);
  expect(() => uneven.book(1_000, 1)).toThrow(expect.objectContaining({ code: 'TOO_SLOW' }));
});

test('silence of 60 s in a row is the end, and a byte begins it anew', () => {
  const silent = pace();
  silent.book(0, 1_000_000);
  silent.book(59_000, 0);
  expect(silent.nextWaitMs).toBe(1_000);
  expect(() => silent.book(1_000, 0)).toThrow(expect.objectContaining({ code: 'TIMEOUT' }));
  const alive = pace();
  for (let round = 0; round < 9; round += 1) {
    alive.book(59_000, 0);
    alive.book(0, 1_000_000);
  }
});

test('ten minutes of waiting are the end of one answer', () => {
  const long = pace();
  for (let second = 1; second < 599; second += 1) long.book(1_000, 1_000_000);
  expect(long.nextWaitMs).toBeLessThanOrEqual(2_000);
  long.book(1_000, 1);
  expect(() => long.book(1_000, 1)).toThrow(expect.objectContaining({ code: 'TOO_SLOW' }));
});
