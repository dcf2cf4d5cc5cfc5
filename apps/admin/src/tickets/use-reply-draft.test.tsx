import { ApolloProvider } from '@apollo/client/react';
import { act, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createAnsweringClient } from '../test/answering-client.ts';
import { buildDraft } from '../test/factories.ts';
import { emptyDraft, newestDraft, readLocalDraft } from './reply-draft.ts';
import { useReplyDraft } from './use-reply-draft.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function start(saveDraft: () => Record<string, unknown> | Error) {
  const { client, asked } = createAnsweringClient({ SaveDraft: saveDraft });
  const wrapper = ({ children }: { children: ReactNode }) => (
    <ApolloProvider client={client}>{children}</ApolloProvider>
  );
  const hook = renderHook(() => useReplyDraft('t1', emptyDraft(false)), { wrapper });
  return { ...hook, asked };
}
const saved = () => ({
  saveDraft: { __typename: 'Draft', text: 'Hello', html: null, isNote: false, updatedAt: '2026-01-05T10:06:00.000Z' },
});

test('a draft is kept in the browser with the first letter, before any request', () => {
  const { result, asked } = start(saved);
  act(() => result.current.change({ text: 'H', html: '<p>H</p>' }));
  expect(readLocalDraft('t1')).toMatchObject({ text: 'H', html: '<p>H</p>' });
  expect(asked).toHaveLength(0);
});

test('a draft is on the server within a second, once for many letters', async () => {
  const { result, asked } = start(saved);
  for (const text of ['H', 'He', 'Hello']) act(() => result.current.change({ text }));
  await act(() => vi.advanceTimersByTimeAsync(1000));
  expect(asked.map(({ variables }) => (variables.input as { text: string }).text)).toEqual(['Hello']);
  expect(result.current.state.kind).toBe('SAVED');
});

test('a draft that could not be saved says so, stays in the browser and is tried again', async () => {
  let isDown = true;
  const { result } = start(() => (isDown ? new Error('down') : saved()));
  act(() => result.current.change({ text: 'Hello' }));
  await act(() => vi.advanceTimersByTimeAsync(1000));
  expect(result.current.state.kind).toBe('FAILED');
  expect(readLocalDraft('t1')?.text).toBe('Hello');
  isDown = false;
  await act(() => vi.advanceTimersByTimeAsync(6000));
  expect(result.current.state.kind).toBe('SAVED');
});

test('leaving the ticket saves what was typed a moment ago', async () => {
  const { result, unmount, asked } = start(saved);
  act(() => result.current.change({ text: 'Hello' }));
  unmount();
  await vi.advanceTimersByTimeAsync(0);
  expect(asked).toHaveLength(1);
});

test('a sent answer leaves no draft behind', () => {
  const { result } = start(saved);
  act(() => result.current.change({ text: 'Hello' }));
  act(() => result.current.finish());
  expect(readLocalDraft('t1')).toBeNull();
});

test('the newer draft wins, whether it was typed here or elsewhere', () => {
  const local = { ...emptyDraft(false), text: 'here', updatedAt: '2026-01-05T10:00:00.000Z' };
  const server = buildDraft({ text: 'elsewhere', isNote: true, updatedAt: '2026-01-05T11:00:00.000Z' });
  expect(newestDraft(local, server)).toMatchObject({ text: 'elsewhere', isNote: true });
  expect(newestDraft({ ...local, updatedAt: '2026-01-05T12:00:00.000Z' }, server)?.text).toBe('here');
  expect(newestDraft(null, null)).toBeNull();
});
