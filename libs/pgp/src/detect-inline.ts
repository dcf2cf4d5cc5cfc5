import { type ArmorKind, beginLine, endLine, kindOf } from './armor.ts';

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
  const blocks: InlineBlock[] = [];
  const begin = beginLine();
  for (let at = 0; blocks.length < MAX_BLOCKS; ) {
    begin.lastIndex = at;
    const found = begin.exec(text);
    if (!found) break;
    const block = blockAt(text, found);
    if (block) blocks.push(block);
    at = block ? block.end : found.index + found[0].length;
  }
  const sections = sectionsOf(text, blocks);
  return { blocks, sections, isWhole: sections.length === 1 && sections[0]!.type === 'block' && !blocks[0]!.isQuoted };
}

function blockAt(text: string, found: RegExpExecArray): InlineBlock | null {
  const start = found.index;
  const lead = leadOf(text, start);
  const { end, isComplete } = endOfBlock(text, start + found[0].length, kindOf(found[1]!));
  if (lead === 'words' && !isComplete) return null;
  const kind = KIND[kindOf(found[1]!)];
  return { kind, start, end, armored: text.slice(start, end), isComplete, isQuoted: lead === 'quoted' };
}

/** What stands on the line before a block. */
function leadOf(text: string, start: number): 'nothing' | 'quoted' | 'words' {
  const from = Math.max(text.lastIndexOf('\n', start - 1) + 1, start - 200);
  const lead = text
    .slice(from, start)
    .replace(/<[^<>]*>/g, '')
    .replace(/&nbsp;|&#160;|=20/gi, ' ')
    .replace(/&gt;/gi, '>');
  if (/^[\s\u00a0\u200b\ufeff]*$/.test(lead)) return 'nothing';
  return /^[\s\u00a0>|]*$/.test(lead) ? 'quoted' : 'words';
}

/** The end of a block: behind its END line; else before the next BEGIN line; else the end of the text. */
function endOfBlock(text: string, from: number, kind: ArmorKind): { end: number; isComplete: boolean } {
  const wanted: ArmorKind = kind === 'SIGNED MESSAGE' ? 'SIGNATURE' : kind;
  const end = match(endLine(), text, from);
  const begins = match(beginLine(), text, from);
  // In clear-signed text a second BEGIN line is the one of its own signature; the block of that ends it.
  const isOwn = kind === 'SIGNED MESSAGE' && begins !== null && kindOf(begins[1]!) === 'SIGNATURE';
  const next = isOwn ? match(beginLine(), text, begins.index + begins[0].length) : begins;
  if (end && kindOf(end[1]!) === wanted && (!next || end.index < next.index)) {
    return { end: end.index + end[0].length, isComplete: kind !== 'SIGNED MESSAGE' || isOwn };
  }
  return { end: next ? next.index : text.length, isComplete: false };
}

function match(pattern: RegExp, text: string, from: number): RegExpExecArray | null {
  pattern.lastIndex = from;
  return pattern.exec(text);
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
