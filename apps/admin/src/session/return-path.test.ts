import { expect, test } from 'vitest';
import { safeReturnPath } from './return-path.ts';

test('a path inside the app is kept with its search', () => {
  expect(safeReturnPath('/tickets/48209?view=mine')).toBe('/tickets/48209?view=mine');
});

test.each([
  '//evil.example',
  '/\\evil.example',
  'https://evil.example',
  'javascript:alert(1)',
  '/a\nb',
  '/sign-in',
  '',
  undefined,
  7,
])('an address that could leave the app becomes the start: %j', (wanted) => {
  expect(safeReturnPath(wanted)).toBe('/tickets');
});
