import { FaultList } from './faults.ts';
import { defaultMailLimits } from './limits.ts';
import { normaliseLineEnds } from './line-ends.ts';
import { type PartNode, readTree } from './mime-tree.ts';
import { partFileName } from './part-content.ts';
import { decodeTransfer } from './transfer.ts';

/** The bare structure of a letter: what a detector of encrypted and signed forms needs, and no content. */
export interface MailShape {
  /** "type/subtype" in lower case. */
  contentType: string;
  /** All parameters of Content-Type, names in lower case, values as written. */
  params: Record<string, string>;
  fileName?: string;
  /** A text part that holds nothing but white space. */
  isBlank: boolean;
  parts: MailShape[];
}

/** A text part up to this size may be found blank; a longer one has words. */
const MAX_BLANK = 4096;

/** The structure of a letter, numbered as in `Mail.structure`. Letters inside the letter are closed: they show no parts. */
export function readShape(bytes: Buffer): MailShape {
  const faults = new FaultList();
  const letter = normaliseLineEnds(bytes, faults);
  return shapeOf(letter, readTree(letter, defaultMailLimits, faults));
}

function shapeOf(letter: Buffer, part: PartNode): MailShape {
  const fileName = partFileName(part);
  const isLetter = part.mimeType.startsWith('message/');
  return {
    contentType: part.mimeType,
    params: Object.fromEntries([...part.contentType.params].map(([name, { value }]) => [name, value])),
    ...(fileName === null ? {} : { fileName }),
    isBlank: isBlankText(letter, part),
    parts: isLetter ? [] : part.children.map((child) => shapeOf(letter, child)),
  };
}

function isBlankText(letter: Buffer, part: PartNode): boolean {
  if (!part.mimeType.startsWith('text/') || part.end - part.bodyStart > MAX_BLANK) return false;
  const { bytes } = decodeTransfer(letter.subarray(part.bodyStart, part.end), part.encoding);
  const words = part.mimeType === 'text/html' ? bytes.toString('latin1').replace(/<[^<>]*>/g, '') : bytes.toString();
  return words.replace(/&nbsp;/g, ' ').trim() === '';
}
