import { ApolloProvider } from '@apollo/client/react';
import { act, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ArticleFieldsFragment } from '../gql/graphql.ts';
import { type Answers, createAnsweringClient, ServerRefusal } from '../test/answering-client.ts';
import { buildArticle } from '../test/factories.ts';
import { readKeptArticle, valuesOf } from './article-draft.ts';
import { useArticleDraft } from './use-article-draft.ts';

beforeEach(() => {
  localStorage.clear();
  vi.useFakeTimers();
});
afterEach(() => void vi.useRealTimers());

type Changes = NonNullable<ArticleFieldsFragment['unpublishedChanges']>;
/** Names changes as their writer has seen them. */
type Seen = { articleId: string; version: string | null };

/** A server with one article, which refuses a save that was made from an older state. */
function startServer(stored: ArticleFieldsFragment) {
  const server = { article: stored, isDown: false, isDeaf: false, isGone: false, count: 0 };
  const answer = (name: string) => (server.isDeaf ? new Error('the answer was lost') : { [name]: server.article });
  const conflict = () => new ServerRefusal('Somebody else saved', 'CONFLICT');
  const changesVersion = () => server.article.unpublishedChanges?.version ?? null;
  const answers: Answers = {
    ArticlePage: () => (server.isDown ? new Error('down') : { article: server.article }),
    SaveArticle: ({ input }) => {
      const { id, ...values } = input as ArticleFieldsFragment;
      if (server.isDown) return new Error('down');
      if (server.isGone && id) return new ServerRefusal('There is no article', 'NOT_FOUND');
      if (!values.title.trim())
        return new ServerRefusal('Look at the fields', 'INVALID_INPUT', [{ path: 'title', message: 'Enter a title.' }]);
      if (values.version !== undefined && values.version !== server.article.version) return conflict();
      server.article = {
        ...server.article,
        ...values,
        body: values.body.trimEnd(),
        version: server.article.version + 1,
        unpublishedChanges: null,
      };
      return answer('saveArticle');
    },
    SaveUnpublishedChanges: ({ input }) => {
      const { articleVersion, version, ...values } = input as Seen & Changes;
      if (server.isDown) return new Error('down');
      if (articleVersion !== server.article.version || version !== changesVersion()) return conflict();
      server.article = { ...server.article, unpublishedChanges: changes({ ...values, articleVersion }) };
      return answer('saveUnpublishedChanges');
    },
    PublishUnpublishedChanges: ({ input }) => {
      if (server.isDown) return new Error('down');
      const { unpublishedChanges: waiting, version } = server.article;
      if ((input as Seen).version !== changesVersion() || waiting?.articleVersion !== version) return conflict();
      server.article = {
        ...server.article,
        ...valuesOf(waiting),
        version: version + 1,
        unpublishedChanges: null,
      } as never;
      return answer('publishUnpublishedChanges');
    },
    DiscardUnpublishedChanges: ({ input }) => {
      if (server.isDown) return new Error('down');
      if ((input as Seen).version !== changesVersion()) return conflict();
      server.article = { ...server.article, unpublishedChanges: null };
      return answer('discardUnpublishedChanges');
    },
  };
  /** Unpublished changes as the server has them; each of them has a version of its own. */
  function changes(part: Partial<Changes>): Changes {
    return {
      ...valuesOf(server.article),
      __typename: 'UnpublishedChanges',
      version: `c${++server.count}`,
      articleVersion: server.article.version,
      updatedAt: '2026-01-05T10:06:00.000Z',
      updatedBy: null,
      linkProblems: [],
      ...part,
    } as Changes;
  }
  const { client, asked } = createAnsweringClient(answers);
  const wrapper = ({ children }: { children: ReactNode }) => (
    <ApolloProvider client={client}>{children}</ApolloProvider>
  );
  const created = vi.fn();
  const open = (opened = server.article) => renderHook(() => useArticleDraft(opened, created), { wrapper });
  const names = () => asked.map(({ name }) => name);
  return { server, asked, names, open, changes, created };
}
const published = () => buildArticle({ published: true });
/** What end users read, and what waits for its publishing. */
const bodies = ({ article }: { article: ArticleFieldsFragment }) => [
  article.body,
  article.unpublishedChanges?.body ?? null,
];
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

test('what is typed into a published article is on the server within a second, and readers see it when it is published', async () => {
  const { server, names, open } = startServer(published());
  const { result, unmount } = open();
  for (const body of ['Half', 'Half a', 'Half a sen']) act(() => result.current.change({ body }));
  expect(readKeptArticle('art1')?.values.body).toBe('Half a sen');
  await pass(1000);
  expect([names(), bodies(server)]).toEqual([['SaveUnpublishedChanges'], ['Press **Forgot password**.', 'Half a sen']]);
  expect(result.current.state).toEqual({ kind: 'SAVED', at: '2026-01-05T10:06:00.000Z' });
  expect([readKeptArticle('art1'), result.current.isChanged, result.current.isBehind]).toEqual([null, true, false]);
  unmount();
  const elsewhere = open();
  expect([elsewhere.result.current.values.body, elsewhere.result.current.isChanged]).toEqual(['Half a sen', true]);
  await act(async () => void (await elsewhere.result.current.publish()));
  expect([bodies(server), elsewhere.result.current.isChanged]).toEqual([['Half a sen', null], false]);
});

