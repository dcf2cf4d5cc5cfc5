import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import type { TemplateFieldsFragment } from '../gql/graphql.ts';
import { type Answers, ServerRefusal } from '../test/answering-client.ts';
import { renderApp } from '../test/render-with-apollo.tsx';
import { undoLast } from '../ui/undo.tsx';

const number = { __typename: 'Placeholder' as const, name: 'number', description: "The ticket's number" };
const build = (part: Partial<TemplateFieldsFragment> = {}): TemplateFieldsFragment => ({
  __typename: 'MailTemplate',
  kind: 'CONFIRMATION',
  text: 'Number {{number}}',
  defaultText: 'Number {{number}}',
  isDefault: true,
  updatedAt: null,
  placeholders: [number],
  ...part,
});
const three = (first = build()) => [
  first,
  build({ kind: 'REPLY_FRAME', text: '{{reply}}', defaultText: '{{reply}}' }),
  build({ kind: 'CLOSE_NOTICE', text: 'Closed {{number}}', defaultText: 'Closed {{number}}' }),
];
/** As the server: the number is filled in, anything else in braces is refused. */
const preview = ({ text }: Record<string, unknown>) => {
  const words = String(text);
  const unknown = /\{\{(?!number|reply)(\w+)\}\}/.exec(words)?.[1];
  if (unknown)
    return new ServerRefusal('Not right.', 'INVALID_INPUT', [
      { path: 'text', message: `There is no placeholder {{${unknown}}} here.` },
    ]);
  const filled = words.replaceAll('{{number}}', '1042').replaceAll('{{reply}}', 'Switch it off.');
  return {
    __typename: 'Query',
    previewTemplate: { __typename: 'TemplatePreview', text: filled, html: `<p>${filled}</p>` },
  };
};
const open = async (answers: Answers = {}, path = '/settings/templates') => {
  const app = renderApp(path, {
    MailTemplates: () => ({ __typename: 'Query', mailTemplates: three() }),
    PreviewTemplate: preview,
    ...answers,
  });
  await screen.findByRole('heading', { name: 'Templates', level: 1 });
  return app;
};
const field = () => screen.findByLabelText<HTMLTextAreaElement>('Confirmation');
const shown = () => within(screen.getByRole('region', { name: 'Preview' }));

afterEach(() => vi.unstubAllGlobals());

test('the confirmation is open first, beside a mail made of it', async () => {
  await open();
  expect((await field()).value).toBe('Number {{number}}');
  expect(await shown().findByText('Number 1042')).toBeDefined();
  expect(screen.getByText('The built-in words hold.')).toBeDefined();
});

test('an error says so and offers another try', async () => {
  await open({ MailTemplates: () => new ServerRefusal('Not now.', 'UNAVAILABLE') });
  expect(await screen.findByText('Not now.')).toBeDefined();
  expect(screen.getByRole('button', { name: 'Try again' })).toBeDefined();
});

test('while nothing has come the page says that it is on its way', async () => {
  await open({ MailTemplates: () => undefined as never });
  expect(await screen.findByRole('status', { name: 'Loading' })).toBeDefined();
});

test('a wrong placeholder is named at once, the last good preview stays, and nothing can be saved', async () => {
  await open();
  await shown().findByText('Number 1042');
  await userEvent.click(await field());
  await userEvent.paste(' {{password}}');
  expect(await screen.findByText('There is no placeholder {{password}} here.')).toBeDefined();
  expect((await field()).getAttribute('aria-invalid')).toBe('true');
  expect(shown().getByText('Number 1042')).toBeDefined();
  expect(shown().getByText(/last words without a mistake/)).toBeDefined();
  expect(screen.getByRole<HTMLButtonElement>('button', { name: /^Save/ }).disabled).toBe(true);
});

test('a placeholder goes where the caret stands, and the caret behind it', async () => {
  await open();
  const text = await field();
  text.focus();
  text.setSelectionRange(0, 6);
  await userEvent.click(screen.getByRole('button', { name: /^Insert \{\{number\}\}/ }));
  expect(text.value).toBe('{{number}} {{number}}');
  expect([text.selectionStart, document.activeElement]).toEqual([10, text]);
});

test('changed words are saved, and the built-in ones come back in a way that can be taken back', async () => {
  const saved: unknown[] = [];
  await open({
    SaveMailTemplate: ({ input }) => {
      saved.push(input);
      const { text } = input as { text: string | null };
      const words = text === null ? {} : { text, isDefault: false, updatedAt: '2026-01-05T10:00:00.000Z' };
      return { __typename: 'Mutation', saveMailTemplate: build(words) };
    },
  });
  await userEvent.click(await field());
  await userEvent.paste('!');
  await waitFor(() => expect(screen.getByRole<HTMLButtonElement>('button', { name: /^Save/ }).disabled).toBe(false));
  await userEvent.click(screen.getByRole('button', { name: /^Save/ }));
  await userEvent.click(await screen.findByRole('button', { name: 'Back to the built-in words' }));
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Back to the built-in words' })).toBeNull());
  expect((await field()).value).toBe('Number {{number}}');
  undoLast();
  await waitFor(() => expect(saved).toHaveLength(3));
  expect(saved).toEqual([
    { kind: 'CONFIRMATION', text: 'Number {{number}}!' },
    { kind: 'CONFIRMATION', text: null },
    { kind: 'CONFIRMATION', text: 'Number {{number}}!' },
  ]);
});

test('a refusal to save stands under the words, which are kept', async () => {
  await open({
    SaveMailTemplate: () =>
      new ServerRefusal('Not right.', 'INVALID_INPUT', [{ path: 'text', message: 'Put {{number}} somewhere.' }]),
  });
  await userEvent.click(await field());
  await userEvent.paste('!');
  await waitFor(() => expect(screen.getByRole<HTMLButtonElement>('button', { name: /^Save/ }).disabled).toBe(false));
  await userEvent.click(screen.getByRole('button', { name: /^Save/ }));
  expect(await screen.findByText('Put {{number}} somewhere.')).toBeDefined();
  expect((await field()).value).toBe('Number {{number}}!');
});

test('unsaved words are not left for another template without a question', async () => {
  const ask = vi.fn(() => false);
  vi.stubGlobal('confirm', ask);
  const { router } = await open();
  await userEvent.click(await field());
  await userEvent.paste('!');
  await userEvent.click(screen.getByRole('link', { name: 'Close notice' }));
  await waitFor(() => expect(ask).toHaveBeenCalledOnce());
  expect(router.state.location.search).toEqual({});
  expect((await field()).value).toBe('Number {{number}}!');
});

test('the reply frame is shown as HTML, the close notice as text, each by its address', async () => {
  const frame = await open({}, '/settings/templates?kind=reply-frame');
  expect(await shown().findByText('Switch it off.')).toBeDefined();
  frame.unmount();
  await open({}, '/settings/templates?kind=close-notice');
  expect(await shown().findByText('Closed 1042')).toBeDefined();
});
