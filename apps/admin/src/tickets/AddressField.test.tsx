import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { expect, test } from 'vitest';
import { AddressField } from './AddressField.tsx';

let last: readonly string[] = [];

function Field({ first = [] }: { first?: string[] }) {
  const [addresses, setAddresses] = useState(first);
  last = addresses;
  return <AddressField label="Cc" addresses={addresses} onChange={setAddresses} />;
}

function start(first: string[] = []) {
  render(<Field first={first} />);
  return screen.getByLabelText<HTMLInputElement>('Cc');
}

test.each(['anna@acme.example,', 'anna@acme.example;', 'anna@acme.example ', 'anna@acme.example{Enter}'])(
  'what is typed as %j becomes one address',
  async (typed) => {
    const field = start();
    await userEvent.type(field, typed);
    expect([last, field.value]).toEqual([['anna@acme.example'], '']);
  },
);

test('leaving the field takes what stands in it, so that nothing typed is missing from the mail', async () => {
  await userEvent.type(start(), 'anna@acme.example');
  await userEvent.tab();
  expect(last).toEqual(['anna@acme.example']);
});

test('a pasted list becomes many', async () => {
  const field = start();
  await userEvent.click(field);
  await userEvent.paste('Anna <anna@acme.example>, boss@acme.example\nkim@acme.example');
  expect(last).toEqual(['anna@acme.example', 'boss@acme.example', 'kim@acme.example']);
});

test('what is no address stays and is marked in words too', async () => {
  const field = start();
  await userEvent.type(field, 'half,');
  expect(last).toEqual(['half']);
  expect(screen.getByLabelText('Not an address')).toBeDefined();
  expect(field.getAttribute('aria-invalid')).toBe('true');
});

test('an address is taken out by its button or by Backspace, and the field keeps the focus', async () => {
  const field = start(['anna@acme.example', 'boss@acme.example']);
  await userEvent.click(screen.getByRole('button', { name: 'Take out anna@acme.example' }));
  expect([last, document.activeElement]).toEqual([['boss@acme.example'], field]);
  await userEvent.keyboard('{Backspace}');
  expect(last).toEqual([]);
});

test('Enter in an empty field sends no form around it', async () => {
  let isSent = false;
  render(
    <form onSubmit={() => (isSent = true)}>
      <Field />
    </form>,
  );
  await userEvent.type(screen.getByLabelText('Cc'), '{Enter}');
  expect(isSent).toBe(false);
});
