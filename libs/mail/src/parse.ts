import { readEnvelope } from './envelope.ts';
import { FaultList } from './faults.ts';
import { defaultMailLimits, type MailLimits } from './limits.ts';
import { normaliseLineEnds } from './line-ends.ts';
import type { Mail, MailPart } from './mail.ts';
import { type PartNode, readTree } from './mime-tree.ts';
import { readParts } from './parts.ts';
import { readHeaderBlock } from './raw-headers.ts';

const STRUCTURE_PARAMS = ['protocol', 'report-type', 'smime-type', 'method', 'micalg'];

/** How a letter is read. */
export interface ParseOptions {
  limits?: Partial<MailLimits>;
}

/**
 * Reads one letter (RFC 5322, 2045-2047, 2231). Never rejects: what is damaged is mended where the bytes tell how, what
 * cannot be read comes as a fault, and bytes that fit nowhere as an attachment. Shares no memory with `bytes` but contents.
 */
export async function parseMail(bytes: Buffer, options: ParseOptions = {}): Promise<Mail> {
  const limits = { ...defaultMailLimits, ...options.limits };
  try {
    if (bytes.length > limits.messageBytes) return recoverMail(bytes, 'MESSAGE_TOO_LARGE');
    return readMail(bytes, limits);
  } catch {
    return recoverMail(bytes);
  }
}

/** A letter of which only the headers are read; for letters that broke the reader or were too large to fetch. */
export function recoverMail(bytes: Buffer, fault: 'UNREADABLE' | 'MESSAGE_TOO_LARGE' = 'UNREADABLE'): Mail {
  const faults = new FaultList();
  faults.add(fault);
  const head = bytes.subarray(0, defaultMailLimits.headerBlockBytes);
  let envelope: ReturnType<typeof readEnvelope>;
  try {
    const { headers } = readHeaderBlock(normaliseLineEnds(head, faults), 0, () => false, defaultMailLimits, faults);
    envelope = readEnvelope(headers, null, defaultMailLimits, faults);
  } catch {
    envelope = readEnvelope([], null, defaultMailLimits, faults);
  }
  return {
    ...envelope,
    text: '',
    html: null,
    attachments: [],
    reports: [],
    language: null,
    structure: { mimeType: 'application/octet-stream', params: {}, children: [] },
    encryption: null,
    faults: faults.list(),
    sizeBytes: bytes.length,
  };
}

function readMail(input: Buffer, limits: MailLimits): Mail {
  const faults = new FaultList();
  const bytes = normaliseLineEnds(input, faults);
  const tree = readTree(bytes, limits, faults);
  const envelope = readEnvelope(tree.headers, charsetOf(tree), limits, faults);
  const parts = readParts(bytes, tree, limits, faults);
  return {
    ...envelope,
    ...parts,
    language: languageOf(envelope.headers, parts.html),
    structure: structureOf(tree),
    faults: faults.list(),
    sizeBytes: input.length,
  };
}

/** The charset of the first text part, for headers that name none. */
function charsetOf(part: PartNode): string | null {
  if (part.mimeType.startsWith('text/')) return part.contentType.params.get('charset')?.value ?? null;
  for (const child of part.children) {
    const found = charsetOf(child);
    if (found !== null) return found;
  }
  return null;
}

function languageOf(headers: Mail['headers'], html: string | null): string | null {
  const named =
    headers.find((header) => header.name.toLowerCase() === 'content-language')?.value ??
    /\slang\s?=\s?["']?([\w-]{2,35})/i.exec(htmlTag(html))?.[1];
  return /^\s*([a-z]{2,8}(?:-[a-z0-9]{1,8}){0,3})/i.exec(named ?? '')?.[1]?.toLowerCase() ?? null;
}

function htmlTag(html: string | null): string {
  const head = html?.slice(0, 4096).toLowerCase() ?? '';
  const from = head.indexOf('<html');
  return from === -1 ? '' : (head.slice(from).split('>', 1)[0] ?? '');
}

function structureOf(part: PartNode): MailPart {
  const params: Record<string, string> = {};
  for (const name of STRUCTURE_PARAMS) {
    const value = part.contentType.params.get(name)?.value;
    if (value) params[name] = value.toLowerCase().slice(0, 100);
  }
  return { mimeType: part.mimeType, params, children: part.children.map(structureOf) };
}
