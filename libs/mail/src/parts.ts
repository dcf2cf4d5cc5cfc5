import { createHash } from 'node:crypto';
import { AttachmentNames, rawNameOf } from './attachment-names.ts';
import { calendarSummary } from './calendar.ts';
import type { FaultList } from './faults.ts';
import { decodeHeaderText } from './header-text.ts';
import { htmlToText } from './html-text.ts';
import type { MailLimits } from './limits.ts';
import type { Mail, MailAttachment, MailAttachmentKind, MailEncryption, MailReport } from './mail.ts';
import type { PartNode } from './mime-tree.ts';
import { partBytes, partContentId, partFileName, partText } from './part-content.ts';
import { firstRaw, type RawHeader, readHeaderBlock } from './raw-headers.ts';
import { readReport, reportKind, withOriginal } from './reports.ts';

/** What the parts of a letter hold. */
export type Parts = Pick<Mail, 'text' | 'html' | 'attachments' | 'reports' | 'encryption'>;

const SIGNATURE_TYPES = new Set(['application/pgp-signature', 'application/pkcs7-signature', 'application/x-pkcs7-signature']);
const SMIME_TYPES = new Set(['application/pkcs7-mime', 'application/x-pkcs7-mime']);
const INLINE_PGP = /-----BEGIN PGP (SIGNED )?MESSAGE-----/;

/** Reads text, HTML, attachments and reports out of the tree of a letter. */
export function readParts(bytes: Buffer, tree: PartNode, limits: MailLimits, faults: FaultList): Parts {
  const reader = new PartsReader(bytes, limits, faults);
  reader.walk(tree);
  return reader.result(tree);
}

/** One piece of readable content, as plain text, as HTML or as both. */
interface Piece {
  plain: string | null;
  html: string | null;
}

class PartsReader {
  private readonly pieces: Piece[] = [];
  private readonly attachments: MailAttachment[] = [];
  private readonly reports: MailReport[] = [];
  private readonly names = new AttachmentNames();
  private readonly calendars: string[] = [];
  private readonly bytes: Buffer;
  private readonly limits: MailLimits;
  private readonly faults: FaultList;

  constructor(bytes: Buffer, limits: MailLimits, faults: FaultList) {
    this.bytes = bytes;
    this.limits = limits;
    this.faults = faults;
  }

  walk(part: PartNode): void {
    if (part.opaque) return this.attach(part, 'UNPARSED');
    const report = reportKind(part.mimeType);
    if (report !== null) return this.report(part, report);
    if (part.mimeType === 'message/rfc822' || part.mimeType === 'message/global') return this.letterInside(part);
    if (part.mimeType === 'text/rfc822-headers') return this.returnedHeaders(part);
    if (part.mimeType.startsWith('multipart/') && part.children.length > 0) return this.multipart(part);
    if (isBody(part)) return void this.pieces.push(this.bodyOf(part));
    this.leaf(part);
  }

  result(tree: PartNode): Parts {
    const html = this.pieces.some((piece) => piece.html !== null) ? this.pieces.map((piece) => piece.html ?? plainAsHtml(piece.plain ?? '')).join('\n') : null;
    const texts = this.pieces.map((piece) => (piece.plain?.trim() ? piece.plain : piece.html === null ? '' : htmlToText(piece.html)));
    const text = texts.map((one) => one.trim()).filter((one) => one !== '').join('\n\n') || this.calendars.join('\n\n');
    return { text, html, attachments: this.attachments, reports: this.reports, encryption: encryptionOf(tree, text, this.faults) };
  }

  private multipart(part: PartNode): void {
    if (part.mimeType === 'multipart/alternative') return this.alternative(part);
    for (const child of part.children) this.walk(child);
  }

  /** The same content in several forms: the plain and the rich one are taken, what is neither is an attachment (RFC 2046, 5.1.4). */
  private alternative(part: PartNode): void {
    const piece: Piece = { plain: null, html: null };
    for (const child of part.children) {
      if (isBody(child) && child.mimeType === 'text/plain' && piece.plain === null) piece.plain = this.bodyOf(child).plain;
      else if (isBody(child) && child.mimeType === 'text/html' && piece.html === null) piece.html = this.bodyOf(child).html;
      else if (child.mimeType.startsWith('multipart/') && !child.opaque) {
        const before = this.pieces.length;
        this.walk(child);
        for (const found of this.pieces.splice(before)) {
          piece.plain ??= found.plain;
          piece.html ??= found.html;
        }
      } else this.walk(child);
    }
    if (piece.plain !== null || piece.html !== null) this.pieces.push(piece);
  }

  private bodyOf(part: PartNode): Piece {
    const text = partText(this.bytes, part, this.limits, this.faults);
    return part.mimeType === 'text/html' ? { plain: null, html: text } : { plain: text, html: null };
  }

