const MAX_FILES = 100;
const BEGIN = /^begin [0-7]{3,4} (\S.{0,254})$/;

/** A text without the files that stood in it, and those files. */
export interface UnpackedText {
  text: string;
  files: { name: string; content: Buffer }[];
  /** True when a file began that could not be read to its end; it is left in the text. */
  broken: boolean;
}

/** Takes uuencoded files ("begin 644 name" ... "end") out of a text whose lines end in \n. One pass. */
export function unpackUuencode(text: string): UnpackedText {
  const result: UnpackedText = { text, files: [], broken: false };
  if (!/^begin [0-7]{3}/m.test(text)) return result;
  const lines = text.split('\n');
  const kept: string[] = [];
  for (let i = 0; i < lines.length; i += 1) {
    const line = lines[i] as string;
    const name = BEGIN.exec(line.trimEnd())?.[1];
    const file = name === undefined || result.files.length >= MAX_FILES ? null : readFile(lines, i + 1);
    if (file !== null) {
      result.files.push({ name: name as string, content: file.content });
      i = file.last;
      continue;
    }
    if (name !== undefined && isDataLine(lines[i + 1] ?? '')) result.broken = true;
    kept.push(line);
  }
  if (result.files.length > 0) result.text = kept.join('\n');
  return result;
}

function readFile(lines: readonly string[], from: number): { content: Buffer; last: number } | null {
  const pieces: Buffer[] = [];
  for (let i = from; i < lines.length; i += 1) {
    const line = (lines[i] as string).trimEnd();
    if (line === 'end') return pieces.length === 0 ? null : { content: Buffer.concat(pieces), last: i };
    if (line === '' || line === '`') continue;
    if (!isDataLine(line)) return null;
    pieces.push(decodeLine(line));
  }
  return null;
}

/** The first sign tells the number of bytes; blanks at the end of a line may have been lost on the way. */
function isDataLine(line: string): boolean {
  if (!/^[ -`]{2,86}$/.test(line)) return false;
  const needed = 4 * Math.ceil(sixBits(line, 0) / 3);
  return sixBits(line, 0) > 0 && sixBits(line, 0) <= 45 && line.length <= needed + 2;
}

function decodeLine(line: string): Buffer {
  const length = sixBits(line, 0);
  const out = Buffer.alloc(3 * Math.ceil(length / 3));
  for (let from = 1, to = 0; to < length; from += 4, to += 3) {
    const bits =
      (sixBits(line, from) << 18) |
      (sixBits(line, from + 1) << 12) |
      (sixBits(line, from + 2) << 6) |
      sixBits(line, from + 3);
    out.writeUIntBE(bits, to, 3);
  }
  return out.subarray(0, length);
}

function sixBits(line: string, at: number): number {
  return at < line.length ? (line.charCodeAt(at) - 0x20) & 0x3f : 0;
}
