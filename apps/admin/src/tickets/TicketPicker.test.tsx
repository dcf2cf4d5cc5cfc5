import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { renderWithApollo } from '../test/render-with-apollo.tsx';
import { TicketPicker } from './TicketPicker.tsx';

const node = (id: string, number: number) => ({
  __typename: 'Ticket',
  id,
  number,
  subject: `Matter ${number}`,
  status: 'OPEN',
  requester: { __typename: 'Requester', name: 'Freya', email: 'freya@northwind.example' },
});

test('another ticket is found by its number, never the one that this begins from', async () => {
  const onChoose = vi.fn();
  const { asked } = renderWithApollo(
    <TicketPicker title="Merge" help="It goes there." exceptId="t1" onChoose={onChoose} onClose={() => undefined} />,
    {
      FindTickets: () => ({
        tickets: {
          __typename: 'TicketConnection',
          nodes: [node('t1', 1), node('t2', 2)],
          totalCount: 2,
          pageInfo: { __typename: 'PageInfo', endCursor: null, hasNextPage: false },
        },
      }),
    },
  );
  await userEvent.type(screen.getByLabelText('Ticket'), '#2');
  await userEvent.click(await screen.findByRole('button', { name: /#2 Matter 2/ }));
  expect(onChoose.mock.calls[0]?.[0]).toMatchObject({ id: 't2', number: 2 });
  expect(screen.queryByRole('button', { name: /Matter 1/ })).toBeNull();
  expect(asked.at(-1)).toEqual({ name: 'FindTickets', variables: { search: '2' } });
});
