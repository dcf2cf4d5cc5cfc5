import { createHash } from 'node:crypto';
import { AttachmentNames, rawNameOf } from './attachment-names.ts';
import type { FaultList } from './faults.ts';
import type { MailAttachment, MailAttachmentKind } from './mail.ts';

/** One attachment to keep. */
export interface NewAttachment {
  content: Buffer;
  kind: MailAttachmentKind;
  mimeType: string;
  /** The name that the letter gives; null: one is made from the type. */
  name: string | null;
  /** The name to show instead of the given one, such as the subject of a letter inside the letter. */
  shownName?: string;
  contentId?: string | null;
  inline?: boolean;
}

/** Collects the attachments of one letter: safe names, each once; no more than `limit`. */
export class AttachmentList {
  readonly all: MailAttachment[] = [];
  private readonly names = new AttachmentNames();
  private readonly limit: number;
  private readonly faults: FaultList;

  constructor(limit: number, faults: FaultList) {
    this.limit = limit;
    this.faults = faults;
  }

  add({ content, kind, mimeType, name, shownName, contentId = null, inline = false }: NewAttachment): void {
    if (this.all.length >= this.limit) {
      this.faults.add('TOO_MANY_ATTACHMENTS');
      return;
    }
    this.all.push({
      name: this.names.take(name ?? shownName ?? null, mimeType),
      rawName: name === null ? null : rawNameOf(name),
      mimeType,
      sizeBytes: content.length,
      contentId,
      inline,
      sha256: createHash('sha256').update(content).digest('hex'),
      kind,
      content,
    });
  }

  /** Marks what the HTML shows by its Content-ID (RFC 2392) as inline. */
  markShown(html: string): void {
    const shown = new Set<string>();
    for (const [, id = ''] of html.matchAll(/\bcid:([^"'\s<>)]{1,255})/gi)) shown.add(decoded(id));
    for (const attachment of this.all) {
      if (attachment.contentId !== null && shown.has(attachment.contentId)) attachment.inline = true;
    }
  }
}

function decoded(id: string): string {
  try {
    return decodeURIComponent(id.replace(/&amp;/g, '&'));
  } catch {
    return id;
  }
}
