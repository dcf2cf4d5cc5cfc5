import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import { ServerRefusal } from '../test/answering-client.ts';
import { buildDraft } from '../test/factories.ts';
import { renderOnTicket } from '../test/render-with-apollo.tsx';
import { currentActions } from '../ui/actions/registry.ts';
import { onNewTicketReturned, readNewTicket } from './new-ticket-draft.ts';
import { readLocalDraft } from './reply-draft.ts';
import { SendingBar } from './SendingBar.tsx';

afterEach(() => localStorage.clear());

const waitingMails = (seconds: number, number = 7, aheadMs = 0) => {
  const now = Date.now() + aheadMs;
  return {
    waitingMails: {
      __typename: 'WaitingMails',
      now: new Date(now).toISOString(),
      nodes: [
        {
          __typename: 'WaitingMail',
          undoUntil: new Date(now + seconds * 1000).toISOString(),
          message: { __typename: 'Message', id: 'm2', kind: 'REPLY', to: ['anna@acme.example'] },
          ticket: { __typename: 'Ticket', id: 't1', number },
        },
      ],
    },
  };
};
const status = { __typename: 'Ticket', id: 't1', status: 'OPEN', answeredAt: null, closesAt: null, closedAt: null };
const undone = (begunTicket: object | null = null) => ({
  undoSend: {
    __typename: 'UndoneReply',
    begunTicket,
    draft: buildDraft({ text: 'Hasty', cc: ['b@acme.example'] }),
    ticket: status,
  },
});

test('the countdown goes by the clock of the server, however wrong the one here is', async () => {
  renderOnTicket(7, <SendingBar />, { WaitingMails: () => waitingMails(9, 7, 3_600_000) });
  expect(await screen.findByText(/^(8|9) s$/)).toBeDefined();
});

test('a mail of another ticket says which', async () => {
  renderOnTicket(7, <SendingBar />, { WaitingMails: () => waitingMails(9, 12) });
  expect((await screen.findByText(/^9 s$/)).parentElement?.textContent).toContain('for #12');
});

test('Undo by key puts words and recipients back and leads to the ticket', async () => {
  const { router } = renderOnTicket(7, <SendingBar />, {
    WaitingMails: () => waitingMails(9, 12),
    UndoSend: () => undone(),
  });
  await screen.findByText(/^9 s$/);
  const undo = currentActions().find(({ id }) => id === 'undo');
  expect(undo?.keys).toEqual(['Z']);
  await act(async () => undo?.run());
  await waitFor(() => expect(router.state.location.pathname).toBe('/tickets/12'));
  expect(readLocalDraft('t1')).toMatchObject({ text: 'Hasty', cc: ['b@acme.example'] });
});

test('Undo of a mail that opened its ticket leads back to the form, with everything in it', async () => {
  const begun = { __typename: 'BegunTicket', requesterEmail: 'kofi@acme.example', requesterName: null, subject: 'Hi' };
  let opened = 0;
  const stop = onNewTicketReturned(() => opened++);
  const { router } = renderOnTicket(7, <SendingBar />, {
    WaitingMails: () => waitingMails(9),
    UndoSend: () => undone(begun),
  });
  await userEvent.click(await screen.findByRole('button', { name: /Undo/ }));
  await waitFor(() => expect(router.state.location.pathname).toBe('/tickets'));
  stop();
  expect(opened).toBe(1);
  expect(readNewTicket()).toMatchObject({
    requesterEmail: 'kofi@acme.example',
    requesterName: '',
    subject: 'Hi',
    text: 'Hasty',
    cc: ['b@acme.example'],
  });
  expect(readLocalDraft('t1')).toBeNull();
});

test('when it is too late, nothing is put back and it is said', async () => {
  const { asked, router } = renderOnTicket(7, <SendingBar />, {
    WaitingMails: () => waitingMails(9, 12),
    UndoSend: () => new ServerRefusal('It is too late: the reply is on its way.', 'CONFLICT'),
  });
  await userEvent.click(await screen.findByRole('button', { name: /Undo/ }));
  await waitFor(() => expect(asked.filter(({ name }) => name === 'WaitingMails').length).toBeGreaterThan(1));
  expect([readLocalDraft('t1'), router.state.location.pathname]).toEqual([null, '/tickets/7']);
});

async function moveOntoUndo() {
  const target = screen.getByRole('button', { name: /Undo/ });
  await userEvent.pointer([
    { target, coords: { clientX: 5, clientY: 5 } },
    { target, coords: { clientX: 6, clientY: 5 } },
  ]);
}

test.each([
  ['the mouse rests on it', moveOntoUndo],
  ['the focus of the keyboard is in it', async () => userEvent.tab()],
])('the mail waits while %s, and asks for no more time than it needs', async (_what, go) => {
  let until = 0;
  const { asked } = renderOnTicket(7, <SendingBar />, {
    WaitingMails: () => waitingMails(until === 0 ? 2 : 5),
    KeepWaiting: () => {
      until = Date.now() + 5000;
      const undoUntil = new Date(until).toISOString();
      const message = { __typename: 'Message', id: 'm2', undoUntil };
      return { keepWaiting: { __typename: 'WaitingMail', undoUntil, message } };
    },
  });
  await screen.findByText(/^[12] s$/);
  await go();
  await screen.findByText(/waits while you are here/);
  await waitFor(() => expect(asked.filter(({ name }) => name === 'WaitingMails').length).toBeGreaterThan(1));
  expect(asked.filter(({ name }) => name === 'KeepWaiting')).toHaveLength(1);
});

test('a mouse under which the countdown appears, and that is not moved, keeps nothing', async () => {
  const { asked } = renderOnTicket(7, <SendingBar />, { WaitingMails: () => waitingMails(2) });
  await screen.findByText(/^[12] s$/);
  await userEvent.pointer({ target: screen.getByRole('button', { name: /Undo/ }), coords: { clientX: 5, clientY: 5 } });
  await waitFor(() => expect(screen.queryByRole('button', { name: /Undo/ })).toBeNull(), { timeout: 4000 });
  expect(asked.some(({ name }) => name === 'KeepWaiting')).toBe(false);
});

test('when no more time is granted, the countdown goes on under the mouse', async () => {
  renderOnTicket(7, <SendingBar />, {
    WaitingMails: () => waitingMails(3),
    KeepWaiting: () => new ServerRefusal('It is too late: the reply is on its way.', 'CONFLICT'),
  });
  await screen.findByText(/^[23] s$/);
  await moveOntoUndo();
  expect(await screen.findByText(/^[123] s$/)).toBeDefined();
});

test('without a waiting mail there is no bar, and Z is left to other things', async () => {
  const { asked, container } = renderOnTicket(7, <SendingBar />, {
    WaitingMails: () => ({ waitingMails: { ...waitingMails(1).waitingMails, nodes: [] } }),
  });
  await waitFor(() => expect(asked).toHaveLength(1));
  expect([container.textContent, currentActions().some(({ id }) => id === 'undo')]).toEqual(['', false]);
});
