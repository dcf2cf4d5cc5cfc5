import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { renderWithApollo } from '../test/render-with-apollo.tsx';
import { Undeliverable } from './Undeliverable.tsx';

const requester = {
  __typename: 'Requester' as const,
  name: 'Freya',
  email: 'freya@northwind.example',
  undeliverable: {
    __typename: 'Undeliverable' as const,
    since: '2026-01-05T09:00:00.000Z',
    reason: '550 5.1.1 no such user',
  },
};

test('an address that mail does not reach is told before writing, with the words of its server', async () => {
  const { asked } = renderWithApollo(<Undeliverable ticketId="t1" requester={requester} />, {
    ClearUndeliverable: () => ({
      clearUndeliverable: { __typename: 'Ticket', id: 't1', requester: { ...requester, undeliverable: null } },
    }),
  });
  expect(screen.getByText(/Mail to freya@northwind\.example came back on /)).toBeDefined();
  expect(screen.getByText('550 5.1.1 no such user')).toBeDefined();
  await userEvent.click(screen.getByRole('button', { name: 'It works again' }));
  await waitFor(() =>
    expect(asked).toEqual([{ name: 'ClearUndeliverable', variables: { input: { ticketId: 't1' } } }]),
  );
});

test('nothing is said where mail arrives', () => {
  renderWithApollo(<Undeliverable ticketId="t1" requester={{ ...requester, undeliverable: null }} />);
  expect(screen.queryByRole('button')).toBeNull();
});
