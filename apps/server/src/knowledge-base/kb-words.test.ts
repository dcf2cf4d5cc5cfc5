import { expect, test } from 'vitest';
import { articlesInWords, dayInWords, KB_LANGUAGES, wordsAskedFor, wordsIn } from './kb-words.ts';

test('a reader is spoken to in the best of the languages that the browser asks for', () => {
  expect(wordsAskedFor('de-AT,de;q=0.9,en;q=0.8')?.tag).toBe('de');
  expect(wordsAskedFor('sw, fr;q=0.3, nl; Q=0.7')?.tag).toBe('nl');
  expect(wordsAskedFor('de;q=0, pl')?.tag).toBe('pl');
  expect(wordsAskedFor('PT-BR')?.tag).toBe('pt');
});

test('a browser that asks for nothing we speak is told so', () => {
  for (const header of [undefined, '', 'sw', 'sw,*;q=0.1']) expect(wordsAskedFor(header)).toBeNull();
  expect(wordsIn('sw')).toBeNull();
  expect(wordsIn('ru-RU')?.tag).toBe('ru');
});

test('of an endless header only the beginning is read', () => {
  for (const header of ['x'.repeat(100_000), ','.repeat(100_000), `${'sw;q=9,'.repeat(1000)}de`, ';;;q=', 'q=1;de'])
    expect(wordsAskedFor(header)).toBeNull();
});

test('numbers and days follow the language', () => {
  expect(articlesInWords(wordsIn('en')!, 1)).toBe('1 article');
  expect(articlesInWords(wordsIn('ru')!, 3)).toBe('3 статьи');
  expect(articlesInWords(wordsIn('pl')!, 5)).toBe('5 artykułów');
  expect(dayInWords(wordsIn('de')!, new Date('2026-11-03T23:30:00Z'))).toBe('3. November 2026');
});

test('every language has every word, and the places for values stand where they belong', () => {
  const english = KB_LANGUAGES[0]!;
  for (const words of KB_LANGUAGES) {
    expect(new Intl.PluralRules(words.tag).resolvedOptions().locale).toBe(words.tag);
    for (const [name, text] of Object.entries(words)) {
      if (typeof text !== 'string') continue;
      expect(text.trim(), `${words.tag}.${name}`).not.toBe('');
      expect(text.match(/\{\w+\}/g) ?? [], `${words.tag}.${name}`).toEqual(
        String(english[name as keyof typeof english] ?? '').match(/\{\w+\}/g) ?? [],
      );
    }
  }
});
