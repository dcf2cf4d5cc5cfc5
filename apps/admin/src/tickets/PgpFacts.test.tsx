import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { type Pgp, PgpMark, shortSigner } from './PgpFacts.tsx';

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