  private leaf(part: PartNode): void {
    if (SIGNATURE_TYPES.has(part.mimeType)) return this.attach(part, 'SIGNATURE');
    if (part.mimeType === 'application/pgp-encrypted' || isPgpPayload(part) || SMIME_TYPES.has(part.mimeType)) return this.attach(part, 'ENCRYPTED');
    if (part.mimeType === 'application/pgp-keys') return this.attach(part, 'KEY');
    if (part.mimeType === 'text/calendar') {
      const summary = calendarSummary(partText(this.bytes, part, this.limits, this.faults));
      if (summary !== null) this.calendars.push(summary);
      return this.attach(part, 'CALENDAR');
    }
    if (part.mimeType === 'message/partial') this.faults.add('PARTIAL_MESSAGE');
    if (part.mimeType === 'message/external-body') this.faults.add('EXTERNAL_BODY');
    this.attach(part, 'FILE');
  }

  private report(part: PartNode, kind: MailReport['kind']): void {
    this.reports.push(readReport(kind, partBytes(this.bytes, part, this.faults), this.limits, this.faults));
    this.attach(part, 'REPORT');
  }

  /** A letter inside the letter stays one attachment; its words never pass as the sender's own. */
  private letterInside(part: PartNode): void {
    const content = partBytes(this.bytes, part, this.faults);
    const { headers } = readHeaderBlock(content, 0, () => false, this.limits, this.faults);
    this.noteOriginal(headers);
    const subject = decodeHeaderText(firstRaw(headers, 'subject') ?? '', { bodyCharset: null, guessed: false });
    this.attach(part, 'MESSAGE', partFileName(part) ?? (subject === '' ? 'message.eml' : `${subject}.eml`));
  }

  private returnedHeaders(part: PartNode): void {
    const { headers } = readHeaderBlock(partBytes(this.bytes, part, this.faults), 0, () => false, this.limits, this.faults);
    this.noteOriginal(headers);
    this.attach(part, 'REPORT');
  }

  private noteOriginal(headers: readonly RawHeader[]): void {
    const last = this.reports.at(-1);
    if (!last || last.originalHeaders.length > 0) return;
    const fields = headers.map(({ name, value }) => ({ name, value: decodeHeaderText(value, { bodyCharset: null, guessed: false }) }));
    this.reports[this.reports.length - 1] = withOriginal(last, fields);
  }

  private attach(part: PartNode, kind: MailAttachmentKind, name = partFileName(part)): void {
    if (this.attachments.length >= this.limits.attachments) return this.faults.add('TOO_MANY_ATTACHMENTS');
    const content = kind === 'UNPARSED' ? this.bytes.subarray(part.bodyStart, part.end) : partBytes(this.bytes, part, this.faults);
    if (kind === 'UNPARSED') {
      if (content.length === 0) return;
      this.faults.add('UNPARSED_PART');
    }
    this.attachments.push({
      name: this.names.take(kind === 'UNPARSED' ? (name ?? 'unparsed part') : name, part.mimeType),
      rawName: name === null ? null : rawNameOf(name),
      mimeType: part.mimeType,
      sizeBytes: content.length,
      contentId: partContentId(part),
      inline: part.disposition.value === 'inline' || (part.disposition.value === '' && part.parent?.mimeType === 'multipart/related'),
      sha256: createHash('sha256').update(content).digest('hex'),
      kind,
      content,
    });
  }
}

/** Text that is to be read, not a file: a text part without a name that does not ask to be an attachment. */
function isBody(part: PartNode): boolean {
  if (part.opaque || (part.mimeType !== 'text/plain' && part.mimeType !== 'text/html')) return false;
  return part.disposition.value !== 'attachment' && partFileName(part) === null;
}

function isPgpPayload(part: PartNode): boolean {
  return part.parent?.mimeType === 'multipart/encrypted';
}

function plainAsHtml(text: string): string {
  return `<pre>${text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`)}</pre>`;
}

function encryptionOf(tree: PartNode, text: string, faults: FaultList): MailEncryption | null {
  const found = findSecured(tree, []);
  if (found?.kind === 'SMIME') faults.add('SMIME_NOT_SUPPORTED');
  if (found) return found;
  const inline = INLINE_PGP.exec(text);
  return inline ? { kind: 'PGP_INLINE', encrypted: inline[1] === undefined, signed: inline[1] !== undefined, path: [] } : null;
}

function findSecured(part: PartNode, path: number[]): MailEncryption | null {
  const protocol = part.contentType.params.get('protocol')?.value.toLowerCase() ?? '';
  if (part.mimeType === 'multipart/encrypted') return { kind: 'PGP_MIME', encrypted: true, signed: false, path };
  if (part.mimeType === 'multipart/signed') return { kind: protocol.includes('pkcs7') ? 'SMIME' : 'PGP_MIME', encrypted: false, signed: true, path };
  if (SMIME_TYPES.has(part.mimeType)) return { kind: 'SMIME', encrypted: true, signed: false, path };
  if (part.mimeType === 'message/rfc822') return null;
  for (const [i, child] of part.children.entries()) {
    const found = findSecured(child, [...path, i]);
    if (found) return found;
  }
  return null;
}
