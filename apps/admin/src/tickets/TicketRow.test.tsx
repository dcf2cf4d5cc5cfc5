import { screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { buildTicketRow } from '../test/factories.ts';
import { renderWithApollo } from '../test/render-with-apollo.tsx';
import { FilledRow, type RowPlace } from './TicketRow.tsx';

const place: RowPlace = {
  domId: 'ticket-t1',
  rowIndex: 1,
  top: 0,
  height: 56,
  isRedAllowed: true,
  isCursor: false,
  isSelected: false,
  isOpen: false,
  isNew: false,
  homeStatus: 'OPEN',
};
const now = Date.parse('2026-01-05T10:00:00.000Z');
const show = (ticket = buildTicketRow(), part: Partial<RowPlace> = {}, onToggle = vi.fn()) => {
  renderWithApollo(
    <FilledRow ticket={ticket} now={now} place={{ ...place, ...part }} onOpen={vi.fn()} onToggle={onToggle} />,
  );
  return screen.getByRole('row');
};
const highlight = { __typename: 'Highlight' as const, entry: 'northwind.example' };

test('the row of a priority sender is red and says so with a flag and a word', () => {
  const row = show(buildTicketRow({ highlight }));
  expect(row.className).toContain('row--priority');
  const word = screen.getByText('Priority');
  expect(word.querySelector('svg')).not.toBeNull();
  expect(row.getAttribute('aria-label')).toMatch(/^Priority, /);
});

test('a row of another sender has neither colour nor word', () => {
  const row = show();
  expect(row.className).not.toContain('row--priority');
  expect(screen.queryByText('Priority')).toBeNull();
});

test('outside the main queue the colour goes and the word stays', () => {
  const row = show(buildTicketRow({ highlight, status: 'ANSWERED' }), { isRedAllowed: false, homeStatus: 'ANSWERED' });
  expect(row.className).not.toContain('row--priority');
  expect(screen.getByText('Priority')).toBeDefined();
});

test('the spoken row tells everything that colour and weight tell', () => {
  const row = show(
    buildTicketRow({ highlight, unread: true, assignee: { __typename: 'Agent', id: 'a2', name: 'Ravi' } }),
  );
  expect(row.getAttribute('aria-label')).toBe('Priority, unread, Freya Nyström, Site down, 31 min, assigned to Ravi');
});

test('a ticket that left its section while it is looked at says where it is now', () => {
  show(buildTicketRow({ status: 'CLOSED' }));
  expect(screen.getByText('Closed')).toBeDefined();
});
