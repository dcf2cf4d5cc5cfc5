import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { OutgoingRowFragment, SendingFieldsFragment } from '../gql/graphql.ts';
import { type Answers, ServerRefusal } from '../test/answering-client.ts';
import { buildOutgoing, buildSending } from '../test/factories.ts';
import { renderApp } from '../test/render-with-apollo.tsx';

const figures = (part: Partial<SendingFieldsFragment> = {}) => ({
  SendingPage: () => ({ __typename: 'Query', sending: buildSending(part) }),
});
const list = (nodes: OutgoingRowFragment[], endCursor: string | null = null) => ({
  OutgoingMails: () => ({
    __typename: 'Query',
    outgoingMails: {
      __typename: 'OutgoingMailConnection',
      nodes,
      pageInfo: { __typename: 'PageInfo', endCursor, hasNextPage: endCursor !== null },
      totalCount: nodes.length,
    },
  }),
});
const open = async (answers: Answers, path = '/sending') => {
  const app = renderApp(path, { ...figures(), ...list([]), ...answers });
  await screen.findByRole('heading', { name: 'Sending', level: 1 });
  return app;
};
const failed = buildOutgoing({
  state: 'FAILED',
  detail: 'The mail server refused the message (550 5.1.1 no such user).',
  sentAt: null,
  canRetry: true,
  canDiscard: true,
});
const unknown = buildOutgoing({
  state: 'UNKNOWN',
  detail: 'The line went dead.',
  sentAt: null,
  canRetry: true,
  canMarkSent: true,
});

test('while nothing has come the page shows that it is on its way', async () => {
  renderApp('/sending', {});
  expect((await screen.findAllByRole('status', { name: 'Loading' })).length).toBe(2);
});

test('a page without mails says what will stand there', async () => {
  await open({});
  expect(await screen.findByText('No mail has been written yet')).toBeDefined();
  expect(screen.getByText('Nothing waits.')).toBeDefined();
  expect(screen.getByText('No mail has failed.')).toBeDefined();
});

test('an error says what to do and offers another try', async () => {
  await open({ OutgoingMails: () => new ServerRefusal('The list could not be read.', 'UNAVAILABLE') });
  expect(await screen.findByText('The list could not be read.')).toBeDefined();
  expect(screen.getByRole('button', { name: 'Try again' })).toBeDefined();
});

test('a server that takes nothing is said with its words, since when and when it is tried next', async () => {
  const nextTryAt = '2026-01-05T10:05:00.000Z';
  const { asked } = await open({
    ...figures({
      trouble: 'The mail server mail.example.com could not be reached.',
      troubleSince: '2026-01-05T10:00:00.000Z',
      nextTryAt,
      queued: 2,
    }),
    TrySendingNow: () => ({ __typename: 'Mutation', trySendingNow: buildSending() }),
  });
  const card = await screen.findByRole('region', { name: 'State of sending' });
  expect(within(card).getByText(/^Waiting since /)).toBeDefined();
  const said = within(card).getByRole('alert').textContent;
  expect(said).toContain('could not be reached. 2 mails are kept. Next try at ');
  await userEvent.click(within(card).getByRole('button', { name: 'Try now' }));
  expect(await within(card).findByText('Working')).toBeDefined();
  expect(asked.some(({ name }) => name === 'TrySendingNow')).toBe(true);
});

test('sending that is not set up leads to the setting', async () => {
  await open(
    figures({
      missing: { __typename: 'SettingsProblem', field: 'smtpHost', message: 'Sending is not set up.' },
      trouble: 'Sending is not set up.',
    }),
  );
  expect(await screen.findByText('Not set up')).toBeDefined();
  expect(screen.getByRole('link', { name: 'Set it up' }).getAttribute('href')).toBe('/settings#smtpHost');
});

