import { expect, test } from 'vitest';
import { toCsv } from './csv.ts';

const lineOf = (...row: (string | number)[]) => toCsv([row]).slice(1);

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '＝1', '\r\n=1'])('%j does not become a formula', (text) => {
  expect(lineOf(text)).toMatch(/^"?'/);
});

test('numbers stay numbers, below zero too, and plain words stay as they are', () => {
  expect(lineOf('Credit for downtime', -3, 4.5)).toBe('Credit for downtime,-3,4.5\r\n');
});

test('commas, quotation marks and line ends stay inside their cell', () => {
  expect(lineOf('a, "b"\nc', 'd')).toBe('"a, ""b""\nc",d\r\n');
});
