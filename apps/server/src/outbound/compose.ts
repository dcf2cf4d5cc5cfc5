import { isStrictAddress } from '@support-center/mail';
import MailComposer from 'nodemailer/lib/mail-composer';
import { invalidInput } from '../platform/errors.ts';

/** Headers and bodies of a mail, before it becomes bytes. */
export interface MailShape {
  readonly from: { readonly address: string; readonly name: string | null };
  readonly to: readonly string[];
  readonly cc?: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html?: string | null;
  readonly date: Date;
  /** With angle brackets, as are the ids below. */
  readonly messageId: string;
  readonly inReplyTo?: string | null;
  readonly references?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly attachments?: readonly MailFile[];
}

/** A file of a mail. With a content id the HTML shows it. */
export interface MailFile {
  readonly name: string;
  readonly mimeType: string;
  readonly content: Buffer;
  readonly contentId?: string;
}

/** A line end in a value would begin another header. */
const BREAKS_HEADER = /[\r\n\u0000]/;

/**
 * The final bytes of a mail; Date and Message-ID are the caller's, so that a second sending is the same mail. No file or
 * address is ever read for it. @throws AppError INVALID_INPUT for a recipient or value that no header may carry
 */
export async function composeMail(shape: MailShape): Promise<Buffer> {
  for (const address of [shape.from.address, ...shape.to, ...(shape.cc ?? [])]) {
    if (!isStrictAddress(address))
      throw invalidInput([{ path: 'to', message: 'A recipient has an address that cannot be written to.' }]);
  }
  if (headerTexts(shape).some((value) => BREAKS_HEADER.test(value))) {
    throw invalidInput([
      { path: 'subject', message: 'A line end cannot stand in a subject, a name or another header.' },
    ]);
  }
  const composer = new MailComposer({
    from: { name: shape.from.name ?? '', address: shape.from.address },
    to: [...shape.to],
    ...(shape.cc && shape.cc.length > 0 ? { cc: [...shape.cc] } : {}),
    subject: shape.subject,
    text: shape.text,
    ...(shape.html ? { html: shape.html } : {}),
    date: shape.date,
    messageId: shape.messageId,
    ...(shape.inReplyTo ? { inReplyTo: shape.inReplyTo } : {}),
    ...(shape.references && shape.references.length > 0 ? { references: [...shape.references] } : {}),
    headers: { ...shape.headers },
    attachments: (shape.attachments ?? []).map((file) => ({
      filename: file.name,
      contentType: file.mimeType,
      content: file.content,
      ...(file.contentId ? { cid: file.contentId, contentDisposition: 'inline' as const } : {}),
    })),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return new Promise((resolve, reject) => {
    composer.compile().build((error, bytes) => (error ? reject(error) : resolve(bytes as Buffer)));
  });
}

/** Every text of the shape that becomes part of a header. */
function headerTexts({
  subject,
  from,
  messageId,
  inReplyTo,
  references = [],
  headers = {},
  attachments = [],
}: MailShape): string[] {
  const ofFiles = attachments.flatMap(({ name, mimeType, contentId }) => [name, mimeType, contentId ?? '']);
  return [
    subject,
    from.name ?? '',
    messageId,
    inReplyTo ?? '',
    ...references,
    ...Object.entries(headers).flat(),
    ...ofFiles,
  ];
}

/** What marks a mail as written by a machine, so that no other machine answers it (RFC 3834, section 5). */
export function automaticHeaders(kind: 'auto-replied' | 'auto-generated', ownAddress: string): Record<string, string> {
  return { 'Auto-Submitted': kind, 'X-Auto-Response-Suppress': 'All', 'X-Loop': ownAddress };
}