test('publishing brings the last words to the server first', async () => {
  const { server, names, open } = startServer(published());
  const { result } = open();
  act(() => result.current.change({ body: 'At once' }));
  expect(await act(() => result.current.publish())).toBe(true);
  expect([names(), bodies(server)]).toEqual([
    ['SaveUnpublishedChanges', 'PublishUnpublishedChanges'],
    ['At once', null],
  ]);
});

test('changes of a published article that cannot be saved stay in this browser and are tried again', async () => {
  const { server, open } = startServer(published());
  const { result, unmount } = open();
  server.isDown = true;
  act(() => result.current.change({ body: 'Offline' }));
  await pass(1000);
  expect(result.current.state).toMatchObject({ kind: 'FAILED', isFinal: false });
  unmount();
  const again = open();
  expect(again.result.current.values.body).toBe('Offline');
  server.isDown = false;
  await pass(6000);
  expect([bodies(server)[1], readKeptArticle('art1')]).toEqual(['Offline', null]);
});

test('changes that somebody else saved meanwhile are shown and never written over; either can be chosen', async () => {
  const { server, asked, open, changes } = startServer(published());
  const { result } = open();
  server.article = { ...server.article, unpublishedChanges: changes({ body: 'Theirs' }) };
  act(() => result.current.change({ body: 'Mine' }));
  await pass(20_000);
  expect([bodies(server)[1], result.current.values.body]).toEqual(['Theirs', 'Mine']);
  expect(result.current.theirs).toMatchObject({ kind: 'CHANGES', values: { body: 'Theirs' } });
  expect([result.current.state.kind, readKeptArticle('art1')?.values.body]).toEqual(['HELD', 'Mine']);
  expect(await act(() => result.current.publish())).toBe(false);
  act(() => result.current.keepMine());
  await pass(1000);
  expect([bodies(server)[1], result.current.theirs]).toEqual(['Mine', null]);
  // Not an autosave: theirs becomes an earlier state.
  expect(asked.at(-1)).toMatchObject({ name: 'SaveUnpublishedChanges', variables: { input: { autosave: false } } });

  server.article = { ...server.article, unpublishedChanges: changes({ body: 'Theirs again' }) };
  act(() => result.current.change({ body: 'Mine again' }));
  await pass(1000);
  expect(await act(() => result.current.takeTheirs())).toBe(true);
  expect([result.current.values.body, bodies(server)[1], readKeptArticle('art1')]).toEqual([
    'Theirs again',
    'Theirs again',
    null,
  ]);
});

test('an article that changed under its changes stands against them when it is opened', async () => {
  const { server, names, open, changes } = startServer(published());
  const waiting = changes({ body: 'Waiting', articleVersion: 1 });
  server.article = { ...server.article, body: 'By a program', version: 2, unpublishedChanges: waiting };
  const { result, unmount } = open();
  expect(result.current.theirs).toMatchObject({ kind: 'ARTICLE', values: { body: 'By a program' } });
  act(() => result.current.keepMine());
  await pass(1000);
  expect(server.article.unpublishedChanges).toMatchObject({ body: 'Waiting', articleVersion: 2 });
  unmount();

  server.article = { ...server.article, body: 'By a program again', version: 3 };
  const again = open();
  await act(() => again.result.current.takeTheirs());
  expect([again.result.current.values.body, again.result.current.theirs]).toEqual(['By a program again', null]);
  expect([bodies(server), names().at(-1)]).toEqual([['By a program again', null], 'DiscardUnpublishedChanges']);
});

test('discarded changes are gone everywhere, and can be put back', async () => {
  const { server, open } = startServer(published());
  const { result } = open();
  act(() => result.current.change({ body: 'Typed' }));
  await pass(1000);
  act(() => result.current.change({ body: 'Typed and more' }));
  const typed = result.current.values;
  expect(await act(() => result.current.discard())).toBe(true);
  expect([result.current.values.body, bodies(server)[1], readKeptArticle('art1')]).toEqual([
    'Press **Forgot password**.',
    null,
    null,
  ]);
  act(() => result.current.putBack(typed));
  await pass(1000);
  expect(bodies(server)[1]).toBe('Typed and more');
});

