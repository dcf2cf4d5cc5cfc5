import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import { renderWithApollo } from '../test/render-with-apollo.tsx';
import { AttachmentTiles } from './AttachmentTiles.tsx';
import { isDangerous, previewOf } from './attachment-kinds.ts';
import { readStart } from './read-start.ts';

afterEach(() => vi.unstubAllGlobals());

const file = (name: string, mimeType = 'application/octet-stream', id = name) => ({
  __typename: 'Attachment' as const, id, name, mimeType, sizeBytes: 10, url: '/a/1', inline: false,
}); // biome-ignore format: a table

test.each(['a.exe', 'a.HTML', 'a.svg', 'a.docm', 'a.zip', 'a.js', 'a.pdf.scr', 'a.lnk . ', 'a.iso'])(
  '%s can act',
  (name) => {
    expect([isDangerous(file(name, 'image/png')), previewOf(file(name, 'image/png'))]).toEqual([true, null]);
  },
);

test.each([
  ['a.png', 'image/png', 'picture'],
  ['a.bin', 'image/webp', 'picture'],
  ['a.txt', 'application/octet-stream', 'text'],
  ['log', 'text/plain', 'text'],
  ['a.pdf', 'application/pdf', null],
  ['a.bmp', 'image/bmp', null],
  ['a.tif', 'image/svg+xml', null],
  ['a.docx', 'text/html', null],
])('%s of type %s is looked at as %s', (name, mimeType, kind) => {
  expect(previewOf(file(name, mimeType))).toBe(kind);
});

test('a file that can act is downloaded only after a warning', async () => {
  renderWithApollo(<AttachmentTiles attachments={[file('offer.exe')]} />);
  await userEvent.click(screen.getByRole('link', { name: /offer\.exe/ }));
  expect((await screen.findByRole('link', { name: 'Download anyway' })).getAttribute('href')).toBe('/a/1');
  await userEvent.click(screen.getByRole('button', { name: 'Do not download' }));
  expect(screen.queryByRole('link', { name: 'Download anyway' })).toBeNull();
});

test('a text is read here as letters, and the arrow goes on to the picture', async () => {
  vi.stubGlobal('fetch', async () => new Response('<b>not bold</b>'));
  renderWithApollo(<AttachmentTiles attachments={[file('a.log'), file('b.pdf'), file('c.png', 'image/png')]} />);
  await userEvent.click(screen.getByRole('link', { name: /a\.log/ }));
  expect(await screen.findByText('<b>not bold</b>')).toBeDefined();
  await userEvent.click(screen.getByRole('button', { name: 'Next file' }));
  expect(screen.getByRole('img', { name: 'c.png' }).getAttribute('src')).toBe('/a/1');
});

test('the beginning of a file is read and no more, in UTF-8 or else as Latin letters', async () => {
  const asked: RequestInit[] = [];
  const answer = (bytes: Uint8Array<ArrayBuffer>, init?: ResponseInit) =>
    vi.stubGlobal('fetch', async (_url: string, request: RequestInit) => {
      asked.push(request);
      return new Response(bytes, init);
    });
  const read = (url = '/a/x') => readStart(url, 4, new AbortController().signal);
  answer(new TextEncoder().encode('abcü'), { status: 206, headers: { 'content-range': 'bytes 0-3/99' } });
  expect(await read()).toEqual({ text: 'abc', isCut: true });
  expect(asked[0]?.headers).toEqual({ range: 'bytes=0-3' });
  answer(new Uint8Array([0xfc, 0x61]));
  expect(await read()).toEqual({ text: 'üa', isCut: false });
  answer(new Uint8Array(), { status: 416 });
  expect(await read()).toEqual({ text: '', isCut: false });
  await expect(read('https://evil.example/a/x')).rejects.toThrow('not a download');
});
