import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
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
