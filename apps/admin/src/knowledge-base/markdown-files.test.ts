import { expect, test } from 'vitest';
import { type ChosenFile, type FileProblem, markdownFilesIn } from './markdown-files.ts';

type Bytes = Uint8Array<ArrayBuffer>;

const bytesOf = (text: string): Bytes => Uint8Array.from(new TextEncoder().encode(text));
function joined(...parts: readonly Bytes[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
/** A file of a tar archive: its header and its bytes, filled up to whole blocks. */
function entry(name: string, text: string, type = '0'): Bytes {
  const bytes = bytesOf(text);
  const header = new Uint8Array(512);
  const fields = [
    [0, name],
    [124, bytes.length.toString(8).padStart(11, '0')],
    [156, type],
    [257, 'ustar'],
  ] as const;
  for (const [at, words] of fields) header.set(bytesOf(words), at);
  return joined(header, bytes, new Uint8Array((512 - (bytes.length % 512)) % 512));
}
const streamOf = (bytes: Bytes) => new Response(bytes).body!;
const gzip = async (bytes: Bytes): Promise<Bytes> =>
  new Uint8Array(await new Response(streamOf(bytes).pipeThrough(new CompressionStream('gzip'))).arrayBuffer());
const tar = (...entries: Bytes[]) => gzip(joined(...entries, new Uint8Array(1024)));
const file = (name: string, content: string | Bytes): ChosenFile => {
  const bytes = typeof content === 'string' ? bytesOf(content) : content;
  return { name, size: bytes.length, arrayBuffer: async () => bytes.buffer, stream: () => streamOf(bytes) };
};

async function read(...files: ChosenFile[]) {
  const problems: FileProblem[] = [];
  const found: string[][] = [];
  for await (const { name, text } of markdownFilesIn(files, (problem) => problems.push(problem)))
    found.push([name, text]);
  return { found, problems: problems.map(({ name, message }) => [name, message]) };
}

test('UTF-8 and marked UTF-16 are read; other encodings and other files are named', async () => {
  const utf16 = Uint8Array.from([0xff, 0xfe, ...[...'Grüße'].flatMap((sign) => [sign.charCodeAt(0), 0])]);
  const latin = Uint8Array.from([...'Grüße'].map((sign) => sign.charCodeAt(0)));
  const { found, problems } = await read(
    file('a.md', 'Grüße'),
    file('b.md', utf16),
    file('c.md', latin),
    file('d.exe', 'MZ'),
    file('e.md', 'x'.repeat(200_001)),
  );
  expect(found).toEqual([
    ['a.md', 'Grüße'],
    ['b.md', 'Grüße'],
  ]);
  expect(problems).toEqual([
    ['c.md', expect.stringContaining('UTF-8')],
    ['d.exe', expect.stringContaining('Neither')],
    ['e.md', expect.stringContaining('Too large')],
  ]);
});

test('an archive gives its Markdown files, long names too, and no more than that', async () => {
  const name = `${'ü'.repeat(80)}.md`;
  const path = ` path=${name}\n`;
  const archive = await tar(
    entry('one.md', 'First'),
    entry('pax-header', `${bytesOf(path).length + 3}${path}`, 'x'),
    entry('article.md', 'Second'),
    entry('folder/', '', '5'),
    entry('picture.png', 'x'),
    entry('huge.md', 'x'.repeat(200_001)),
    entry('last.md', ''),
  );
  const { found, problems } = await read(file('Help.tar.gz', archive));
  expect(found).toEqual([
    ['one.md', 'First'],
    [name, 'Second'],
    ['last.md', ''],
  ]);
  expect(problems).toEqual([['huge.md', expect.stringContaining('Too large')]]);
});

test('a damaged archive is named, and what stood before the damage is taken', async () => {
  const noHeader = await tar(entry('one.md', 'First'), new Uint8Array(512).fill(7));
  const cutOff = await gzip(entry('cut.md', 'x'.repeat(5000)).slice(0, 1024));
  for (const [bytes, count] of [
    [noHeader, 1],
    [Uint8Array.from([1, 2, 3]), 0],
    [cutOff, 0],
  ] as const) {
    const { found, problems } = await read(file('x.tgz', bytes));
    expect([found.length, problems.length]).toEqual([count, 1]);
  }
});
