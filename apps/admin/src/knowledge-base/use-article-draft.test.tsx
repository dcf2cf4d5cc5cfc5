import { ApolloProvider } from '@apollo/client/react';
import { act, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ArticleFieldsFragment } from '../gql/graphql.ts';
import { type Answers, createAnsweringClient, ServerRefusal } from '../test/answering-client.ts';
import { buildArticle } from '../test/factories.ts';
import { readKeptArticle } from './article-draft.ts';
import { useArticleDraft } from './use-article-draft.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A server with one article, which refuses a save that was made from an older state. */
function startServer(stored: ArticleFieldsFragment) {
  const server = { article: stored, isDown: false, isDeaf: false, isGone: false };
  const answers: Answers = {
    ArticlePage: () => ({ article: server.article }),
    SaveArticle: ({ input }) => {
      const { id: _, ...values } = input as ArticleFieldsFragment;
      if (server.isDown) return new Error('down');
      if (server.isGone && 'id' in (input as object)) return new ServerRefusal('There is no article', 'NOT_FOUND');
      if (!values.title.trim())
        return new ServerRefusal('Look at the fields', 'INVALID_INPUT', [{ path: 'title', message: 'Enter a title.' }]);
      if (values.version !== undefined && values.version !== server.article.version)
        return new ServerRefusal('Somebody else saved', 'CONFLICT');
      server.article = {
        ...server.article,
        ...values,
        body: values.body.trimEnd(),
        version: server.article.version + 1,
      };
      if (server.isDeaf) return new Error('the answer was lost');
      return { saveArticle: server.article };
    },
  };
  const { client, asked } = createAnsweringClient(answers);
  const wrapper = ({ children }: { children: ReactNode }) => (
    <ApolloProvider client={client}>{children}</ApolloProvider>
  );
  const open = () => renderHook(() => useArticleDraft(server.article), { wrapper });
  return { server, asked, open };
}
const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

test('a letter is kept in the browser at once, and a draft is on the server within a second', async () => {
  const { server, asked, open } = startServer(buildArticle());
  const { result } = open();
  for (const title of ['R', 'Re', 'Reset']) act(() => result.current.change({ title }));
  expect(readKeptArticle('art1')?.values.title).toBe('Reset');
  expect(asked).toHaveLength(0);
  await pass(1000);
  expect([server.article.title, asked.length, result.current.state.kind]).toEqual(['Reset', 1, 'SAVED']);
  expect(readKeptArticle('art1')).toBeNull();
});

test('what is typed into a published article stays here until it is published', async () => {
  const { server, open } = startServer(buildArticle({ published: true }));
  const { result, unmount } = open();
  act(() => result.current.change({ body: 'Half a sen' }));
  await pass(5000);
  expect([server.article.version, result.current.state.kind, result.current.isChanged]).toEqual([1, 'HELD', true]);
  unmount();
  const again = open();
  expect(again.result.current.values.body).toBe('Half a sen');
  await act(async () => void (await again.result.current.publish()));
  expect([server.article.body, again.result.current.isChanged]).toEqual(['Half a sen', false]);
});

test('a save that fails says so, keeps the words and is tried again', async () => {
  const { server, open } = startServer(buildArticle());
  const { result } = open();
  server.isDown = true;
  act(() => result.current.change({ body: 'Longer words' }));
  await pass(1000);
  expect(result.current.state).toMatchObject({ kind: 'FAILED', isFinal: false });
  server.isDown = false;
  await pass(6000);
  expect([server.article.body, result.current.state.kind]).toEqual(['Longer words', 'SAVED']);
});

test('a value that the server refuses is not sent again until it is changed', async () => {
  const { asked, open } = startServer(buildArticle());
  const { result } = open();
  act(() => result.current.change({ title: '' }));
  await pass(20_000);
  expect(asked).toHaveLength(1);
  expect(result.current.state).toEqual({ kind: 'FAILED', message: 'Enter a title.', isFinal: true });
});

