import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import type { MessageCardFragment } from '../gql/graphql.ts';
import { buildDraft, buildMessage } from '../test/factories.ts';
import { renderWithApollo } from '../test/render-with-apollo.tsx';
import { Delivery, DeliveryTrouble } from './Delivery.tsx';
import { readLocalDraft } from './reply-draft.ts';
import { onDraftReturned } from './returned-drafts.ts';

afterEach(() => localStorage.clear());

function show(part: Partial<MessageCardFragment>, answers = {}) {
  const message = buildMessage({ id: 'm2', kind: 'REPLY', ...part });
  return renderWithApollo(
    <>
      <Delivery message={message} />
      <DeliveryTrouble message={message} ticketId="t1" />
    </>,
    answers,
  );
}
const buttons = () => screen.queryAllByRole('button').map(({ textContent }) => textContent);

test('a reply that can be taken back counts down, then waits, and is “Sent” only when the server took it', () => {
  show({ delivery: 'QUEUED', undoUntil: new Date(Date.now() + 7500).toISOString() });
  expect(screen.getByText('Sending in 8 s')).toBeDefined();
  show({ delivery: 'SENT' });
  expect(screen.getByText('Sent')).toBeDefined();
  expect(buttons()).toEqual([]);
});

test('a refused reply shows the words of the mail server and can be tried again or edited', () => {
  show({ delivery: 'FAILED', deliveryDetail: 'The mail server refused the message (550 relay denied).' });
  expect(screen.getByText('The mail server refused the message (550 relay denied).')).toBeDefined();
  expect(buttons()).toEqual(['Try again', 'Edit and send anew']);
});

test('a mail that the server took for some alone does not read as sent to all, and names the others', () => {
  show({ delivery: 'SENT', deliveryDetail: 'Not taken for bert@acme.example: 550 no such user' });
  expect(screen.getByText('Sent, but not to all')).toBeDefined();
  expect(screen.getByText('Not taken for bert@acme.example: 550 no such user')).toBeDefined();
  expect(buttons()).toEqual([]);
});

test('a reply of unknown fate is sent again or marked as sent, and not edited: it may have arrived', () => {
  show({ delivery: 'UNKNOWN', deliveryDetail: 'The mail may have been delivered or not.' });
  expect(buttons()).toEqual(['Send again', 'Mark as sent']);
});

test('a reply that came back shows the words of the bounce', () => {
  show({ delivery: 'BOUNCED', deliveryDetail: '5.1.1 no such user' });
  expect(screen.getByText('5.1.1 no such user')).toBeDefined();
  expect(buttons()).toEqual(['Edit and send anew']);
});

test('a reply that waits after a failure says why and when it is tried again', () => {
  show({ delivery: 'QUEUED', deliveryDetail: '451 try later', nextAttemptAt: '2026-01-05T10:06:00.000Z' });
  expect(screen.getByText('451 try later')).toBeDefined();
  expect(screen.getByText(/^It is tried again at /)).toBeDefined();
});

test('editing anew puts the words back as a draft of this browser', async () => {
  const returned: string[] = [];
  const stop = onDraftReturned((ticketId) => returned.push(ticketId));
  show({ delivery: 'FAILED' }, { EditAgain: () => ({ editAgain: buildDraft({ text: 'Once more' }) }) });
  await userEvent.click(screen.getByRole('button', { name: 'Edit and send anew' }));
  await waitFor(() => expect(returned).toEqual(['t1']));
  expect(readLocalDraft('t1')?.text).toBe('Once more');
  stop();
});
