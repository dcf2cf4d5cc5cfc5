import type { FaultList } from './faults.ts';

const CR = 0x0d;
const LF = 0x0a;
const FIRST_BYTES = 64 * 1024;
const MBOX_LINE = Buffer.from('From ');
const QUOTED_MBOX_LINE = Buffer.from('>From ');

/**
 * The letter as the reader wants it: a byte order mark and the separator line of a mailbox file before the first
 * header are dropped; bare CR line ends become LF when the first 64 KiB hold no LF at all. The bytes are shared
 * with the input unless line ends had to be repaired.
 */
export function normaliseLineEnds(input: Buffer, faults: FaultList): Buffer {
  let bytes = input;
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) bytes = bytes.subarray(3);
  const lf = bytes.subarray(0, FIRST_BYTES).indexOf(LF);
  if (lf === -1 && bytes.subarray(0, FIRST_BYTES).includes(CR)) {
    bytes = Buffer.from(bytes);
    for (let at = bytes.indexOf(CR); at !== -1; at = bytes.indexOf(CR, at + 1)) {
      if (bytes[at + 1] !== LF) bytes[at] = LF;
    }
    faults.add('LINE_ENDS_REPAIRED');
  }
  return withoutMboxLine(bytes, faults);
}

function withoutMboxLine(bytes: Buffer, faults: FaultList): Buffer {
  if (!startsWith(bytes, MBOX_LINE) && !startsWith(bytes, QUOTED_MBOX_LINE)) return bytes;
  const end = bytes.indexOf(LF);
  if (end === -1 || end > 1000) return bytes;
  faults.add('MBOX_LINE_REMOVED');
  return bytes.subarray(end + 1);
}

function startsWith(bytes: Buffer, prefix: Buffer): boolean {
  return bytes.length >= prefix.length && bytes.subarray(0, prefix.length).equals(prefix);
}
