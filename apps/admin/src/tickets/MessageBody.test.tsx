import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { buildMessage } from '../test/factories.ts';
import { renderWithApollo } from '../test/render-with-apollo.tsx';
import { MessageBody } from './MessageBody.tsx';

test('quoted text is folded, and shown on request', async () => {
  renderWithApollo(<MessageBody message={buildMessage()} isOpen />);
  expect(screen.queryByText(/quoted$/)).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: /Show quoted text/ }));
  expect(screen.getByText(/> quoted/)).toBeDefined();
});

test('when nothing new was found the whole text is shown, never nothing', () => {
  renderWithApollo(<MessageBody message={buildMessage({ newText: ' ' })} isOpen />);
  expect(screen.getByText(/> quoted/)).toBeDefined();
  expect(screen.queryByRole('button', { name: /quoted text/ })).toBeNull();
});

test('remote images stay blocked until somebody asks for them', async () => {
  renderWithApollo(<MessageBody message={buildMessage({ htmlUrl: '/m/m1', blockedImages: 1 })} isOpen />);
  expect(screen.getByTitle('Mail: Site down').getAttribute('src')).toBe('/m/m1');
  await userEvent.click(screen.getByRole('button', { name: 'Show once' }));
  expect(screen.getByTitle('Mail: Site down').getAttribute('src')).toBe('/m/m1?images=1');
});

const remembered = (shows: boolean) => () => ({
  __typename: 'Mutation',
  showSenderImages: { __typename: 'Message', id: 'm1', showsSenderImages: shows },
});

test('always for this sender is asked of the server, and says whose browser loads the images', async () => {
  const message = buildMessage({ htmlUrl: '/m/m1', blockedImages: 2 });
  const { asked } = renderWithApollo(<MessageBody message={message} isOpen />, { ShowSenderImages: remembered(true) });
  await userEvent.click(screen.getByRole('button', { name: 'Always for this sender' }));
  expect(asked.at(-1)).toEqual({ name: 'ShowSenderImages', variables: { input: { messageId: 'm1', always: true } } });
});

test('images of a sender who is always shown load at once, and can be stopped', async () => {
  const message = buildMessage({ htmlUrl: '/m/m1', blockedImages: 2, showsSenderImages: true });
  const { asked } = renderWithApollo(<MessageBody message={message} isOpen />, { ShowSenderImages: remembered(false) });
  expect(screen.getByTitle('Mail: Site down').getAttribute('src')).toBe('/m/m1?images=1');
  expect(screen.getByText(/Your browser loads them/)).toBeDefined();
  await userEvent.click(screen.getByRole('button', { name: 'Stop for this sender' }));
  expect(asked.at(-1)?.variables).toEqual({ input: { messageId: 'm1', always: false } });
});

test('a letter that came encrypted never loads remote images, and no button offers it', () => {
  const pgp = {
    __typename: 'PgpState' as const,
    encrypted: true,
    decrypted: true,
    signature: 'NONE',
    explanation: 'Decrypted',
    failure: null,
    canRetry: false,
    signer: null,
    notes: [],
    textIsKept: true,
    sections: [],
  };
  const message = buildMessage({ htmlUrl: '/m/m1', blockedImages: 1, showsSenderImages: true, pgp });
  renderWithApollo(<MessageBody message={message} isOpen />);
  expect(screen.getByTitle('Mail: Site down').getAttribute('src')).toBe('/m/m1');
  expect(screen.getByText(/never loaded/)).toBeDefined();
  expect(screen.queryByRole('button', { name: /once|always/i })).toBeNull();
});

test('text that the sender hid is told of, and shown on request', async () => {
  renderWithApollo(<MessageBody message={buildMessage({ htmlUrl: '/m/m1', hidesText: true })} isOpen />);
  await userEvent.click(screen.getByRole('button', { name: 'Show hidden text' }));
  expect(screen.getByTitle('Mail: Site down').getAttribute('src')).toBe('/m/m1?hidden=1');
});

test('a mail with HTML can be read as it was formed, as words and as its source', async () => {
  vi.stubGlobal('fetch', async () => new Response('<script>1</script> =?x?='));
  renderWithApollo(<MessageBody message={buildMessage({ htmlUrl: '/m/m1', rawUrl: '/raw/r1' })} isOpen />);
  await userEvent.click(screen.getByRole('button', { name: 'Plain text' }));
  expect(screen.queryByTitle('Mail: Site down')).toBeNull();
  expect(screen.getByText('Hello')).toBeDefined();
  await userEvent.click(screen.getByRole('button', { name: 'Original' }));
  expect(await screen.findByText('<script>1</script> =?x?=')).toBeDefined();
  vi.unstubAllGlobals();
});

test('a reply with pictures or links shows as its reader sees it; plain words need no frame', () => {
  const reply = { kind: 'REPLY', htmlUrl: '/m/m1', text: 'Look: [shot.png]', hasQuote: false } as const;
  const { unmount } = renderWithApollo(<MessageBody message={buildMessage({ ...reply, formatted: true })} isOpen />);
  expect(screen.getByTitle('Mail: Site down').getAttribute('src')).toBe('/m/m1');
  expect(screen.queryByRole('button', { name: 'Original' })).toBeNull();
  unmount();
  renderWithApollo(<MessageBody message={buildMessage(reply)} isOpen />);
  expect(screen.queryByTitle('Mail: Site down')).toBeNull();
  expect(screen.getByText('Look: [shot.png]')).toBeDefined();
});

test('a forwarded message without words says what went along', () => {
  const message = buildMessage({ kind: 'FORWARD', subject: 'Fwd: Pump', text: '', newText: '', hasQuote: false });
  renderWithApollo(<MessageBody message={message} isOpen />);
  expect(screen.getByText(/^Fwd: Pump – with the message itself/)).toBeDefined();
  expect(screen.queryByText('This message has no text.')).toBeNull();
});
