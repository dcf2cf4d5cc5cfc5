import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { type Answers, ServerRefusal } from '../test/answering-client.ts';
import { buildSettings } from '../test/factories.ts';
import { renderApp } from '../test/render-with-apollo.tsx';
import { toValues } from './settings-form.ts';
import { settingsParts } from './settings-parts.tsx';

const open = async (answers: Answers = {}) => {
  const app = renderApp('/settings', {
    SettingsPage: () => ({ __typename: 'Query', supportSettings: buildSettings(), knowledgeBases: [] }),
    ...answers,
  });
  await screen.findByRole('heading', { name: 'Settings', level: 1 });
  return app;
};
/** What is written in a field goes, and this comes in. */
const retype = async (label: string, text: string) => {
  const field = screen.getByLabelText(label);
  await userEvent.clear(field);
  await userEvent.click(field);
  await userEvent.paste(text);
};

test('every setting is there under its known name', async () => {
  await open();
  const known = [
    'Default Email From',
    'Support Email',
    'POP3 Host',
    'POP3 User',
    'POP3 Password',
    'Mails per minute',
    'Connections at one time',
    'Seconds to take a reply back',
    'DKIM domain',
    'DKIM selector',
    'DKIM private key',
    'Tell requesters by mail when their ticket is closed',
    'Show Answered',
    'Show On Hold',
    'Default KnowledgeBase',
    'Default Support KnowledgeBase',
    'Max Suggestions',
    "Don't send confirmation emails for received Trouble Tickets",
    'Do not check e-mail address',
    'PGP private key',
    'PGP code phrase',
  ];
  const labelled = [...document.querySelectorAll('label')]
    .filter(({ htmlFor }) => document.getElementById(htmlFor))
    .map(({ textContent }) => textContent);
  expect(known.filter((label) => !labelled.includes(label))).toEqual([]);
});

test('each part is drawn anew by what is typed in it, and reads no field twice', async () => {
  await open();
  const form = document.querySelector('form')!;
  const values = toValues(buildSettings());
  const isText = (path = '') => !Array.isArray(values[path as keyof typeof values]);
  const fields = [...form.querySelectorAll<HTMLInputElement>('input[data-path], textarea[data-path]')].filter(
    ({ type, readOnly, dataset }) =>
      ['text', 'email', 'password', 'textarea'].includes(type) && !readOnly && isText(dataset.path),
  );
  expect(fields.length).toBeGreaterThan(15);
  for (const field of fields) {
    fireEvent.change(field, { target: { value: '12' } });
    expect([field.dataset.path, field.value.replace(' %', '')]).toEqual([field.dataset.path, '12']);
  }
  const read = settingsParts.flatMap(({ reads }) => reads);
  expect(Object.keys(values).filter((field) => !read.includes(field as never))).toEqual([]);
  for (const { id, reads } of settingsParts) expect([id, new Set(reads).size]).toEqual([id, reads.length]);
}, 90_000);

test('a base for staff only is said to be hidden from end users as soon as it is chosen', async () => {
  await open({
    SettingsPage: () => ({
      __typename: 'Query',
      supportSettings: buildSettings({ defaultKnowledgeBaseId: 'kb1', defaultSupportKnowledgeBaseId: 'kb1' }),
      knowledgeBases: [{ __typename: 'KnowledgeBase', id: 'kb1', name: 'Inside', staffOnly: true }],
    }),
  });
  expect(screen.getByText('End users cannot see this base. Choose another or publish it.')).toBeDefined();
  expect(screen.queryByText('No suggestions will appear.')).toBeNull();
});

test('the lists, the closing and their ways are there under their known names', async () => {
  await open();
  expect(screen.getAllByLabelText(/^Highlight E-mails/).length).toBeGreaterThan(0);
  expect(screen.getAllByLabelText(/^Spam E-mails/).length).toBeGreaterThan(0);
  expect(screen.getByRole('radiogroup', { name: 'Automatically Close Answered Tickets After … Days' })).toBeDefined();
  for (const name of ['Immediately', 'After', 'Never']) expect(screen.getByRole('radio', { name })).toBeDefined();
});

test("the server's objections stand under their fields and in the summary", async () => {
  const refusal = new ServerRefusal('Some settings are not right.', 'INVALID_INPUT', [
    { path: 'pop3Host', message: 'This host does not exist.' },
  ]);
  await open({ SaveSettings: () => refusal });
  await retype('POP3 Host', 'mail.nowhere.example');
  await userEvent.click(screen.getByRole('button', { name: /Save/ }));
  await waitFor(() => expect(screen.getAllByText('This host does not exist.')).toHaveLength(2));
  expect(screen.getByLabelText('POP3 Host').getAttribute('aria-invalid')).toBe('true');
  expect(document.activeElement).toBe(screen.getByLabelText('POP3 Host'));
});

test('saving sends only what was changed', async () => {
  const { asked } = await open({
    SaveSettings: () => ({ saveSupportSettings: buildSettings({ pop3Host: 'pop.example.com' }) }),
  });
  await retype('POP3 Host', 'pop.example.com');
  expect(screen.getByText('1 unsaved change')).toBeDefined();
  await userEvent.click(screen.getByRole('button', { name: /Save/ }));
  await waitFor(() => expect(screen.queryByText('1 unsaved change')).toBeNull());
  expect(asked.find(({ name }) => name === 'SaveSettings')?.variables).toEqual({
    input: { pop3Host: 'pop.example.com' },
  });
});

