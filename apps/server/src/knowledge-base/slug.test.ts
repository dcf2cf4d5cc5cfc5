import { expect, test } from 'vitest';
import { isSlug, slugOf } from './slug.ts';

test('a title becomes an address in its own script', () => {
  expect(slugOf('Réinitialiser le mot de passe!')).toBe('reinitialiser-le-mot-de-passe');
  expect(slugOf('Пароль забыт?')).toBe('пароль-забыт');
  expect(slugOf('重置密码')).toBe('重置密码');
  expect(slugOf(' <b>…</b> ')).toBe('b-b');
  expect(slugOf('!!!')).toBe('article');
  expect([...slugOf('😀x'.repeat(500))].length).toBeLessThanOrEqual(80);
});

test('an address is letters and digits with hyphens between, nothing that steers a path', () => {
  for (const good of ['a', 'reset-your-password', 'пароль', 'a1-b2', slugOf('हिन्दी लेख')])
    expect(isSlug(good)).toBe(true);
  for (const bad of ['', '-', 'a--b', '-a', 'a-', '..', 'a/b', 'a b', 'a.html', '%2e', 'a\n', 'x'.repeat(121)])
    expect(isSlug(bad)).toBe(false);
});
