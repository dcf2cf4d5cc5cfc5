import { fireEvent, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { DryRunMailMutation } from '../gql/graphql.ts';
import { type Answers, ServerRefusal } from '../test/answering-client.ts';
import { buildSettings } from '../test/factories.ts';
import { renderApp } from '../test/render-with-apollo.tsx';
import { toValues, tryInput } from './settings-form.ts';

const result: DryRunMailMutation['dryRunMail'] = {
  __typename: 'MailDryRun',
  fate: 'JOINED',
  reasons: ['joined #12 by equal subject'],
  warnings: ['claims to be staff'],
  ticket: { __typename: 'Ticket', id: 't12', number: 12, subject: 'Printer on fire' },
  linkedTo: null,
  newSender: true,
  silent: false,
  confirmed: false,
  duplicateOf: null,
  kind: 'HUMAN',
  kindReason: 'no sign of a machine',
  from: 'ben@other.example',
  fromName: 'Ben',
  subject: 'Re: Printer on fire',
  text: 'New words\n> old words',
  newText: 'New words',
  attachments: [],
  notes: [],
};

const open = (answers: Answers) =>
  renderApp('/settings/try-a-letter', {
    LettersToTry: () => ({
      inboundMails: {
        __typename: 'InboundMailConnection',
        nodes: [],
        totalCount: 0,
        pageInfo: { __typename: 'PageInfo', endCursor: null, hasNextPage: false },
      },
    }),
    ...answers,
  });

test('a pasted letter is tried, and the page says where it would go, why, and what was understood', async () => {
  const { asked } = open({ DryRunMail: () => ({ dryRunMail: result }) });
  const button = await screen.findByText('Try this letter');
  expect(button).toHaveProperty('disabled', true);
  fireEvent.change(screen.getByLabelText('Letter'), { target: { value: 'Subject: Re: Printer on fire\n\nNew words' } });
  await userEvent.click(button);
  const section = await screen.findByLabelText('Result');
  expect(section.textContent).toContain('It would join #12 Printer on fire as the letter of a new sender.');
  for (const words of ['joined #12 by equal subject', 'claims to be staff', 'Ben <ben@other.example>', 'A person'])
    expect(section.textContent).toContain(words);
  expect(asked.find(({ name }) => name === 'DryRunMail')?.variables).toEqual({
    input: { source: 'Subject: Re: Printer on fire\n\nNew words' },
  });
});

test('a file is sent as its bytes, and one that is too long is not sent', async () => {
  const { asked } = open({ DryRunMail: () => ({ dryRunMail: result }) });
  const chooser = await screen.findByLabelText('File');
  await userEvent.upload(chooser, new File([new Uint8Array([0xff, 0x0a])], 'letter.eml', { type: 'message/rfc822' }));
  await screen.findByText(/letter\.eml/);
  await userEvent.click(screen.getByText('Try this letter'));
  await screen.findByLabelText('Result');
  expect(asked.find(({ name }) => name === 'DryRunMail')?.variables).toEqual({ input: { sourceBase64: '/wo=' } });
  await userEvent.upload(chooser, new File([new Uint8Array(1024 * 1024 + 1)], 'big.eml', { type: 'message/rfc822' }));
  expect(await screen.findByText(/at most 1 MiB/)).toBeDefined();
});

test('what the server refuses is said in its words', async () => {
  open({ DryRunMail: () => new ServerRefusal('This is no letter.', 'INVALID_INPUT') });
  fireEvent.change(await screen.findByLabelText('Letter'), { target: { value: 'x' } });
  await userEvent.click(screen.getByText('Try this letter'));
  expect(await screen.findByText('This is no letter.')).toBeDefined();
});

test('unsaved settings that decide about letters are tried, passwords are not sent', () => {
  expect(toValues(buildSettings()).subjectMatchDays).toBe(90);
  expect(tryInput({ ignoreSenderAddress: true, pop3Password: 'x', pgpPrivateKey: 'y', spamEntries: [] })).toEqual({
    ignoreSenderAddress: true,
    spamEntries: [],
  });
});
