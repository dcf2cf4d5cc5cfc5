import { expect, test } from 'vitest';
import { guardsFor, type Outgoing } from './send-guards.ts';

const mail = (part: Partial<Outgoing>): Outgoing => ({
  mode: 'reply',
  text: 'Hello',
  fileCount: 0,
  totalBytes: 0,
  failedFiles: [],
  ...part,
});
const ids = (part: Partial<Outgoing>) => guardsFor(mail(part)).map(({ id }) => id);

test.each([
  'Please find the log attached.',
  'See the attachment',
  'Anbei die Rechnung.',
  'Die Datei ist angehängt',
  'Vous trouverez la pièce jointe',
  'El archivo adjunto',
  'In allegato la fattura',
  'Zie de bijlage.',
  'W załączniku faktura',
])('%s: asks for the file that is missing', (text) => {
  expect(ids({ text })).toEqual(['no-file']);
  expect(ids({ text, fileCount: 1 })).toEqual([]);
});

test.each(['We are unattached to it', 'The attaché called', 'Hello Anna,\n\nthe pump [sic] is on its way [1].'])(
  '%s: promises no file and leaves no gap',
  (text) => expect(ids({ text })).toEqual([]),
);

test.each(['Hello {{name}},', 'Dear [customer name],', 'Order no. ____', 'Call XXX', 'See [insert link]'])(
  '%s: asks to fill in the gap',
  (text) => expect(ids({ text })).toEqual(['placeholder']),
);

test('files that many servers refuse are named with their size', () => {
  expect(guardsFor(mail({ fileCount: 1, totalBytes: 12_400_000 }))[0]?.says).toBe(
    'The files have 12.4 MB together. Some mail servers refuse more than 10 MB.',
  );
});

test('a file that did not come up is named', () => {
  expect(ids({ failedFiles: ['a.pdf'] })).toEqual(['failed-file']);
});

test('a note goes to nobody outside and is never stopped', () => {
  expect(ids({ mode: 'note', text: 'attached {{name}}' })).toEqual([]);
});

test('a very long text is read in a moment', () => {
  const startedAt = performance.now();
  guardsFor(mail({ text: `${'[your '.repeat(60_000)}${'{{'.repeat(60_000)}${'_'.repeat(3)} `.repeat(2) }));
  expect(performance.now() - startedAt).toBeLessThan(1000);
});
