import { act, renderHook } from '@testing-library/react';
import { expect, test } from 'vitest';
import { useHeldList } from './use-held-list.ts';

const start = (list: string[]) =>
  renderHook(({ list: now, key, isComing }) => useHeldList(now, key, isComing), {
    initialProps: { list, key: 'all', isComing: false },
  });

test('a list stands still while the mouse is over it, and catches up when it leaves', () => {
  const { result, rerender } = start(['a']);
  act(() => result.current.hold.onPointerEnter());
  rerender({ list: ['b', 'a'], key: 'all', isComing: false });
  expect(result.current.held).toEqual(['a']);
  act(() => result.current.hold.onPointerLeave());
  expect(result.current.held).toEqual(['b', 'a']);
});

test('another list is shown under the mouse as soon as it is there', () => {
  const { result, rerender } = start(['a']);
  act(() => result.current.hold.onPointerEnter());
  rerender({ list: ['a'], key: 'failed', isComing: true });
  expect(result.current.held).toEqual(['a']);
  rerender({ list: ['f'], key: 'failed', isComing: false });
  expect(result.current.held).toEqual(['f']);
});

test('a list that went away under the mouse is not held when it comes again', () => {
  const { result, rerender } = start(['a']);
  act(() => result.current.hold.onPointerEnter());
  rerender({ list: [], key: 'failed', isComing: false });
  rerender({ list: ['f'], key: 'failed', isComing: false });
  rerender({ list: ['g', 'f'], key: 'failed', isComing: false });
  expect(result.current.held).toEqual(['g', 'f']);
});
