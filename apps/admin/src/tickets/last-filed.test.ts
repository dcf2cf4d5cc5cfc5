import { expect, test } from 'vitest';
import { lastFiled } from './last-filed.ts';

test('the message that came in last is found wherever its date has put it', () => {
  const thread = [{ id: '01a' }, { id: '01c' }, { id: '01b' }];
  expect(lastFiled(thread)).toBe(thread[1]);
  expect(lastFiled(thread.slice(0, 1))).toBe(thread[0]);
  expect(lastFiled([])).toBeUndefined();
});
