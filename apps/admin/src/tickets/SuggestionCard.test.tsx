import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import type { SuggestionCardFragment } from '../gql/graphql.ts';
import { renderWithApollo } from '../test/render-with-apollo.tsx';
import { SuggestionCard } from './SuggestionCard.tsx';

const suggestion = (part: Partial<SuggestionCardFragment> = {}): SuggestionCardFragment => ({
  __typename: 'Suggestion',
  score: 0.616,
  excerpt: 'Restart the pool <b>now</b>',
  dismissed: false,
  marks: [{ __typename: 'TextMark', start: 0, end: 7 }],
  titleMarks: [],
  matches: [
    { __typename: 'SuggestionMatch', term: 'restart', share: 0.7, field: 'title' },
    { __typename: 'SuggestionMatch', term: 'pool', share: 0.2, field: 'feedback' },
  ],
  article: {
    __typename: 'Article',
    id: 'k1',
    title: '<img src=x onerror=alert(1)>',
    html: '<p>Restart</p>',
    url: null,
  },
  ...part,
});
const show = (part?: Partial<SuggestionCardFragment>, position = 1) => {
  const [onInsert, onNotUseful] = [vi.fn(), vi.fn()];
  const view = renderWithApollo(
    <ol>
      <SuggestionCard suggestion={suggestion(part)} position={position} onInsert={onInsert} onNotUseful={onNotUseful} />
    </ol>,
  );
  return { ...view, onInsert, onNotUseful };
};

test('matched words are marked, and mark-up in titles and excerpts stays words', () => {
  const { container } = show();
  expect([...container.querySelectorAll('mark')].map((mark) => mark.textContent)).toEqual(['Restart']);
  expect(container.querySelector('img, b')).toBeNull();
  expect(screen.getByRole('heading', { name: '<img src=x onerror=alert(1)>' })).toBeDefined();
  expect(screen.getByText('62 % match')).toBeDefined();
});

test('why: each matched word with its share and its place, in words', async () => {
  show();
  await userEvent.click(screen.getByRole('button', { name: 'Why?' }));
  expect(screen.getAllByRole('row').map((row) => row.textContent)).toEqual([
    'restarttitle70 %',
    'poolanswered letters20 %',
  ]);
});

test('the tenth has no key, and every one can be inserted or put away by its button', async () => {
  const { onInsert, onNotUseful } = show({}, 10);
  expect(screen.queryByText(/^Alt/)).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: /^Insert/ }));
  await userEvent.click(screen.getByRole('button', { name: /^Not useful/ }));
  expect([onInsert.mock.calls.length, onNotUseful.mock.calls.length]).toEqual([1, 1]);
});

test('the reasons are the telling words; the many small ones stand together', async () => {
  const terms = ['toner', 'fuser', 'paper', 'smear', 'wipe', 'cold', 'hot', 'page', 'the', 'in', 'it'];
  const shares = [0.4, 0.2, 0.1, 0.08, 0.06, 0.05, 0.04, 0.03, 0.02, 0.016, 0.004];
  const matches = terms.map((term, at) => ({
    __typename: 'SuggestionMatch' as const,
    term,
    share: shares[at]!,
    field: 'title',
  }));
  show({ matches });
  await userEvent.click(screen.getByRole('button', { name: 'Why?' }));
  const rows = screen.getAllByRole('row').map((row) => row.textContent);
  expect(rows).toHaveLength(9);
  expect(rows[0]).toBe('tonertitle40 %');
  expect(rows[8]).toBe('Other words4 %');
});