test('rate, queue by kind and the other figures are told', async () => {
  await open(
    figures({
      queued: 302,
      waiting: [
        { __typename: 'WaitingKind', kind: 'CAMPAIGN', count: 300 },
        { __typename: 'WaitingKind', kind: 'REPLY', count: 2 },
      ],
      sentLastMinute: 58,
      mailsPerMinute: 60,
      failed: 3,
    }),
  );
  expect(await screen.findByText('On their way: 300 mass mails, 2 replies.')).toBeDefined();
  expect(screen.getByText('58 of 60')).toBeDefined();
  expect(screen.getByRole('link', { name: '3' }).getAttribute('href')).toBe('/sending?state=failed');
});

test('a failed mail shows the server’s words and is tried again by one click', async () => {
  let mail = failed;
  const { asked } = await open({
    OutgoingMails: () => list([mail]).OutgoingMails(),
    RetryOutgoingMail: () => {
      mail = { ...failed, state: 'QUEUED', detail: null, canRetry: false, attempts: 0 };
      return { __typename: 'Mutation', retryOutgoingMail: mail };
    },
  });
  const row = (await screen.findByText('freya@northwind.example')).closest('tr')!;
  expect(row.textContent).toContain('550 5.1.1 no such user');
  expect(within(row).getByRole('link', { name: '#48209' }).getAttribute('href')).toBe('/tickets/48209');
  await userEvent.click(within(row).getByRole('button', { name: 'Try again: freya@northwind.example' }));
  expect(await within(row).findByText('Waiting')).toBeDefined();
  expect(asked.find(({ name }) => name === 'RetryOutgoingMail')?.variables).toEqual({
    input: { outgoingMailId: 'out1' },
  });
});

