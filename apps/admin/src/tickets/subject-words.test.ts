import { expect, test } from 'vitest';
import { subjectWords } from './subject-words.ts';

test.each(['...', '…', '', '[#12] ...', 'Re: ...', 'Encrypted Message'])(
  '%j of an unopened letter says what it is',
  (subject) => {
    expect(subjectWords({ subject, encrypted: true, snippet: '' })).toBe('Encrypted letter, not opened');
    expect(subjectWords({ subject, encrypted: true, snippet: 'Hello' })).toBe('Encrypted letter');
  },
);

test('any other subject stays as it is', () => {
  expect(subjectWords({ subject: 'Re: the pump ...', encrypted: true, snippet: '' })).toBe('Re: the pump ...');
  expect(subjectWords({ subject: '...', encrypted: false, snippet: '' })).toBe('...');
  expect(subjectWords({ subject: '', encrypted: false, snippet: '' })).toBe('No subject');
});
