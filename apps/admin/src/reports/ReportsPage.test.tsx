import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { renderApp } from '../test/render-with-apollo.tsx';

const stats = (shown: number, inserted: number) => ({
  __typename: 'SuggestionStats',
  shown,
  inserted,
  sentUnchanged: 1,
  dismissed: 0,
});
const report = (part: Record<string, unknown> = {}) => ({
  __typename: 'SuggestionReport',
  from: '2026-01-01T00:00:00.000Z',
  to: '2026-01-02T12:00:00.000Z',
  totals: stats(10, 4),
  days: ['2026-01-01', '2026-01-02'].map((day) => ({
    ...stats(5, 2),
    __typename: 'SuggestionReportDay',
    day,
    withoutArticle: 1,
  })),
  articles: [
    {
      __typename: 'SuggestionReportArticle',
      stats: stats(10, 4),
      article: { __typename: 'Article', id: 'k1', title: 'Reset your password' },
    },
  ],
  gaps: [
    {
      __typename: 'SuggestionGap',
      subject: 'VAT rate',
      count: 3,
      ticketNumbers: [7, 9],
      lastAt: '2026-01-02T10:00:00.000Z',
    },
  ],
  ...part,
});

test('each plot states its finding and shows its figures as a table on request', async () => {
  renderApp('/reports', { SuggestionReport: () => ({ suggestionReport: report() }) });
  const perDay = await screen.findByRole('region', { name: '40 % of the suggestions were put into a reply' });
  expect(within(perDay).getByRole('img').getAttribute('aria-label')).toContain('10 suggestions shown, 4 inserted');
  await userEvent.click(within(perDay).getByRole('button', { name: 'Show as table' }));
  expect(within(perDay).getAllByRole('row')).toHaveLength(3);
  expect(screen.getByRole('region', { name: /“VAT rate” was asked 3 times and no article fits/ })).toBeTruthy();
  expect(screen.getByRole('link', { name: '#7' }).getAttribute('href')).toContain('/tickets/7');
});

test('the span stands in the address and is what is asked for', async () => {
  const { asked } = renderApp('/reports?days=7', { SuggestionReport: () => ({ suggestionReport: report() }) });
  await screen.findByRole('region', { name: /40 %/ });
  expect(asked.find(({ name }) => name === 'SuggestionReport')?.variables).toEqual({ days: 7 });
});

test('before the first suggestion a sample says what will stand there', async () => {
  renderApp('/reports', {
    SuggestionReport: () => ({ suggestionReport: report({ totals: stats(0, 0), articles: [], gaps: [] }) }),
  });
  expect(await screen.findByText('Plots start with the first suggestions')).toBeTruthy();
  expect(screen.getByText('Sample')).toBeTruthy();
});
