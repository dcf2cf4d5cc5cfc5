import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { BaseFieldsFragment } from '../gql/graphql.ts';
import { buildArticle } from '../test/factories.ts';
import { renderApp } from '../test/render-with-apollo.tsx';
import { valuesOf } from './article-draft.ts';

const base = (part: Partial<BaseFieldsFragment> = {}): BaseFieldsFragment => ({
  __typename: 'KnowledgeBase',
  id: 'kb1',
  name: 'Help',
  description: '',
  staffOnly: false,
  articleCount: 1,
  draftCount: 1,
  usedAs: [],
  categories: [
    {
      __typename: 'ArticleCategory',
      id: 'c1',
      knowledgeBaseId: 'kb1',
      parentId: null,
      name: 'Billing',
      position: 0,
      articleCount: 1,
    },
    {
      __typename: 'ArticleCategory',
      id: 'c2',
      knowledgeBaseId: 'kb1',
      parentId: null,
      name: 'Outages',
      position: 1,
      articleCount: 0,
    },
  ],
  ...part,
});
const article = buildArticle();
const windowOf = (nodes: unknown[]) => ({
  __typename: 'ArticleConnection',
  nodes,
  pageInfo: { __typename: 'PageInfo', endCursor: null, hasNextPage: false },
  totalCount: nodes.length,
});
const answers = (own: BaseFieldsFragment = base()) => ({
  KnowledgePage: () => ({ knowledgeBases: [own] }),
  ArticleList: () => ({
    knowledgeBase: { ...own, articles: windowOf([article]) },
  }),
  ArticlePage: () => ({ article }),
});

