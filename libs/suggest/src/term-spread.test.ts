import { expect, test } from 'vitest';
import { TermSpread } from './term-spread.ts';

test('a term as frequent in each of its documents is spread over all of them', () => {
  const spread = new TermSpread();
  for (let i = 0; i < 7; i++) spread.add(3, 4);
  expect(spread.of(3)).toBeCloseTo(7, 5);
});

test('a term that keeps to one document is spread over little more than that one', () => {
  const spread = new TermSpread();
  spread.add(0, 97);
  for (let i = 0; i < 3; i++) spread.add(0, 1);
  expect(spread.of(0)).toBeGreaterThan(1);
  expect(spread.of(0)).toBeLessThan(1.3);
});

test('what is taken away again leaves exactly what was there before, and a term of no document is spread over none', () => {
  const spread = new TermSpread();
  expect(spread.of(5)).toBe(0);
  spread.add(5, 3);
  const before = spread.of(5);
  for (let times = 1; times <= 300; times++) spread.add(5, times);
  for (let times = 300; times >= 1; times--) spread.remove(5, times);
  expect(spread.of(5)).toBe(before);
  spread.remove(5, 3);
  expect(spread.of(5)).toBe(0);
});
