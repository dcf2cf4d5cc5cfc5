import { expect, test } from 'vitest';
import { lastFiled, lastSeen, noteSentHere } from './last-filed.ts';

test('the message that came in last is found wherever its date has put it', () => {
  const thread = [{ id: '01a' }, { id: '01c' }, { id: '01b' }];
  expect(lastFiled(thread)).toBe(thread[1]);
  expect(lastFiled(thread.slice(0, 1))).toBe(thread[0]);
  expect(lastFiled([])).toBeUndefined();
});

test('what this window has sent counts as seen before the thread shows it', () => {
  expect(lastSeen('ticket', undefined)).toBeUndefined();
  noteSentHere('ticket', '01b');
  expect([lastSeen('ticket', '01a'), lastSeen('ticket', '01c'), lastSeen('other', '01a')]).toEqual([
    '01b',
    '01c',
    '01a',
  ]);
});
