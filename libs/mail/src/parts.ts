import { AttachmentList } from './attachment-list.ts';
import { type BodyPiece, chooseForms, joinHtml, joinText } from './body-pieces.ts';
import { calendarSummary } from './calendar.ts';
import { readEncryption, securityKind } from './encryption.ts';
import type { FaultList } from './faults.ts';
import { decodeHeaderText } from './header-text.ts';
import type { MailLimits } from './limits.ts';
import type { Mail, MailAttachmentKind, MailReport } from './mail.ts';
import { type PartNode, validType } from './mime-tree.ts';
import { partBytes, partContentId, partFileName, partText } from './part-content.ts';
import { firstRaw, type RawHeader, readHeaderBlock } from './raw-headers.ts';
import { readReport, reportKind, withOriginal } from './reports.ts';
import { unpackTnef } from './tnef.ts';
import { unpackUuencode } from './uuencode.ts';

/** What the parts of a letter hold. */
export type Parts = Pick<Mail, 'text' | 'html' | 'attachments' | 'reports' | 'encryption'>;

/** A preamble up to this size is the usual note to programs that know no MIME. */
const MAX_PREAMBLE_NOTE = 500;
const NO_CHARSET = { bodyCharset: null, guessed: false };

/** Reads text, HTML, attachments and reports out of the tree of a letter. */
export function readParts(bytes: Buffer, tree: PartNode, limits: MailLimits, faults: FaultList): Parts {
  return new PartsReader(bytes, limits, faults).read(tree);
}

class PartsReader {
  private readonly attachments: AttachmentList;
  private readonly reports: MailReport[] = [];
  private readonly calendars: string[] = [];
  private hasBody = false;
  private readonly bytes: Buffer;
  private readonly limits: MailLimits;
  private readonly faults: FaultList;

  constructor(bytes: Buffer, limits: MailLimits, faults: FaultList) {
    this.bytes = bytes;
    this.limits = limits;
    this.faults = faults;
    this.attachments = new AttachmentList(limits.attachments, faults);
  }

  read(tree: PartNode): Parts {
    const pieces = this.walk(tree);
    const html = joinHtml(pieces, this.limits, this.faults);
    const text = joinText(pieces, this.limits, this.faults) || this.calendars.join('\n\n');
    if (html !== null) this.attachments.markShown(html);
    const encryption = readEncryption(tree, text, this.faults);
    return { text, html, attachments: this.attachments.all, reports: this.reports, encryption };
  }

  private walk(part: PartNode): BodyPiece[] {
    if (part.mimeType === 'message/rfc822' || part.mimeType === 'message/global') return this.letterInside(part);
    if (part.opaque) return this.unparsed(part.start, part.end);
    const report = reportKind(part.mimeType);
    if (report !== null) return this.report(part, report);
    if (part.mimeType === 'text/rfc822-headers' || part.mimeType === 'message/global-headers')
      return this.returnedHeaders(part);
    if (part.children.length > 0) return this.multipart(part);
    return this.isBody(part) ? this.body(part) : this.leaf(part);
  }

  private multipart(part: PartNode): BodyPiece[] {
    const { preamble, epilogue } = part;
    if (preamble !== null && preamble[1] - preamble[0] > MAX_PREAMBLE_NOTE) this.unparsed(...preamble);
    const forms = part.children.map((child) => this.walk(child));
    if (epilogue !== null) this.unparsed(...epilogue);
    if (part.mimeType !== 'multipart/alternative') return forms.flat();
    const chosen = chooseForms(forms);
    return chosen === null ? [] : [chosen];
  }

  /** Text that is to be read, not a file. A name alone makes no file of the first text of a letter. */
  private isBody(part: PartNode): boolean {
    const isText = part.mimeType === 'text/plain' || part.mimeType === 'text/html';
    if (!isText) return part.mimeType.startsWith('multipart/');
    if (!['', 'inline'].includes(part.disposition.value)) return false;
    return partFileName(part) === null || !this.hasBody;
  }

  private body(part: PartNode): BodyPiece[] {
    this.hasBody = true;
    const text = partText(this.bytes, part, this.limits, this.faults);
    if (part.mimeType === 'text/html') return [{ plain: null, html: text }];
    const unpacked = unpackUuencode(text);
    for (const { name, content } of unpacked.files) this.unpacked(content, name, null, null);
    if (unpacked.broken) this.faults.add('UUENCODE_BROKEN');
    return [{ plain: unpacked.text, html: null }];
  }

