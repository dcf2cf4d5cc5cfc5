import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { type Answers, ServerRefusal } from '../test/answering-client.ts';
import { renderApp } from '../test/render-with-apollo.tsx';

const placeholders = [{ __typename: 'Placeholder', name: 'agentName', description: 'The name of the agent' }];
const sender = (part = {}) => ({
  __typename: 'SenderProfile',
  displayName: '',
  signature: 'Yours',
  placeholders,
  ...part,
});
const open = async (answers: Answers = {}) => {
  const app = renderApp('/profile', {
    MySender: () => ({ __typename: 'Query', mySender: sender() }),
    PreviewMySender: ({ input }) => {
      const { displayName, signature } = input as { displayName: string; signature: string };
      if (signature.includes('{{number}}'))
        return new ServerRefusal('Not right.', 'INVALID_INPUT', [
          { path: 'signature', message: 'There is no placeholder {{number}} here.' },
        ]);
      const text = `Switch it off.\n${signature.replaceAll('{{agentName}}', 'Dana')}`;
      return {
        __typename: 'Query',
        previewMySender: { __typename: 'SenderPreview', from: `${displayName || 'Dana'} <support@example.com>`, text },
      };
    },
    ...answers,
  });
  await screen.findByRole('heading', { name: 'Profile', level: 1 });
  return app;
};
const shown = () => within(screen.getByRole('region', { name: 'Preview' }));

test('name and signature are seen in a mail while they are typed, and then saved', async () => {
  const { asked } = await open({
    SaveMySender: ({ input }) => ({ __typename: 'Mutation', saveMySender: sender(input as object) }),
  });
  await userEvent.click(await screen.findByLabelText('Name in mails'));
  await userEvent.paste('Dana of Desk');
  await userEvent.click(screen.getByLabelText('Signature'));
  await userEvent.paste(', ');
  await userEvent.click(screen.getByRole('button', { name: /^Insert \{\{agentName\}\}/ }));
  expect(await shown().findByText('Dana of Desk <support@example.com>')).toBeDefined();
  expect(await shown().findByText(/Yours, Dana$/)).toBeDefined();
  await userEvent.click(screen.getByRole('button', { name: /^Save/ }));
  await waitFor(() =>
    expect(asked.find(({ name }) => name === 'SaveMySender')?.variables).toEqual({
      input: { displayName: 'Dana of Desk', signature: 'Yours, {{agentName}}' },
    }),
  );
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Discard' })).toBeNull());
});

test('a wrong placeholder is named under its field, and nothing can be saved', async () => {
  await open();
  await userEvent.click(await screen.findByLabelText('Signature'));
  await userEvent.paste(' {{number}}');
  expect(await screen.findByText('There is no placeholder {{number}} here.')).toBeDefined();
  expect(screen.getByLabelText('Signature').getAttribute('aria-invalid')).toBe('true');
  expect(screen.getByRole<HTMLButtonElement>('button', { name: /^Save/ }).disabled).toBe(true);
  await userEvent.click(screen.getByRole('button', { name: 'Discard' }));
  expect(screen.getByLabelText<HTMLTextAreaElement>('Signature').value).toBe('Yours');
});

test('while nothing has come, and when nothing comes, the page says so', async () => {
  const waiting = await open({ MySender: () => undefined as never });
  expect(await screen.findByRole('status', { name: 'Loading' })).toBeDefined();
  waiting.unmount();
  await open({ MySender: () => new ServerRefusal('Not now.', 'UNAVAILABLE') });
  expect(await screen.findByText('Not now.')).toBeDefined();
});

test('an assistant has a profile too', async () => {
  await open({
    Session: () => ({
      __typename: 'Query',
      viewer: { __typename: 'Viewer', id: 'a2', name: 'Clara', email: 'clara@example.com', role: 'ASSISTANT' },
      setup: { __typename: 'SetupState', required: false },
    }),
  });
  expect(await screen.findByText('clara@example.com · Assistant')).toBeDefined();
  expect(await screen.findByLabelText('Signature')).toBeDefined();
});
