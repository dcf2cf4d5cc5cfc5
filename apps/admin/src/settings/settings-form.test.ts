import { expect, test } from 'vitest';
import { buildSettings } from '../test/factories.ts';
import { countChanges, storedDays, toInput, toMailboxInput, toValues } from './settings-form.ts';
import { settingsRules } from './settings-rules.ts';
import { toDomains, toDomainsOrAddresses } from './tag-lists.ts';

const before = toValues(buildSettings());

test('only what was changed is sent', () => {
  expect(toInput(before, before)).toEqual({});
  expect(toInput({ ...before, maxSuggestions: '3', pop3User: '' }, before)).toEqual({
    maxSuggestions: 3,
    pop3User: null,
  });
});

test('the least match is shown in per cent and stored as a fraction', () => {
  expect(before.suggestionFloor).toBe(22);
  expect(toInput({ ...before, suggestionFloor: '35' }, before)).toEqual({ suggestionFloor: 0.35 });
  expect(settingsRules.suggestionFloor('101')).toBe('Enter a number from 0 to 100.');
});

test('an empty secret stays as it is, a typed one is sent', () => {
  expect(toInput({ ...before, pop3Password: 'new secret' }, before)).toEqual({ pop3Password: 'new secret' });
  expect(toMailboxInput(before)).not.toHaveProperty('pop3Password');
});

test('the three ways of closing are stored as nothing, a number and -1', () => {
  expect(storedDays({ ...before, closeMode: 'immediately' })).toBeNull();
  expect(storedDays({ ...before, closeMode: 'after', closeDays: '14' })).toBe(14);
  expect(storedDays({ ...before, closeMode: 'never' })).toBe(-1);
  expect(toValues(buildSettings({ closeAnsweredAfterDays: null })).closeMode).toBe('immediately');
  expect(toValues(buildSettings({ closeAnsweredAfterDays: -1 })).closeMode).toBe('never');
});

test('a key and its phrase are two changes, and only sent when typed', () => {
  const values = { ...before, pgpPrivateKey: ' -----BEGIN PGP PRIVATE KEY BLOCK----- ', pgpPassphrase: 'phrase' };
  expect(toInput(values, before)).toEqual({
    pgpPrivateKey: '-----BEGIN PGP PRIVATE KEY BLOCK-----',
    pgpPassphrase: 'phrase',
  });
  expect(countChanges(values, before)).toBe(2);
});

test.each([
  [0, false],
  [1, true],
  [3650, true],
  [3651, false],
  ['', false],
  [1.5, false],
])('%j days until closing are accepted: %j', (days, isRight) => {
  expect(settingsRules.closeDays(days, { ...before, closeMode: 'after' }) === null).toBe(isRight);
});

test('a domain in both lists is refused by name', () => {
  expect(settingsRules.highlightEntries(['acme.com'], { ...before, spamEntries: ['acme.com'] })).toContain(
    'acme.com is also under Spam E-mails',
  );
});

test('the own domain cannot be blocked', () => {
  expect(settingsRules.spamEntries(['example.com'], before)).toBe('This would block your own team.');
});

test('pasted lines, commas and addresses become one list without doubles', () => {
  expect(toDomains(['Freya <freya@Acme.com>', 'acme.com, globex.example'])).toEqual(['acme.com', 'globex.example']);
  expect(toDomainsOrAddresses(['Bad@Spam.example\nspam.example'])).toEqual(['bad@spam.example', 'spam.example']);
});

test('an empty rate is no limit, and a key for DKIM is only sent when pasted', () => {
  const limited = toValues(buildSettings({ mailsPerMinute: 60 }));
  expect(toInput(limited, limited)).toEqual({});
  expect(toInput({ ...limited, mailsPerMinute: '' }, limited)).toEqual({ mailsPerMinute: null });
  expect(
    toInput({ ...before, mailsPerMinute: '120', dkimPrivateKey: ' -----BEGIN PRIVATE KEY----- ' }, before),
  ).toEqual({
    mailsPerMinute: 120,
    dkimPrivateKey: '-----BEGIN PRIVATE KEY-----',
  });
});

test.each([
  ['mailsPerMinute', '', true],
  ['mailsPerMinute', 0, false],
  ['mailsPerMinute', 60_001, false],
  ['smtpConnections', 1, false],
  ['smtpConnections', 20, true],
  ['undoSeconds', 61, false],
  ['undoSeconds', 0, true],
  ['dkimDomain', 'example', false],
  ['dkimDomain', 'example.com', true],
  ['dkimSelector', 'a b', false],
  ['dkimSelector', 'desk-1.x', true],
  ['dkimPrivateKey', '-----BEGIN PUBLIC KEY-----', false],
  ['dkimPrivateKey', '-----BEGIN RSA PRIVATE KEY-----', true],
] as const)('%s of %j is accepted: %j', (field, value, isRight) => {
  expect(settingsRules[field](value as never) === null).toBe(isRight);
});