test('the tree, the list and the article that the address names stand beside each other', async () => {
  renderApp('/knowledge?article=art1', answers());
  const tree = await screen.findByRole('navigation', { name: 'Bases and categories' });
  expect(within(tree).getByRole('button', { name: /Outages/, description: '' })).toBeTruthy();
  const list = await screen.findByRole('region', { name: 'Articles' });
  expect(await within(list).findByText('Reset your password')).toBeTruthy();
  expect(await screen.findByDisplayValue('Reset your password')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Publish' })).toBeTruthy();
});

test('a category is moved by Alt and an arrow', async () => {
  const { asked } = renderApp('/knowledge', answers());
  const line = await screen.findByRole('button', { name: /^Level 1: ?Outages/ });
  line.focus();
  await userEvent.keyboard('{Alt>}{ArrowUp}{/Alt}');
  await waitFor(() =>
    expect(asked.find(({ name }) => name === 'MoveArticleCategory')?.variables.input).toEqual({
      categoryId: 'c2',
      parentId: null,
      position: 0,
    }),
  );
});

test('a base that a setting uses is not deleted, and the way to the setting is shown', async () => {
  const { asked } = renderApp('/knowledge', answers(base({ usedAs: ['Default KnowledgeBase'] })));
  await userEvent.click(await screen.findByRole('button', { name: 'More for Help' }));
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Delete…' }));
  const link = await screen.findByRole('link', { name: 'Go to the setting' });
  expect(link.getAttribute('href')).toBe('/settings#defaultKnowledgeBaseId');
  expect(screen.queryByRole('button', { name: 'Delete for ever' })).toBeNull();
  expect(asked.some(({ name }) => name === 'DeleteKnowledgeBase')).toBe(false);
});

test('imported articles stand in the list at once, and the same file can be chosen again', async () => {
  const { asked } = renderApp('/knowledge', {
    ...answers(),
    ImportMarkdown: () => ({
      importMarkdown: { __typename: 'ImportResult', added: 1, updated: 0, unchanged: 0, problems: [] },
    }),
  });
  await userEvent.click(await screen.findByRole('button', { name: 'More for Help' }));
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Import Markdown…' }));
  const input = document.querySelector<HTMLInputElement>('input[type=file]')!;
  const readings = () => asked.filter(({ name }) => name === 'ArticleList').length;
  const before = readings();
  const file = Object.assign(new File(['Body'], 'a.md'), { arrayBuffer: async () => new Uint8Array([66]).buffer });
  await userEvent.upload(input, file);
  expect(await screen.findByText(/1 article added/)).toBeTruthy();
  await waitFor(() => expect(readings()).toBeGreaterThan(before));
  expect(input.value).toBe('');
});

test('a long tree makes the menu of a category when it is asked for', async () => {
  const categories = Array.from({ length: 40 }, (_, at) => ({
    ...base().categories[0]!,
    id: `w${at}`,
    name: `Wide ${at}`,
    position: at,
  }));
  renderApp('/knowledge', answers(base({ categories })));
  const tree = await screen.findByRole('navigation', { name: 'Bases and categories' });
  expect(tree.querySelectorAll('.tree__line')).toHaveLength(42);
  const more = () => tree.querySelector('[aria-label="More for Wide 7"]')!;
  await userEvent.click(more());
  expect(await screen.findByRole('menuitem', { name: 'Move up' })).toBeTruthy();
  await userEvent.keyboard('{Escape}');
  await waitFor(() => expect(document.activeElement).toBe(more()));
  await userEvent.click(more());
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Rename…' }));
  expect(await screen.findByDisplayValue('Wide 7')).toBeTruthy();
});

test('without any base an administrator is asked to make the first', async () => {
  renderApp('/knowledge', { KnowledgePage: () => ({ knowledgeBases: [] }) });
  expect(await screen.findByRole('button', { name: 'Make the first one' })).toBeTruthy();
});

test('a new article asks nothing of the server before something is typed, and leaves nothing behind', async () => {
  const { asked, router } = renderApp('/knowledge', answers());
  await screen.findByText('Reset your password');
  await userEvent.click(screen.getByRole('button', { name: 'New article' }));
  expect(await screen.findByDisplayValue('Untitled article')).toBeTruthy();
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Versions' }).disabled).toBe(true);
  await userEvent.click(screen.getByText('Reset your password'));
  expect(await screen.findByDisplayValue('Reset your password')).toBeTruthy();
  expect(asked.some(({ name }) => name === 'SaveArticle')).toBe(false);
  expect(Object.keys(localStorage).filter((key) => key.startsWith('article:'))).toEqual([]);
  await router.navigate({ to: '/knowledge', search: {} });
});

test('an article with unpublished changes is marked in the list, opens with them and can be rid of them', async () => {
  const changed = buildArticle({
    published: true,
    unpublishedChanges: {
      ...valuesOf(article),
      __typename: 'UnpublishedChanges',
      keywords: ['login'],
      title: 'Reset it today',
      version: 'c1',
      articleVersion: 1,
      updatedAt: '2026-01-05T10:06:00.000Z',
      updatedBy: { __typename: 'Agent', id: 'a2', name: 'Kim' },
      linkProblems: [{ __typename: 'LinkProblem', link: 'lost', message: 'There is no such article.' }],
    },
  });
  const { asked } = renderApp('/knowledge?article=art1', {
    ...answers(),
    ArticlePage: () => ({ article: changed }),
    ArticleList: () => ({ knowledgeBase: { ...base(), articles: windowOf([changed]) } }),
    DiscardUnpublishedChanges: () => ({ discardUnpublishedChanges: { ...changed, unpublishedChanges: null } }),
  });
  const list = await screen.findByRole('region', { name: 'Articles' });
  expect(await within(list).findByText(/^Changes/)).toBeTruthy();
  expect(await screen.findByDisplayValue('Reset it today')).toBeTruthy();
  expect(screen.getByText(/^Draft saved .+ by Kim — not published yet$/)).toBeTruthy();
  expect(screen.getByText(/Look at the link “lost”/)).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Publish changes' })).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'More' }));
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Discard changes' }));
  expect(await screen.findByDisplayValue('Reset your password')).toBeTruthy();
  expect(asked.find(({ name }) => name === 'DiscardUnpublishedChanges')?.variables.input).toEqual({
    articleId: 'art1',
    version: 'c1',
  });
  await waitFor(() => expect(within(list).queryByText(/^Changes/)).toBeNull());
  expect(screen.queryByRole('button', { name: 'Publish changes' })).toBeNull();
});