test('a mail of unknown fate is sent again only after it was said that it may arrive twice', async () => {
  const { asked } = await open({
    ...list([unknown]),
    RetryOutgoingMail: () => ({
      __typename: 'Mutation',
      retryOutgoingMail: { ...unknown, state: 'QUEUED', canRetry: false },
    }),
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Send again: freya@northwind.example' }));
  const dialog = await screen.findByRole('dialog', { name: 'Send this mail again?' });
  expect(dialog.textContent).toContain('it may arrive twice');
  expect(asked.some(({ name }) => name === 'RetryOutgoingMail')).toBe(false);
  await userEvent.click(within(dialog).getByRole('button', { name: 'Send again' }));
  await waitFor(() => expect(asked.some(({ name }) => name === 'RetryOutgoingMail')).toBe(true));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

test('a refusal of the server stands in the question, and nothing is closed', async () => {
  await open({
    ...list([unknown]),
    MarkOutgoingMailSent: () => new ServerRefusal('This mail is on its way.', 'CONFLICT'),
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Mark as sent: freya@northwind.example' }));
  const dialog = await screen.findByRole('dialog', { name: 'Mark this mail as sent?' });
  await userEvent.click(within(dialog).getByRole('button', { name: 'Mark as sent' }));
  expect(await within(dialog).findByText('This mail is on its way.')).toBeDefined();
});

test('a mail is given up only after a question', async () => {
  const { asked } = await open({
    ...list([failed]),
    DiscardOutgoingMail: () => ({
      __typename: 'Mutation',
      discardOutgoingMail: { ...failed, state: 'DISCARDED', canDiscard: false },
    }),
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Discard: freya@northwind.example' }));
  const dialog = await screen.findByRole('dialog', { name: 'Discard this mail?' });
  expect(dialog.textContent).toContain('There is no way back.');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Discard' }));
  await waitFor(() => expect(asked.some(({ name }) => name === 'DiscardOutgoingMail')).toBe(true));
});

test('all mails of one cause are tried again, and those of mailings are said to be left alone', async () => {
  const cause = 'The mail server refused the message (550 relay denied).';
  const { asked } = await open({
    ...figures({ failureCauses: [{ __typename: 'FailureCause', cause, count: 12, ofMailings: 2 }] }),
    RetryFailedMails: () => ({ __typename: 'Mutation', retryFailedMails: 10 }),
  });
  expect(await screen.findByText(/12 mails, 2 of mailings/)).toBeDefined();
  await userEvent.click(screen.getByRole('button', { name: `Try all 10 again: ${cause}` }));
  await waitFor(() =>
    expect(asked.find(({ name }) => name === 'RetryFailedMails')?.variables).toEqual({ input: { cause } }),
  );
});

test('filter, kind and search stand in the address and go to the server', async () => {
  const { asked, router } = await open({ ...list([failed], 'cursor1') }, '/sending?kind=replies');
  await userEvent.click(await screen.findByRole('button', { name: 'Failed' }));
  await userEvent.type(screen.getByRole('searchbox', { name: 'Find a recipient' }), 'freya');
  await waitFor(() => expect(router.state.location.search).toEqual({ kind: 'replies', state: 'failed', q: 'freya' }));
  await waitFor(() =>
    expect(asked.filter(({ name }) => name === 'OutgoingMails').at(-1)?.variables).toEqual({
      filter: { kind: ['REPLY'], state: ['FAILED'], search: 'freya' },
      first: 50,
      after: null,
    }),
  );
  await userEvent.click(await screen.findByRole('button', { name: 'Older mails' }));
  await waitFor(() => expect(router.state.location.search).toMatchObject({ after: 'cursor1', state: 'failed' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Newest' }));
  await waitFor(() => expect(router.state.location.search).not.toHaveProperty('after'));
});

test('a search without a find offers the way back to all', async () => {
  const { router } = await open({}, '/sending?state=failed');
  await userEvent.click(await screen.findByRole('button', { name: 'Show all mails' }));
  await waitFor(() => expect(router.state.location.search).toEqual({}));
});

const assistant = {
  Session: () => ({
    __typename: 'Query',
    viewer: { __typename: 'Viewer', id: 'a2', name: 'Clara', email: 'clara@example.com', role: 'ASSISTANT' },
    setup: { __typename: 'SetupState', required: false },
  }),
};

test('an assistant neither sees the page nor asks for it', async () => {
  const { asked } = renderApp('/sending', assistant);
  expect(await screen.findByText('No permission')).toBeDefined();
  expect(screen.queryByRole('link', { name: 'Sending' })).toBeNull();
  expect(asked.some(({ name }) => name === 'SendingState' || name === 'SendingPage')).toBe(false);
});

test('on every page an administrator reads that mail does not go out', async () => {
  renderApp('/assistants', {
    SendingState: () => ({
      __typename: 'Query',
      sending: buildSending({
        trouble: 'The mail server refused the sign-in.',
        troubleSince: '2026-01-05T10:00:00.000Z',
        queued: 1,
      }),
    }),
  });
  const banner = (await screen.findByText(/^Mail has not gone out since /)).closest('[role="alert"]')!;
  expect(banner.textContent).toContain('The mail server refused the sign-in. 1 mail is kept.');
  expect(
    within(banner as HTMLElement)
      .getByRole('link', { name: 'Look at it' })
      .getAttribute('href'),
  ).toBe('/sending');
});

test('a desk without a server for sending is told so once a mail waits, not before', async () => {
  const missing = { __typename: 'SettingsProblem' as const, field: 'smtpHost', message: 'Sending is not set up.' };
  const state = (queued: number) => ({
    SendingState: () => ({ __typename: 'Query', sending: buildSending({ missing, trouble: missing.message, queued }) }),
  });
  const quiet = renderApp('/assistants', state(0));
  await screen.findByRole('heading', { name: 'Assistants', level: 1 });
  expect(screen.queryByText('Mail does not go out.')).toBeNull();
  quiet.unmount();
  renderApp('/assistants', state(1));
  expect(await screen.findByText('Mail does not go out.')).toBeDefined();
});
