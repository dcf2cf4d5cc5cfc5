/** A Markdown file with its words. */
export interface MarkdownFile {
  name: string;
  text: string;
}

/** A file that cannot be taken, and why. */
export interface FileProblem {
  name: string;
  message: string;
}

/** What is needed of a chosen file. */
export type ChosenFile = Pick<File, 'name' | 'size' | 'arrayBuffer' | 'stream'>;

const BLOCK = 512;
const LARGEST_FILE_BYTES = 200_000;
const MARKDOWN = /\.(md|markdown|txt)$/i;
const ARCHIVE = /\.(tar\.gz|tgz)$/i;

/** The Markdown files among chosen ones and in archives of them as the export makes, one after the other; what cannot be read goes to
 * `onProblem`. */
export async function* markdownFilesIn(
  files: readonly ChosenFile[],
  onProblem: (problem: FileProblem) => void,
): AsyncGenerator<MarkdownFile> {
  for (const file of files) {
    if (ARCHIVE.test(file.name)) yield* filesOfArchive(file, onProblem);
    else if (!MARKDOWN.test(file.name))
      onProblem({ name: file.name, message: 'Neither a Markdown file (.md) nor an exported archive (.tar.gz).' });
    else if (file.size > LARGEST_FILE_BYTES) onProblem(tooLarge(file.name));
    else yield* readFile(file.name, new Uint8Array(await file.arrayBuffer()), onProblem);
  }
}

async function* filesOfArchive(
  file: ChosenFile,
  onProblem: (problem: FileProblem) => void,
): AsyncGenerator<MarkdownFile> {
  try {
    for await (const { name, bytes } of entriesOf(file)) {
      if (!MARKDOWN.test(name)) continue;
      if (bytes === null) onProblem(tooLarge(name));
      else yield* readFile(name, bytes, onProblem);
    }
  } catch {
    onProblem({
      name: file.name,
      message: 'The archive is damaged or not a .tar.gz. What stood before that is taken.',
    });
  }
}

function* readFile(
  name: string,
  bytes: Uint8Array,
  onProblem: (problem: FileProblem) => void,
): Generator<MarkdownFile> {
  const text = decode(bytes);
  if (text === null) onProblem({ name, message: 'Its letters are not UTF-8. Save it as UTF-8 and try again.' });
  else yield { name, text };
}

/** UTF-8, or UTF-16 where a mark at the begin says so; null for anything else. */
function decode(bytes: Uint8Array): string | null {
  const mark =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  try {
    const text = new TextDecoder(mark, { fatal: true }).decode(bytes);
    return text.includes('\u0000') ? null : text;
  } catch {
    return null;
  }
}

const tooLarge = (name: string): FileProblem => ({
  name,
  message: 'Too large: an article is at most 40,000 characters.',
});

/** The files of a gzipped tar archive (POSIX.1-2001, pax) as they come; of one that is too large no bytes. @throws on damage */
async function* entriesOf(file: ChosenFile): AsyncGenerator<{ name: string; bytes: Uint8Array | null }> {
  const reader = file.stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  let held = new Uint8Array(0);
  /** The next bytes; fewer only at the end. Without `keep` they are passed over. */
  async function take(length: number, keep = true): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    for (let missing = length; missing > 0; ) {
      if (held.length === 0) {
        const { value, done } = await reader.read();
        if (done) break;
        held = value as Uint8Array<ArrayBuffer>;
      }
      const part = held.subarray(0, missing);
      held = held.subarray(part.length);
      missing -= part.length;
      if (keep) parts.push(part);
    }
    return joined(parts);
  }

  let longName: string | null = null;
  for (;;) {
    const header = await take(BLOCK);
    if (header.length < BLOCK || header.every((byte) => byte === 0)) return;
    const size = Number.parseInt(wordAt(header, 124, 12), 8);
    if (!Number.isSafeInteger(size) || wordAt(header, 257, 5) !== 'ustar') throw new Error('no tar archive');
    const type = String.fromCharCode(header[156]!);
    const isSmall = size <= LARGEST_FILE_BYTES;
    const bytes = await take(size, isSmall);
    if (isSmall && bytes.length < size) throw new Error('cut off');
    await take((BLOCK - (size % BLOCK)) % BLOCK, false);
    if (type === 'x') longName = pathIn(bytes);
    else {
      if (type === '0' || type === '\u0000')
        yield { name: longName ?? wordAt(header, 0, 100), bytes: isSmall ? bytes : null };
      longName = null;
    }
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function wordAt(block: Uint8Array, from: number, length: number): string {
  const field = block.subarray(from, from + length);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end < 0 ? field : field.subarray(0, end)).trim();
}

/** The path in the records of a pax header, "LENGTH path=NAME\n". */
function pathIn(records: Uint8Array): string | null {
  return /^\d+ path=(.*)$/m.exec(new TextDecoder().decode(records))?.[1] ?? null;
}
