import {
  AttachmentNames,
  type Mail,
  type MailAttachment,
  type MailShape,
  rawMimePart,
  readShape,
} from '@support-center/mail';
import {
  decodeText,
  detectBytes,
  detectInline,
  type InlineBlock,
  type InlineScan,
  isPgpName,
  verifyClearSigned,
} from '@support-center/pgp';
import type { PgpSection } from '../tickets/message.entity.ts';
import { pgpState } from '../tickets/pgp-state.ts';
import { IN_PARTS, mayPass, type PgpKnowledge, signatureFacts, textOf } from './pgp-knowledge.ts';
import { NOT_OPENED, type PgpReading } from './read-pgp.ts';

/** A text in the bytes of its sender, one sign per byte, so that signatures can be checked over exactly those. */
interface Source {
  readonly latin1: string;
  readonly charset: string | null;
}

/**
 * Opens and checks OpenPGP blocks in the text of a letter. Words outside a block are neither encrypted nor signed, and
 * stand apart; a letter with an opened block is shown as plain text only, so that nothing joins its parts in one page.
 * Blocks behind quote marks are left as they are. Null: there is none.
 */
export async function readPgpInline(bytes: Buffer, mail: Mail, known: PgpKnowledge): Promise<PgpReading | null> {
  if (!counts(detectInline(mail.text))) return null;
  const exact = exactSource(bytes);
  const scanned = exact === null ? null : detectInline(exact.latin1);
  const isExact = scanned !== null && counts(scanned);
  const source = isExact ? exact! : { latin1: Buffer.from(mail.text).toString('latin1'), charset: 'utf-8' };
  const scan = isExact ? scanned : detectInline(source.latin1);
  return readScan(mail, source, scan, known);
}

function counts({ blocks }: InlineScan): boolean {
  return blocks.some(isOurs);
}

function isOurs({ kind, isQuoted }: InlineBlock): boolean {
  return !isQuoted && (kind === 'MESSAGE' || kind === 'CLEAR_SIGNED');
}

/** The one plain text of the letter as it came; null when there are several, or none. */
function exactSource(bytes: Buffer): Source | null {
  const found: { path: number[]; shape: MailShape }[] = [];
  const visit = (shape: MailShape, path: number[]) => {
    if (shape.contentType === 'text/plain' && shape.fileName === undefined) found.push({ path, shape });
    for (const [index, part] of shape.parts.entries()) visit(part, [...path, index]);
  };
  visit(readShape(bytes), []);
  const [only] = found;
  const part = only && found.length === 1 ? rawMimePart(bytes, only.path) : null;
  return part ? { latin1: part.content.toString('latin1'), charset: only?.shape.params.charset ?? null } : null;
}

interface Stretch {
  readonly section: PgpSection;
  readonly facts?: ReturnType<typeof signatureFacts>;
  readonly failure?: string;
  readonly canRetry?: boolean;
  readonly notes?: readonly string[];
}

async function readScan(mail: Mail, source: Source, scan: InlineScan, known: PgpKnowledge): Promise<PgpReading> {
  const stretches: Stretch[] = [];
  for (const part of scan.sections) {
    const words = source.latin1.slice(part.start, part.end);
    const isBlock = part.type === 'block' && isOurs(part.block);
    const next = isBlock ? await readBlock(part.block, words, source, known) : plain(decode(words, source.charset));
    // What is no block of this letter belongs to the words around it.
    const last = stretches.at(-1);
    if (next.section.kind === 'PLAIN' && last?.section.kind === 'PLAIN') last.section.text += `\n${next.section.text}`;
    else stretches.push(next);
  }
  const notes = stretches.flatMap((stretch) => stretch.notes ?? []);
  const [only] = stretches;
  if (stretches.length === 1 && only) return readWhole(mail, only, known);
  const sections = stretches.map(({ section }) => section);
  const failed = stretches.find(({ failure }) => failure !== undefined);
  return {
    mail: { ...mail, text: textOf(sections), html: null },
    innerSubject: null,
    state: pgpState({
      explanation: IN_PARTS,
      sections,
      notes,
      failure: failed?.failure ?? null,
      canRetry: stretches.some(({ canRetry }) => canRetry),
    }),
  };
}

