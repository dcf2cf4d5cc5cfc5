import { gql, InMemoryCache } from '@apollo/client';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { renderWithApollo } from '../test/render-with-apollo.tsx';
import { DeletedNotice } from './DeletedNotice.tsx';
import { DeleteTicketsDialog } from './DeleteTicketsDialog.tsx';
import { dropFromLists } from './use-delete-tickets.ts';

const facts = () => ({ ticket: { __typename: 'Ticket', id: 't12', messageCount: 5, attachmentCount: 1 } });
const deleted = (number: number) => ({ deleteTicket: { __typename: 'DeletedTicket', id: `t${number}`, number } });

test('one ticket is deleted after the dialog has named what goes', async () => {
  const onDeleted = vi.fn();
  const { asked } = renderWithApollo(
    <DeleteTicketsDialog
      targets={[{ id: 't12', number: 12 }]}
      merged={[9, 7]}
      onClose={() => undefined}
      onDeleted={onDeleted}
    />,
    { TicketToDelete: facts, DeleteTicket: () => deleted(12) },
  );
  expect(await screen.findByRole('dialog', { name: 'Delete #12 for ever?' })).toBeDefined();
  expect(await screen.findByText(/5 messages, notes among them, with 1 file/)).toBeDefined();
  expect(screen.getByText(/merged into it: #9, #7/)).toBeDefined();
  await userEvent.click(screen.getByRole('button', { name: 'Delete for ever' }));
  await waitFor(() => expect(onDeleted).toHaveBeenCalledOnce());
  expect(asked.at(-1)).toEqual({ name: 'DeleteTicket', variables: { input: { ticketId: 't12' } } });
});

test('several are deleted only when their number was typed', async () => {
  const onClose = vi.fn();
  const { asked } = renderWithApollo(
    <DeleteTicketsDialog
      targets={[
        { id: 't1', number: 1 },
        { id: 't2', number: 2 },
      ]}
      onClose={onClose}
      onDeleted={() => undefined}
    />,
    { DeleteTicket: () => deleted(1) },
  );
  const button = await screen.findByRole('button', { name: 'Delete for ever' });
  expect(button.hasAttribute('disabled')).toBe(true);
  await userEvent.type(screen.getByLabelText('Type 2 to delete 2 tickets'), '3{Enter}');
  expect(asked).toEqual([]);
  await userEvent.type(screen.getByLabelText('Type 2 to delete 2 tickets'), '{Backspace}2');
  await userEvent.click(button);
  await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
  expect(asked.map(({ variables }) => variables)).toEqual([
    { input: { ticketId: 't1' } },
    { input: { ticketId: 't2' } },
  ]);
});

test('a refusal stays in the dialog with its reason, and the ticket stays in the list', async () => {
  const onClose = vi.fn();
  renderWithApollo(
    <DeleteTicketsDialog targets={[{ id: 't12', number: 12 }]} onClose={onClose} onDeleted={() => undefined} />,
    {
      TicketToDelete: facts,
      DeleteTicket: () => {
        throw new Error('One of its mails is being handed to the mail server right now.');
      },
    },
  );
  await userEvent.click(await screen.findByRole('button', { name: 'Delete for ever' }));
  expect(await screen.findByText(/#12 stays\./)).toBeDefined();
  expect(onClose).not.toHaveBeenCalled();
});

test('a deleted ticket leaves every list', () => {
  const cache = new InMemoryCache();
  const row = (id: string) => ({ __typename: 'Ticket', id });
  cache.writeQuery({
    query: gql`query Rows { tickets(filter: { section: MAIN }) { nodes { id } totalCount } }`,
    data: { tickets: { __typename: 'TicketConnection', nodes: [row('t1'), row('t2')], totalCount: 2 } },
  });
  dropFromLists(cache, 't1');
  const lists = Object.entries(cache.extract().ROOT_QUERY ?? {}).filter(([name]) => name.startsWith('tickets'));
  expect(lists.map(([, list]) => list)).toMatchObject([{ nodes: [{ __ref: 'Ticket:t2' }], totalCount: 1 }]);
});

test('a link to a deleted ticket says who deleted it when, and one to no ticket says that', async () => {
  const { unmount } = renderWithApollo(<DeletedNotice number={12} onBack={() => undefined} />, {
    DeletedTicket: () => ({
      deletedTicket: {
        __typename: 'DeletedTicket',
        id: 't12',
        number: 12,
        deletedAt: '2026-11-03T09:00:00.000Z',
        deletedBy: 'Dana',
      },
    }),
  });
  expect(await screen.findByRole('heading', { name: 'Ticket #12 was deleted' })).toBeDefined();
  expect(screen.getByText(/By Dana on/).textContent).toMatch(/3/);
  unmount();
  renderWithApollo(<DeletedNotice number={13} onBack={() => undefined} />, {
    DeletedTicket: () => ({ deletedTicket: null }),
  });
  expect(await screen.findByRole('heading', { name: 'This ticket does not exist' })).toBeDefined();
});