test('a publishing that fails leaves the changes as they are; one whose answer was lost is known again', async () => {
  const { server, open } = startServer(published());
  const { result } = open();
  act(() => result.current.change({ body: 'Ready' }));
  await pass(1000);
  server.isDown = true;
  expect(await act(() => result.current.publish())).toBe(false);
  expect(result.current.state).toMatchObject({ kind: 'FAILED', isFinal: true, isKept: true });
  Object.assign(server, { isDown: false, isDeaf: true });
  expect(await act(() => result.current.publish())).toBe(false);
  server.isDeaf = false;
  expect(await act(() => result.current.publish())).toBe(true);
  expect([bodies(server), result.current.theirs, result.current.isChanged]).toEqual([['Ready', null], null, false]);
});

test('a save of changes whose answer was lost is no conflict', async () => {
  const { server, open } = startServer(published());
  const { result } = open();
  server.isDeaf = true;
  act(() => result.current.change({ body: 'Heard ' }));
  await pass(1000);
  server.isDeaf = false;
  await pass(6000);
  expect([result.current.theirs, result.current.state.kind, bodies(server)[1]]).toEqual([null, 'SAVED', 'Heard ']);
});

test('changes that somebody else published as they stood here are no conflict: what is typed since goes on', async () => {
  const { server, open } = startServer(published());
  const { result } = open();
  act(() => result.current.change({ body: 'Ready ' }));
  await pass(1000);
  server.article = { ...server.article, body: 'Ready', version: 2, unpublishedChanges: null };
  act(() => result.current.change({ body: 'Ready and more' }));
  await pass(3000);
  expect([result.current.theirs, bodies(server)]).toEqual([null, ['Ready', 'Ready and more']]);

  server.article = { ...server.article, body: 'Ready and more', version: 3, unpublishedChanges: null };
  act(() => result.current.change({ body: 'Ready at last' }));
  expect(await act(() => result.current.publish())).toBe(true);
  expect(bodies(server)).toEqual(['Ready at last', null]);
});

test('coming back to the window shows what was saved elsewhere, unless something is typed here', async () => {
  const { server, open, changes } = startServer(published());
  const { result } = open();
  server.article = { ...server.article, unpublishedChanges: changes({ body: 'From the phone' }) };
  await act(async () => void dispatchEvent(new Event('focus')));
  await pass(0);
  expect([result.current.values.body, result.current.revision]).toEqual(['From the phone', 1]);
  server.article = { ...server.article, unpublishedChanges: changes({ body: 'From the phone again' }) };
  act(() => result.current.change({ body: 'Typed here' }));
  await act(async () => void dispatchEvent(new Event('focus')));
  await pass(0);
  expect(result.current.values.body).toBe('Typed here');
});

test('a new article is made by its first word, once, also when the answer is lost', async () => {
  const blank = buildArticle({ title: 'Untitled article', slug: 'untitled-article-0a', body: '', version: 0 });
  const { server, asked, open, created } = startServer(blank);
  const left = open(blank);
  left.result.current.change({ title: 'T' });
  left.result.current.change({ title: 'Untitled article' });
  await pass(1000);
  left.unmount();
  await pass(1000);
  expect([asked, readKeptArticle('art1')]).toEqual([[], null]);

  const { result } = open(blank);
  server.isDeaf = true;
  act(() => result.current.change({ body: 'The first words' }));
  await pass(1000);
  const { id, version, slug } = asked[0]!.variables.input as ArticleFieldsFragment;
  expect([id, version, slug, created.mock.calls.length]).toEqual(['art1', 0, 'untitled-article-0a', 0]);
  server.isDeaf = false;
  await pass(6000);
  expect([server.article.version, result.current.theirs, created.mock.calls.length]).toEqual([1, null, 1]);
  act(() => result.current.change({ body: 'The first words and more' }));
  await pass(1000);
  expect([server.article.version, created.mock.calls.length]).toEqual([2, 1]);
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
  expect([server.article.body, result.current.theirs?.values.body, result.current.values.body]).toEqual([
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
  await act(() => result.current.takeTheirs());
  expect([result.current.values.body, readKeptArticle('art1')]).toEqual(['Theirs', null]);
});

test('words that were replaced can be put back, and are kept and saved like typed ones', async () => {
  const { server, asked, open } = startServer(buildArticle());
  const { result } = open();
  const typed = { ...result.current.values, body: 'Typed before' };
  act(() => result.current.replaceBy(buildArticle({ body: 'An earlier state' })));
  const { revision } = result.current;
  act(() => result.current.putBack(typed));
  expect([result.current.values.body, result.current.revision > revision]).toEqual(['Typed before', true]);
  expect(readKeptArticle('art1')?.values.body).toBe('Typed before');
  await pass(1000);
  expect(server.article.body).toBe('Typed before');
  // Not an autosave: what stood here meanwhile becomes a version.
  expect(asked.at(-1)).toMatchObject({ variables: { input: { autosave: false } } });
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
