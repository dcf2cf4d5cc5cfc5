import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { type Answers, ServerRefusal } from '../test/answering-client.ts';
import { buildSettings } from '../test/factories.ts';
import { renderApp } from '../test/render-with-apollo.tsx';

const open = async (answers: Answers = {}) => {
  const app = renderApp('/settings', {
    SettingsPage: () => ({ __typename: 'Query', supportSettings: buildSettings(), knowledgeBases: [] }),
    ...answers,
  });
  await screen.findByRole('heading', { name: 'Settings', level: 1 });
  return app;
};
const retype = async (label: string, text: string) => {
  const field = screen.getByLabelText(label);
  await userEvent.clear(field);
  await userEvent.type(field, text);
};

test.each([
  'Default Email From',
  'Support Email',
  'POP3 Host',
  'POP3 User',
  'POP3 Password',
  'Show Answered',
  'Show On Hold',
  'Default KnowledgeBase',
  'Default Support KnowledgeBase',
  'Max Suggestions',
  "Don't send confirmation emails for received Trouble Tickets",
  'Do not check e-mail address',
  'PGP private key',
  'PGP code phrase',
])('the setting “%s” is there under its known name', async (label) => {
  await open();
  expect(screen.getAllByLabelText(label, { exact: true }).length).toBeGreaterThan(0);
});

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
