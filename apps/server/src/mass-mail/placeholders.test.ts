import { expect, test } from 'vitest';
import { AppError } from '../platform/errors.ts';
import {
  bareNames,
  fillPlaceholders,
  placeholderNameOf,
  requireKnownPlaceholders,
  unknownPlaceholders,
} from './placeholders.ts';

const values = new Map([
  ['name', 'Ann <b> {{email}}'],
  ['email', 'ann@acme.example'],
  ['city', ' '],
]);

test('a value takes the place of its name; a missing or empty one takes the fallback', () => {
  expect(fillPlaceholders('Hello {{ email }} in {{city|your town}}, {{plan|}}!', values)).toBe(
    'Hello ann@acme.example in your town, !',
  );
});

test('a value is never read again as a placeholder, and is encoded for where it stands', () => {
  expect(fillPlaceholders('{{name}}', values)).toBe('Ann <b> {{email}}');
  expect(fillPlaceholders('{{name}}', values, (value) => value.replaceAll('<', '&lt;'))).toBe('Ann &lt;b> {{email}}');
});

test('names of objects reach nothing', () => {
  for (const name of ['__proto__', 'constructor', 'toString', 'user.passwordHash', 'email.length']) {
    expect(fillPlaceholders(`{{${name}}}`, values)).toBe('');
    expect(unknownPlaceholders(`{{${name}}}`, ['email'])).toEqual([name]);
  }
});

test('an unknown placeholder is refused by its name and its field', () => {
  const refuse = () => requireKnownPlaceholders({ subject: 'Hi {{nmae}}', text: 'fine {{email}}' }, ['name', 'email']);
  expect(refuse).toThrow(AppError);
  expect(refuse).toThrow(/\{\{nmae\}\}.*\{\{name\}\}, \{\{email\}\}/);
  expect(() => requireKnownPlaceholders({ text: '{ {x} } {{name|friend}}' }, ['name'])).not.toThrow();
});

test('names without a fallback are told', () => {
  expect(bareNames('{{name}} {{city|here}} {{name}} {{plan|}}')).toEqual(['name', 'plan']);
});

test('headings of a list become names', () => {
  const headings = ['Firma', 'Städte 2026', '  Order No. ', '123', 'Имя', 'a'.repeat(80)];
  expect(headings.map(placeholderNameOf)).toEqual(['firma', 'stadte_2026', 'order_no', null, null, 'a'.repeat(40)]);
});
