import { FaultList } from './faults.ts';
import { defaultMailLimits, type MailLimits } from './limits.ts';
import { normaliseLineEnds } from './line-ends.ts';
import { type PartNode, readTree } from './mime-tree.ts';
import { decodeTransfer } from './transfer.ts';

/** One part of a letter as it came. All three share their memory with the letter where nothing had to be decoded. */
export interface RawMimePart {
  /** The whole entity, headers and body: what a PGP/MIME signature covers (RFC 3156, section 5), line ends as they came. */
  entity: Buffer;
  /** The body, still in its transfer encoding. */
  body: Buffer;
  /** The body, freed of its transfer encoding. */
  content: Buffer;
}

/**
 * The exact bytes of the part at `path`: child numbers from 0 as in `Mail.structure` and `MailEncryption.path`; [] is
 * the whole letter. The line end before a delimiter belongs to the delimiter (RFC 2046, section 5.1.1). Null when the
 * letter has no such part, or is larger than `limits.messageBytes`.
 */
export function rawMimePart(
  bytes: Buffer,
  path: readonly number[],
  options: { limits?: Partial<MailLimits> } = {},
): RawMimePart | null {
  const limits = { ...defaultMailLimits, ...options.limits };
  if (bytes.length > limits.messageBytes) return null;
  const faults = new FaultList();
  const letter = normaliseLineEnds(bytes, faults);
  let part: PartNode | undefined = readTree(letter, limits, faults);
  for (const child of path) part = part?.children[child];
  if (part === undefined) return null;
  const body = letter.subarray(part.bodyStart, part.end);
  return { entity: letter.subarray(part.start, part.end), body, content: decodeTransfer(body, part.encoding).bytes };
}
