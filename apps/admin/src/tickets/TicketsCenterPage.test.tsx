import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { renderApp } from '../test/render-with-apollo.tsx';

const section = (name: string, totalCount: number) => ({
  __typename: 'TicketSection',
  name,
  totalCount,
  unreadCount: 0,
  highlightedCount: 0,
});
const emptyWindow = {
  __typename: 'TicketConnection',
  nodes: [],
  pageInfo: { __typename: 'PageInfo', endCursor: null, hasNextPage: false },
  totalCount: 0,
};
const answersWith = (...names: string[]) => ({
  TicketsCenter: () => ({ __typename: 'Query', ticketSections: names.map((name) => section(name, 0)) }),
  TicketWindow: () => ({ __typename: 'Query', tickets: emptyWindow }),
});

test('all three sections stand in their order when the settings show them', async () => {
  renderApp('/tickets', answersWith('MAIN', 'ANSWERED', 'ON_HOLD'));
  await screen.findByRole('button', { name: /On Hold/, expanded: true });
  const heads = screen.getAllByRole('heading', { level: 2 }).map((head) => head.textContent);
  expect(heads.filter((head) => /Main queue|Answered|On Hold/.test(head ?? ''))).toEqual([
    'Main queue0',
    'Answered0',
    'On Hold0',
  ]);
  expect(screen.queryByText(/hidden/)).toBeNull();
});

test('sections that the settings hide are absent, and the page says so', async () => {
  const { asked } = renderApp('/tickets', answersWith('MAIN'));
  await screen.findByText(/Answered and On Hold are hidden/);
  expect(screen.queryByRole('button', { name: /^On Hold/ })).toBeNull();
  expect(asked.filter(({ name }) => name === 'TicketWindow')).toHaveLength(1);
});

test('an empty main queue says that all is answered', async () => {
  renderApp('/tickets', answersWith('MAIN'));
  expect(await screen.findByRole('heading', { name: 'All answered' })).toBeDefined();
});

test('somebody who is not signed in comes to the sign-in page and keeps the way back', async () => {
  const { router } = renderApp('/tickets/12?view=mine', {
    Session: () => ({ __typename: 'Query', viewer: null, setup: { __typename: 'SetupState', required: false } }),
  });
  await screen.findByRole('heading', { name: 'Sign in' });
  expect(router.state.location.search).toEqual({ to: '/tickets/12?view=mine' });
});
