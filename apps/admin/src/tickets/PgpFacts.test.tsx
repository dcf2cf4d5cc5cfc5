import { Notifications } from '@mantine/notifications';
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import { ViewerContext } from '../session/use-session.ts';
import { buildMessage } from '../test/factories.ts';
import { renderWithApollo } from '../test/render-with-apollo.tsx';
import { type Pgp, PgpMark, PgpNotice, shortSigner } from './PgpFacts.tsx';

afterEach(cleanup);

const plain: Pgp = {
  __typename: 'PgpState',
  encrypted: false,
  decrypted: false,
  signature: 'NONE',
  explanation: '',
  failure: null,
  canRetry: false,
  signer: null,
  notes: [],
  textIsKept: true,
  sections: [],
};

const wordsOf = (pgp: Partial<Pgp> | null, isOurs = false) => {
  render(<PgpMark pgp={pgp && { ...plain, ...pgp }} isOurs={isOurs} />);
  const words = document.body.textContent;
  cleanup();
  return words;
};

test('the badges say what is known of the letter and no more', () => {
  expect(wordsOf(null)).toBe('');
  expect(wordsOf({ encrypted: true, decrypted: true })).toBe('Encrypted');
  expect(wordsOf({ encrypted: true, failure: 'NO_KEY' })).toBe('Could not decrypt');
  expect(wordsOf({ encrypted: true }, true)).toBe('Sent encrypted');
  expect(wordsOf({ signature: 'VALID', signer: 'Carla <carla@customer.test>' })).toBe('Signed by Carla');
  expect(wordsOf({ signature: 'OUTDATED' })).toBe('Outdated signature, not checked');
});

test('a letter that was encrypted in parts only bears no badge', () => {
  const section = {
    __typename: 'PgpSection',
    kind: 'ENCRYPTED',
    text: 'x',
    signature: 'NONE',
    explanation: '',
  } as const;
  expect(wordsOf({ sections: [section] })).toBe('');
  expect(screen.queryByText('Encrypted')).toBeNull();
});

test('a signer is shown by name, or by what there is', () => {
  expect([shortSigner('A B <a@b.test>'), shortSigner('a@b.test'), shortSigner(null)]).toEqual([
    'A B',
    'a@b.test',
    'a known key',
  ]);
});

const closed: Pgp = { ...plain, encrypted: true, failure: 'NO_KEY', explanation: 'No key fits.', canRetry: true };

test.each([
  [
    'stays closed says so, and why',
    { ...closed, explanation: 'The key has ended.' },
    'still does not open. The key has ended.',
  ],
  ['opens says so', { ...plain, encrypted: true, decrypted: true }, 'The letter is open now.'],
])('a letter that is tried again and %s', async (_how, pgp, words) => {
  const viewer = {
    __typename: 'Viewer',
    id: 'a1',
    name: 'Dana',
    email: 'dana@example.com',
    role: 'ASSISTANT',
  } as const;
  renderWithApollo(
    <ViewerContext value={viewer}>
      <Notifications />
      <PgpNotice message={buildMessage({ pgp: closed })} />
    </ViewerContext>,
    { RetryDecryption: () => ({ retryDecryption: buildMessage({ pgp }) }) },
  );
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText(words, { exact: false })).toBeDefined();
});
