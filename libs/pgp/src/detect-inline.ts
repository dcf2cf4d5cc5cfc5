import { type ArmorKind, anyLine, kindOf } from './armor.ts';

/** What an inline block is. `MESSAGE` may be encrypted or only signed; opening it tells. */
export type InlineKind = 'MESSAGE' | 'CLEAR_SIGNED' | 'PUBLIC_KEY' | 'PRIVATE_KEY' | 'SIGNATURE';

/** One OpenPGP block in a text. `start` and `end` are offsets into the string given (`end` is behind the block). */
export interface InlineBlock {
  kind: InlineKind;
  start: number;
  end: number;
  /** The block as it stands in the text, not mended yet. */
  armored: string;
  /** Its END line is there. */
  isComplete: boolean;
  /** It stands behind quote marks: a letter that was answered, not the words of this sender. */
  isQuoted: boolean;
}

/** A stretch of the text in order: a block, or words outside every block. */
export type InlineSection =
  | { type: 'text'; start: number; end: number }
  | { type: 'block'; start: number; end: number; block: InlineBlock };

/** What {@link detectInline} found. */
export interface InlineScan {
  blocks: InlineBlock[];
  /** Blocks and the words between them, without stretches of mere white space. */
  sections: InlineSection[];
  /** Exactly one block, and nothing but white space around it. Only then may it be decrypted unasked (EFAIL). */
  isWhole: boolean;
}

/** At most this many blocks of one text are looked at; what follows counts as words. */
export const MAX_BLOCKS = 32;

const KIND: Record<ArmorKind, InlineKind> = {
  MESSAGE: 'MESSAGE',
  'SIGNED MESSAGE': 'CLEAR_SIGNED',
  SIGNATURE: 'SIGNATURE',
  'PUBLIC KEY BLOCK': 'PUBLIC_KEY',
  'PRIVATE KEY BLOCK': 'PRIVATE_KEY',
};

/**
 * Finds the OpenPGP blocks of a text or HTML body. A block begins on a line of its own (behind quote marks, spaces or
 * tags at most); within a line it counts only when it is complete, for mail programs that lose line ends. The text is
 * not changed, so the offsets fit it. For offsets in bytes hand in `bytes.toString('latin1')`.
 */
export function detectInline(text: string): InlineScan {
  const marks = marksOf(text);
  const blocks: InlineBlock[] = [];
  let at = 0;
  for (const [index, mark] of marks.entries()) {
    if (!mark.isBegin || mark.start < at || blocks.length === MAX_BLOCKS) continue;
    const block = blockAt(text, marks, index);
    if (!block) continue;
    blocks.push(block);
    at = block.end;
  }
  const sections = sectionsOf(text, blocks);
  return { blocks, sections, isWhole: sections.length === 1 && sections[0]!.type === 'block' && !blocks[0]!.isQuoted };
}

/** A BEGIN or END line. */
interface Mark {
  isBegin: boolean;
  kind: ArmorKind;
  start: number;
  end: number;
}

const MAX_MARKS = 1000;

/** All BEGIN and END lines, in one pass over the text; those over the limit count as words. */
function marksOf(text: string): Mark[] {
  const marks: Mark[] = [];
  for (const found of text.matchAll(anyLine())) {
    if (marks.length === MAX_MARKS) break;
    const start = found.index;
    marks.push({ isBegin: found[1] === 'BEGIN', kind: kindOf(found[2]!), start, end: start + found[0].length });
  }
  return marks;
}

function blockAt(text: string, marks: Mark[], index: number): InlineBlock | null {
  const { kind: armorKind, start } = marks[index]!;
  const lead = leadOf(text, start);
  const { end, isComplete } = endOfBlock(text, marks, index);
  if (lead === 'words' && !isComplete) return null;
  return {
    kind: KIND[armorKind],
    start,
    end,
    armored: text.slice(start, end),
    isComplete,
    isQuoted: lead === 'quoted',
  };
}

/** What stands on the line before a block. */
function leadOf(text: string, start: number): 'nothing' | 'quoted' | 'words' {
  const near = text.slice(Math.max(0, start - 200), start);
  const lead = near
    .slice(near.lastIndexOf('\n') + 1)
    .replace(/<[^<>]*>/g, '')
    .replace(/&nbsp;|&#160;|=20/gi, ' ')
    .replace(/&gt;/gi, '>');
  if (/^[\s\u00a0\u200b\ufeff]*$/.test(lead)) return 'nothing';
  return /^[\s\u00a0>|]*$/.test(lead) ? 'quoted' : 'words';
}

/** The end of a block: behind its END line; else before the next BEGIN line; else the end of the text. */
function endOfBlock(text: string, marks: Mark[], index: number): { end: number; isComplete: boolean } {
  const { kind } = marks[index]!;
  // Clear-signed text has a second BEGIN line, that of its own signature, and ends with the signature.
  const isSigned = kind === 'SIGNED MESSAGE';
  const own = marks[index + 1];
  const hasSignature = isSigned && own?.isBegin === true && own.kind === 'SIGNATURE';
  const last = hasSignature ? index + 2 : index + 1;
  const end = marks[last];
  const isComplete =
    end?.isBegin === false && end.kind === (isSigned ? 'SIGNATURE' : kind) && isSigned === hasSignature;
  if (isComplete) return { end: end!.end, isComplete };
  const next = marks.slice(last).find(({ isBegin }) => isBegin);
  return { end: next ? next.start : text.length, isComplete: false };
}

function sectionsOf(text: string, blocks: InlineBlock[]): InlineSection[] {
  const sections: InlineSection[] = [];
  const words = (start: number, end: number) => {
    if (/[^\s\u00a0\u200b\ufeff]/.test(text.slice(start, end))) sections.push({ type: 'text', start, end });
  };
  let at = 0;
  for (const block of blocks) {
    words(at, block.start);
    sections.push({ type: 'block', start: block.start, end: block.end, block });
    at = block.end;
  }
  words(at, text.length);
  return sections;
}
