import { expect, test } from 'vitest';
import { buildDraft } from '../test/factories.ts';
import { emptyDraft, filesToSend, fromServer, isWorthKeeping, modeOf, readDraft } from './reply-draft.ts';

const file = (id: string, isPicture = false) => ({ id, name: id, mimeType: 'image/png', sizeBytes: 1, isPicture });

test('a picture that was taken out of the words does not go along, a file does', () => {
  const html = '<p><img src="/uploads/in"></p>';
  const files = [file('in', true), file('out', true), file('beside')];
  expect(filesToSend({ files, html }).map(({ id }) => id)).toEqual(['in', 'beside']);
});

test('a draft is kept for its words, a picture, a file, or recipients that were typed', () => {
  const draft = emptyDraft(false);
  expect(isWorthKeeping(draft)).toBe(false);
  expect(isWorthKeeping({ ...draft, text: 'a' })).toBe(true);
  expect(isWorthKeeping({ ...draft, html: '<p><img src="/uploads/a"></p>' })).toBe(true);
  expect(isWorthKeeping({ ...draft, files: [file('a')] })).toBe(true);
  expect(isWorthKeeping({ ...draft, cc: ['filled@in.example'] })).toBe(false);
  expect(isWorthKeeping({ ...draft, cc: ['typed@in.example'], hasOwnPeople: true })).toBe(true);
});

test('a draft of an earlier version is read, and one that was tampered with does no harm', () => {
  const old = JSON.stringify({ text: 'a', html: null, isNote: false, key: 'k', updatedAt: '2026-01-05T10:00:00.000Z' });
  expect(readDraft(old)).toMatchObject({ text: 'a', cc: [], files: [] });
  expect(readDraft(JSON.stringify({ text: 'a', updatedAt: '', cc: 5, to: [{}], files: 'x' }))).toMatchObject({
    cc: [],
    to: [],
    files: [],
  });
  expect([readDraft('{'), readDraft('null'), readDraft('{"text":1}')]).toEqual([null, null, null]);
});

test('a draft of the server knows what it is and which files stand in its words', () => {
  const attachments = [
    { __typename: 'Upload' as const, id: 'a', name: 'a.png', mimeType: 'image/png', sizeBytes: 1 },
    { __typename: 'Upload' as const, id: 'b', name: 'b.png', mimeType: 'image/png', sizeBytes: 1 },
  ];
  const draft = fromServer(buildDraft({ html: '<img src="/uploads/a">', attachments, forwardOfId: 'm1' }));
  expect(draft.files.map(({ id, isPicture }) => [id, isPicture])).toEqual([
    ['a', true],
    ['b', false],
  ]);
  expect(modeOf(draft)).toBe('forward');
});