test("somebody else's state is shown and never written over; either can be chosen", async () => {
  const { server, asked, open } = startServer(buildArticle());
  const { result } = open();
  server.article = buildArticle({ body: 'Theirs', version: 2 });
  act(() => result.current.change({ body: 'Mine' }));
  await pass(1000);
  expect([server.article.body, result.current.theirs?.body, result.current.values.body]).toEqual([
    'Theirs',
    'Theirs',
    'Mine',
  ]);
  await pass(20_000);
  expect(server.article.version).toBe(2);
  act(() => result.current.keepMine());
  await pass(1000);
  expect([server.article.body, result.current.theirs]).toEqual(['Mine', null]);
  // Not an autosave: theirs becomes a version, also when both are the same person in two windows.
  expect(asked.at(-1)).toMatchObject({ name: 'SaveArticle', variables: { input: { autosave: false } } });
  act(() => result.current.change({ body: 'Mine, more' }));
  await pass(1000);
  expect(asked.at(-1)).toMatchObject({ variables: { input: { autosave: true } } });
});

test('taking theirs drops what was typed, in this browser too', async () => {
  const { server, open } = startServer(buildArticle());
  const { result } = open();
  server.article = buildArticle({ body: 'Theirs', version: 2 });
  act(() => result.current.change({ body: 'Mine' }));
  await pass(1000);
  act(() => result.current.replaceBy(result.current.theirs!));
  expect([result.current.values.body, readKeptArticle('art1')]).toEqual(['Theirs', null]);
});

test('words that were replaced can be put back, and are kept and saved like typed ones', async () => {
  const { server, open } = startServer(buildArticle());
  const { result } = open();
  const typed = { ...result.current.values, body: 'Typed before' };
  act(() => result.current.replaceBy(buildArticle({ body: 'An earlier state' })));
  const { revision } = result.current;
  act(() => result.current.putBack(typed));
  expect([result.current.values.body, result.current.revision > revision]).toEqual(['Typed before', true]);
  expect(readKeptArticle('art1')?.values.body).toBe('Typed before');
  await pass(1000);
  expect(server.article.body).toBe('Typed before');
});

test('leaving saves what was typed a moment ago', async () => {
  const { server, open } = startServer(buildArticle());
  const { result, unmount } = open();
  act(() => result.current.change({ body: 'Last words' }));
  unmount();
  await pass(0);
  expect(server.article.body).toBe('Last words');
});

test('an article that was made without a title is published under the address of its title', async () => {
  const { server, open } = startServer(buildArticle({ title: 'Untitled article', slug: 'untitled-article-3' }));
  const { result } = open();
  act(() => result.current.change({ title: 'Wie geht’s? Größe 2!' }));
  await act(async () => void (await result.current.publish()));
  expect([server.article.published, server.article.slug]).toEqual([true, 'wie-geht-s-große-2']);
});

test('a save whose answer was lost is known again and is no conflict, at once or after a reload', async () => {
  const { server, open } = startServer(buildArticle());
  const { result, unmount } = open();
  server.isDeaf = true;
  act(() => result.current.change({ body: 'First words ' }));
  await pass(1000);
  expect([server.article.version, result.current.state.kind]).toEqual([2, 'FAILED']);
  server.isDeaf = false;
  await pass(6000);
  expect([result.current.theirs, result.current.state.kind]).toEqual([null, 'SAVED']);
  server.isDeaf = true;
  act(() => result.current.change({ body: 'First words and more' }));
  await pass(1000);
  server.isDown = true;
  act(() => result.current.change({ body: 'First words and more, closed here' }));
  unmount();
  await pass(60_000);
  Object.assign(server, { isDown: false, isDeaf: false });
  const again = open();
  expect([again.result.current.theirs, again.result.current.values.body]).toEqual([
    null,
    'First words and more, closed here',
  ]);
  await pass(1000);
  expect(server.article.body).toBe('First words and more, closed here');
});

test('words for an article that was deleted meanwhile can be saved as a new one', async () => {
  const { server, open } = startServer(buildArticle());
  const { result } = open();
  server.isGone = true;
  act(() => result.current.change({ body: 'Not lost' }));
  await pass(1000);
  expect(result.current.state).toMatchObject({ kind: 'FAILED', isGone: true, isFinal: true });
  const id = await act(() => result.current.saveAsNew());
  expect([id, server.article.body, readKeptArticle('art1')]).toEqual(['art1', 'Not lost', null]);
});
