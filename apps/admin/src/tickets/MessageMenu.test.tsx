import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import type { MessageCardFragment } from '../gql/graphql.ts';
import { buildMessage } from '../test/factories.ts';
import { renderOnTicket } from '../test/render-with-apollo.tsx';
import { MessageMenu } from './MessageMenu.tsx';

const onForward = vi.fn();

async function open(part: Partial<MessageCardFragment>, isOnlyLetter: boolean) {
  const message = buildMessage(part);
  renderOnTicket(7, <MessageMenu message={message} ticketId="t1" isOnlyLetter={isOnlyLetter} onForward={onForward} />);
  await userEvent.click(await screen.findByRole('button', { name: 'Message actions' }));
  const items = await screen.findAllByRole<HTMLButtonElement>('menuitem');
  return items.filter((item) => !item.disabled).map((item) => item.textContent);
}

test('the only letter of a ticket cannot be taken out of it, and the menu says why', async () => {
  expect(await open({}, true)).toEqual(['ForwardF']);
  expect(screen.getByText(/^This is the only letter of its ticket\./)).toBeDefined();
});

test('one letter of several can become a ticket or go to another', async () => {
  expect(await open({}, false)).toEqual(['ForwardF', 'Split off to a new ticket', 'Move to ticket…']);
  expect(screen.queryByText(/only letter/)).toBeNull();
});

test('a note can go to another ticket even beside an only letter', async () => {
  expect(await open({ kind: 'NOTE' }, true)).toEqual(['Move to ticket…']);
});

test('our own mail can be sent on, and stays where it is', async () => {
  expect(await open({ kind: 'REPLY' }, false)).toEqual(['Forward']);
  await userEvent.click(screen.getByRole('menuitem', { name: 'Forward' }));
  expect(onForward).toHaveBeenCalled();
});