test('a mistake is found before the server is asked', async () => {
  const { asked } = await open();
  await retype('POP3 Host', 'http://mail.example.com');
  await userEvent.click(screen.getByRole('button', { name: /Save/ }));
  await waitFor(() =>
    expect(screen.getAllByText('Enter a host name without http:// or spaces.').length).toBeGreaterThan(0),
  );
  expect(asked.some(({ name }) => name === 'SaveSettings')).toBe(false);
});

test('a stored password is never shown', async () => {
  await open();
  const field = screen.getByLabelText('POP3 Password') as HTMLInputElement;
  expect(field.value).toBe('');
  expect(field.placeholder).toContain('Stored');
});

test('a test mail goes with what stands in the form, and the answer of the mail server is shown', async () => {
  const { asked } = await open({
    SendTestMail: () => ({
      __typename: 'Mutation',
      sendTestMail: {
        __typename: 'TestMail',
        ok: false,
        to: 'dana@example.com',
        message: 'The mail server refused the message (554 relay denied).',
        durationMs: 12,
      },
    }),
  });
  await retype('SMTP Host', 'other.example.com');
  await userEvent.click(screen.getByText('Send a test mail to me'));
  expect(await screen.findByText('The mail server refused the message (554 relay denied).')).toBeDefined();
  expect(asked.find(({ name }) => name === 'SendTestMail')?.variables).toEqual({
    input: {
      supportEmail: 'support@example.com',
      smtpHost: 'other.example.com',
      smtpPort: 587,
      smtpSecurity: 'STARTTLS',
      smtpUser: 'support@example.com',
    },
  });
  expect(asked.some(({ name }) => name === 'SaveSettings')).toBe(false);
});

const record = {
  __typename: 'DnsRecord' as const,
  name: 'desk1._domainkey.example.com',
  type: 'TXT',
  value: 'v=DKIM1; p=MII',
};
const signed = { dkimDomain: 'example.com', dkimSelector: 'desk1', dkimKeyIsSet: true, dkimRecord: record };

test('a key is made only for a domain and a selector that are saved', async () => {
  await open({
    SettingsPage: () => ({
      __typename: 'Query',
      supportSettings: buildSettings({ dkimDomain: 'example.com', dkimSelector: 'desk1' }),
      knowledgeBases: [],
    }),
  });
  const make = screen.getByText<HTMLButtonElement>('Make a key');
  expect(make.disabled).toBe(false);
  await retype('DKIM selector', 'desk2');
  expect(make.disabled).toBe(true);
  expect(screen.getByText('Save domain and selector first.')).toBeDefined();
});

test('the record to publish is shown, and a key that holds is replaced or removed only after a question', async () => {
  let settings = buildSettings(signed);
  const { asked } = await open({
    SettingsPage: () => ({ __typename: 'Query', supportSettings: settings, knowledgeBases: [] }),
    RemoveDkimKey: () => {
      settings = buildSettings({ ...signed, dkimKeyIsSet: false, dkimRecord: null });
      return {
        __typename: 'Mutation',
        saveSupportSettings: { __typename: 'SupportSettings', dkimKeyIsSet: false, dkimRecord: null },
      };
    },
  });
  const card = screen.getByLabelText('Record for the DNS');
  expect(within(card).getByText(record.name)).toBeDefined();
  expect(within(card).getByText(record.value)).toBeDefined();
  await userEvent.click(screen.getByText('Make a new key'));
  expect(screen.getByText(/the old one is gone for ever/)).toBeDefined();
  await userEvent.click(screen.getByText('Keep'));
  await userEvent.click(screen.getByText('Remove the key'));
  expect(asked.some(({ name }) => name === 'RemoveDkimKey' || name === 'MakeDkimKey')).toBe(false);
  await userEvent.click(screen.getByText('Remove for ever'));
  expect(await screen.findByText('Make a key')).toBeDefined();
  expect(screen.queryByLabelText('Record for the DNS')).toBeNull();
});

test('whether the DNS holds the record is asked by a button and said in words', async () => {
  const answers = [
    { state: 'MISSING', message: 'There is no such record.' },
    { state: 'RIGHT', message: 'The record is published.' },
  ];
  await open({
    SettingsPage: () => ({ __typename: 'Query', supportSettings: buildSettings(signed), knowledgeBases: [] }),
    CheckDkimDns: () => ({
      __typename: 'Mutation',
      checkDkimDns: { __typename: 'DkimDnsCheck', ...answers.shift() },
    }),
  });
  await userEvent.click(screen.getByText('Check the DNS'));
  expect(await screen.findByText('There is no such record.')).toBeDefined();
  await userEvent.click(screen.getByText('Check the DNS again'));
  expect(await screen.findByText('The record is published.')).toBeDefined();
  expect(screen.queryByText('There is no such record.')).toBeNull();
});

test('how many confirmations were stopped is told, with the way to their words', async () => {
  await open({
    SettingsPage: () => ({
      __typename: 'Query',
      supportSettings: buildSettings({ confirmationsStopped: 3 }),
      knowledgeBases: [],
    }),
  });
  expect(screen.getByText(/3 confirmations were stopped in the last 7 days/)).toBeDefined();
  expect(screen.getByText('Preview the confirmation').getAttribute('href')).toBe(
    '/settings/templates?kind=confirmation',
  );
});

test.each([
  ['dkim', 'Sending mail'],
  ['undo', 'Sending mail'],
  ['placeholders', 'Templates'],
])('the search for “%s” finds %s', async (words, title) => {
  await open();
  await userEvent.type(screen.getByLabelText('Search settings'), words);
  expect([...document.querySelectorAll('.settings__part h2')].map((head) => head.textContent)).toEqual([title]);
});
