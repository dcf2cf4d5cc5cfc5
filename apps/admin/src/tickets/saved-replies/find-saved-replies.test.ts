import { expect, test } from 'vitest';
import { findSavedReplies } from './find-saved-replies.ts';

const reply = (name: string, excerpt = '') => ({ name, excerpt });
const replies = [
  reply('Late parcel', 'Your shipping is late.'),
  reply('Membership'),
  reply('New shipping address'),
  reply('Shipping: times', 'Two days.'),
  reply('Größe ändern', 'Émile'),
];
const found = (typed: string) => findSavedReplies(replies, typed).map(({ name }) => name);

test('names that begin so come before words that do, then what holds it, then the words themselves', () => {
  expect(found('ship')).toEqual(['Shipping: times', 'New shipping address', 'Membership', 'Late parcel']);
});

test('every typed word has to stand somewhere', () => {
  expect(found('shipping late')).toEqual(['Late parcel']);
  expect(found('shipping tomorrow')).toEqual([]);
});

test('accents and case do not count', () => {
  expect(found('GROSSE')).toEqual([]);
  expect(found('große andern')).toEqual(['Größe ändern']);
  expect(found('emile')).toEqual(['Größe ändern']);
});

test('without a word all are there in their order', () => {
  expect(found(' ')).toEqual(replies.map(({ name }) => name));
});