function readWhole(mail: Mail, stretch: Stretch, known: PgpKnowledge): PgpReading {
  const { section, facts, failure, canRetry = false, notes = [] } = stretch;
  if (failure !== undefined) {
    const state = pgpState({ encrypted: true, failure, canRetry, explanation: section.explanation });
    return { mail: { ...mail, text: NOT_OPENED, html: null }, innerSubject: null, state };
  }
  const isEncrypted = section.kind === 'ENCRYPTED';
  const files = isEncrypted ? openFiles(mail.attachments, known) : { attachments: mail.attachments, notes: [] };
  return {
    mail: { ...mail, text: section.text, html: null, attachments: files.attachments },
    innerSubject: null,
    state: pgpState({
      ...facts,
      encrypted: isEncrypted,
      decrypted: isEncrypted,
      explanation: isEncrypted ? `Encrypted. ${facts?.explanation ?? ''}` : section.explanation,
      notes: [...notes, ...files.notes],
    }),
  };
}

function plain(text: string): Stretch {
  return { section: { kind: 'PLAIN', text, signature: 'NONE', explanation: 'Neither encrypted nor signed.' } };
}

function decode(latin1: string, charset: string | null): string {
  return decodeText(Buffer.from(latin1, 'latin1'), charset).replace(/\r\n?/g, '\n');
}

async function readBlock(block: InlineBlock, words: string, source: Source, known: PgpKnowledge): Promise<Stretch> {
  if (block.kind === 'CLEAR_SIGNED') return readClearSigned(words, source, known);
  const result = known.open(Buffer.from(words, 'latin1'), 0);
  if (!result?.ok) {
    const explanation = result?.explanation ?? '';
    const section: PgpSection = { kind: 'NOT_OPENED', text: '', signature: 'NONE', explanation };
    return { section, failure: result?.code ?? 'TIMED_OUT', canRetry: result ? mayPass(result.code) : true };
  }
  const facts = signatureFacts({ ...result.signature, signatures: result.signatures });
  const kind = result.isEncrypted ? 'ENCRYPTED' : 'SIGNED';
  const text = decodeText(result.data, result.charset).replace(/\r\n?/g, '\n');
  const section: PgpSection = { kind, text, signature: facts.signature, explanation: facts.explanation };
  return { section, facts, notes: result.notes.map((note) => note.text) };
}

async function readClearSigned(words: string, { charset }: Source, known: PgpKnowledge): Promise<Stretch> {
  const judged = await verifyClearSigned(Buffer.from(words, 'latin1'), await known.keys(), {
    ...known.judging,
    ...(charset === null ? {} : { charset }),
  });
  known.noteSigners(judged.signatures);
  const facts = signatureFacts(judged);
  const text = judged.text ?? decode(words, charset);
  return { section: { kind: 'SIGNED', text, signature: facts.signature, explanation: facts.explanation }, facts };
}

/** Attachments that were encrypted one by one beside an encrypted text come out under their inner names. */
function openFiles(
  attachments: readonly MailAttachment[],
  known: PgpKnowledge,
): { attachments: MailAttachment[]; notes: string[] } {
  const names = new AttachmentNames();
  const notes: string[] = [];
  const out = attachments.map((file) => {
    const isSealed = isPgpName(file.name) && detectBytes(file.content) === 'ENCRYPTED';
    const result = isSealed ? known.open(file.content, 0) : null;
    if (!result?.ok) {
      if (result) notes.push(`${file.name}: ${result.explanation}`);
      return { ...file, name: names.take(file.name, file.mimeType) };
    }
    const content = Buffer.from(result.data.buffer, result.data.byteOffset, result.data.byteLength);
    const wanted = result.fileName ?? file.name.replace(/\.(?:asc|pgp|gpg)$/i, '');
    const name = names.take(wanted, 'application/octet-stream');
    return {
      ...file,
      name,
      mimeType: 'application/octet-stream',
      kind: 'FILE' as const,
      sizeBytes: content.length,
      content,
    };
  });
  return { attachments: out, notes };
}
