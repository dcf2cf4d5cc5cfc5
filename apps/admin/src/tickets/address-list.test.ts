import { expect, test } from 'vitest';
import { isAddress, readAddresses, withAddresses } from './address-list.ts';

test('a pasted list is read in any usual form', () => {
  const pasted = '"Berg, Anna" <anna@acme.example>; Carl <carl@acme.example>,\nboss@acme.example kim@acme.example';
  expect(readAddresses(pasted)).toEqual([
    'anna@acme.example',
    'carl@acme.example',
    'boss@acme.example',
    'kim@acme.example',
  ]);
});

test('what is no address stays as it was written, so that it can be mended', () => {
  expect(readAddresses('anna@, x')).toEqual(['anna@', 'x']);
});

test('a paste without end is cut, and read in a moment', () => {
  expect(readAddresses('a@b.example,'.repeat(50_000))).toHaveLength(1000);
  expect(readAddresses('word '.repeat(50_000))).toHaveLength(1000);
  expect(readAddresses(`${'"'.repeat(20_000)}<${'<'.repeat(20_000)}`).length).toBeLessThan(1001);
});

test('each address is taken once, whatever its case', () => {
  expect(withAddresses(['anna@acme.example'], ['ANNA@acme.example', 'b@acme.example', 'b@acme.example'])).toEqual([
    'anna@acme.example',
    'b@acme.example',
  ]);
});

test.each(['anna@acme.example', 'größe@straße.example', 'a+b@x.co'])('%s can be written to', (address) => {
  expect(isAddress(address)).toBe(true);
});

test.each([
  'anna',
  'anna@',
  '@acme.example',
  'a b@acme.example',
  'a@b.example\nBcc: c@d.example',
  'a@acme',
  'a@b.example.',
])('%j cannot be written to', (address) => {
  expect(isAddress(address)).toBe(false);
});