  private leaf(part: PartNode): BodyPiece[] {
    const security = securityKind(part);
    if (security !== null) return this.attach(part, security);
    if (part.mimeType === 'text/calendar') return this.calendar(part);
    if (part.mimeType === 'message/partial') this.faults.add('PARTIAL_MESSAGE');
    if (part.mimeType === 'message/external-body') this.faults.add('EXTERNAL_BODY');
    const name = partFileName(part)?.toLowerCase();
    const maybeTnef = /^application\/(?:vnd\.)?ms-tnef$/.test(part.mimeType) || name === 'winmail.dat';
    const content = this.attach(part, 'FILE');
    return maybeTnef ? this.tnef(partBytes(this.bytes, part, this.faults)) : content;
  }

  private calendar(part: PartNode): BodyPiece[] {
    const summary = calendarSummary(partText(this.bytes, part, this.limits, this.faults));
    if (summary !== null) this.calendars.push(summary);
    return this.attach(part, 'CALENDAR');
  }

  private tnef(content: Buffer): BodyPiece[] {
    const tnef = unpackTnef(content);
    if (tnef === null || tnef.broken) this.faults.add('TNEF_BROKEN');
    if (tnef === null) return [];
    for (const file of tnef.files) this.unpacked(file.content, file.name, file.mimeType, file.contentId);
    const isNew = !this.hasBody && (tnef.text !== null || tnef.html !== null);
    return isNew ? [{ plain: tnef.text, html: tnef.html }] : [];
  }

  private unpacked(content: Buffer, name: string | null, type: string | null, contentId: string | null): void {
    this.faults.add('UNPACKED');
    const mimeType = validType(type ?? '') ?? 'application/octet-stream';
    this.attachments.add({ content, kind: 'FILE', mimeType, name, contentId });
  }

  private report(part: PartNode, kind: MailReport['kind']): BodyPiece[] {
    const content = partBytes(this.bytes, part, this.faults);
    this.reports.push(readReport(kind, content, this.limits, this.faults));
    return this.attach(part, 'REPORT');
  }

  /** A letter inside the letter stays one attachment; its words never pass as the sender's own. */
  private letterInside(part: PartNode): BodyPiece[] {
    const content = partBytes(this.bytes, part, this.faults);
    const { headers } = readHeaderBlock(content, 0, () => false, this.limits, this.faults);
    this.noteOriginal(headers);
    const subject = decodeHeaderText(firstRaw(headers, 'subject') ?? '', { ...NO_CHARSET });
    return this.attach(part, 'MESSAGE', subject === '' ? 'message.eml' : `${subject}.eml`);
  }

  private returnedHeaders(part: PartNode): BodyPiece[] {
    const content = partBytes(this.bytes, part, this.faults);
    this.noteOriginal(readHeaderBlock(content, 0, () => false, this.limits, this.faults).headers);
    return this.attach(part, 'REPORT');
  }

  private noteOriginal(headers: readonly RawHeader[]): void {
    const last = this.reports.at(-1);
    if (last === undefined || last.originalHeaders.length > 0) return;
    const fields = headers.map(({ name, value }) => ({ name, value: decodeHeaderText(value, { ...NO_CHARSET }) }));
    this.reports[this.reports.length - 1] = withOriginal(last, fields);
  }

  private attach(part: PartNode, kind: MailAttachmentKind, shownName?: string): BodyPiece[] {
    const content = partBytes(this.bytes, part, this.faults);
    if (content.length === 0 && part.end - part.bodyStart > 0 && part.encoding !== '') {
      return this.unparsed(part.bodyStart, part.end);
    }
    this.attachments.add({
      content,
      kind,
      mimeType: part.mimeType,
      name: partFileName(part),
      ...(shownName === undefined ? {} : { shownName }),
      contentId: partContentId(part),
      inline: part.disposition.value === 'inline',
    });
    return [];
  }

  /** Bytes that are no readable part are kept as they stand; blank ones are not worth keeping. */
  private unparsed(from: number, to: number): BodyPiece[] {
    const content = this.bytes.subarray(from, to);
    if (!content.some((byte) => byte > 0x20)) return [];
    this.faults.add('UNPARSED_PART');
    const shownName = 'unparsed-part.txt';
    this.attachments.add({ content, kind: 'UNPARSED', mimeType: 'application/octet-stream', name: null, shownName });
    return [];
  }
}
