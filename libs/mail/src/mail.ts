/** One address as a header names it. */
export interface MailAddress {
  /** The display name, decoded, without control or direction signs; null when there is none. */
  name: string | null;
  /** The addr-spec as written, trimmed, with the domain in lower case. It always holds an "@" with text on both sides. */
  address: string;
}

/** What was unusual or went wrong while a letter was read. */
export type MailFaultCode =
  | 'UNREADABLE'
  | 'MESSAGE_TOO_LARGE'
  | 'HEADER_BLOCK_TOO_LARGE'
  | 'HEADER_TOO_LONG'
  | 'TOO_MANY_HEADERS'
  | 'LINE_TOO_LONG'
  | 'TOO_DEEP'
  | 'TOO_MANY_PARTS'
  | 'MESSAGES_TOO_DEEP'
  | 'BOUNDARY_TOO_LONG'
  | 'TOO_MANY_ATTACHMENTS'
  | 'TOO_MANY_ADDRESSES'
  | 'TEXT_TOO_LONG'
  | 'HTML_TOO_LONG'
  | 'NO_SENDER'
  | 'SENDER_NOT_FROM'
  | 'SEVERAL_FROM'
  | 'RECOVERED_ADDRESS'
  | 'HEADER_CHARSET_GUESSED'
  | 'CHARSET_GUESSED'
  | 'UNDECODABLE'
  | 'DATE_MISSING'
  | 'DATE_ABSURD'
  | 'CONTROLS_REMOVED'
  | 'LINE_ENDS_REPAIRED'
  | 'MBOX_LINE_REMOVED'
  | 'BROKEN_MULTIPART'
  | 'UNPARSED_PART'
  | 'ENCODING_BROKEN'
  | 'TNEF_BROKEN'
  | 'UUENCODE_BROKEN'
  | 'UNPACKED'
  | 'SMIME_NOT_SUPPORTED'
  | 'PARTIAL_MESSAGE'
  | 'EXTERNAL_BODY';

/** One fault of a letter; nothing of the letter is lost by it, the raw bytes stay whole. */
export interface MailFault {
  code: MailFaultCode;
  /** One plain sentence for an agent. It names no content of the letter. */
  message: string;
}

/**
 * What an attachment is for: FILE is what the sender attached; MESSAGE a letter inside the letter; CALENDAR an
 * invitation; REPORT a part that is also in `reports`; SIGNATURE, ENCRYPTED and KEY belong to PGP or S/MIME;
 * UNPARSED holds bytes that could not be read as a part.
 */
export type MailAttachmentKind =
  | 'FILE'
  | 'MESSAGE'
  | 'CALENDAR'
  | 'REPORT'
  | 'SIGNATURE'
  | 'ENCRYPTED'
  | 'KEY'
  | 'UNPARSED';

/** One attachment with its bytes, already freed of the transfer encoding. */
export interface MailAttachment {
  /** A safe name, unique within the mail: no path, no control sign, at most 150 signs and 255 bytes. */
  name: string;
  /** The name as the letter gave it, decoded, at most 1,000 signs; null when it gave none. Never use it as a path. */
  rawName: string | null;
  /** The declared type in lower case when it is a valid token pair, else application/octet-stream. Not to be trusted. */
  mimeType: string;
  sizeBytes: number;
  /** The Content-ID without angle brackets. */
  contentId: string | null;
  /** True when the letter shows it inside its HTML or asks for it inline. */
  inline: boolean;
  /** SHA-256 of the content, lower-case hex. */
  sha256: string;
  kind: MailAttachmentKind;
  content: Buffer;
}

/** One field of a machine-readable report, in order, name as written. */
export interface MailReportField {
  name: string;
  value: string;
}

/** What a delivery report says about one recipient (RFC 3464, section 2.3). */
export interface MailReportRecipient {
  /** The address without its "rfc822;" type. */
  finalRecipient: string | null;
  originalRecipient: string | null;
  /** failed, delayed, delivered, relayed or expanded, in lower case; other words as they came. */
  action: string | null;
  /** The enhanced status code, such as 5.1.1. */
  status: string | null;
  diagnosticCode: string | null;
}

/** A report for machines: delivery status (RFC 3464), disposition (RFC 8098) or feedback (RFC 5965). */
export interface MailReport {
  kind: 'DELIVERY_STATUS' | 'DISPOSITION' | 'FEEDBACK';
  /** The fields about the message as a whole; for a disposition or feedback report all of its fields. */
  fields: MailReportField[];
  recipients: MailReportRecipient[];
  /** The Message-ID of the letter the report is about, without angle brackets; null when the report does not say. */
  originalMessageId: string | null;
  /** The headers of the letter the report is about; empty when the report does not return them. */
  originalHeaders: MailReportField[];
}

/** The tree of MIME types of a letter. */
export interface MailPart {
  mimeType: string;
  /** The parameters `protocol`, `report-type`, `smime-type`, `method`, `micalg` of Content-Type, where given. */
  params: Record<string, string>;
  children: MailPart[];
}

/** How a letter, or a part of it, is encrypted or signed. Only the form is told; nothing is opened or checked here. */
export interface MailEncryption {
  kind: 'PGP_MIME' | 'PGP_INLINE' | 'SMIME';
  encrypted: boolean;
  signed: boolean;
  /** Where in `structure` the encrypted or signed entity stands: child numbers from 0; [] is the whole letter. */
  path: number[];
}

/** One letter, understood. */
export interface Mail {
  /** Decoded, unfolded, in order, names in original case, within the limits. */
  headers: { name: string; value: string }[];
  /** The sender: the first address that can be read in From, Sender, Reply-To, Return-Path; null is an unknown sender. */
  from: MailAddress | null;
  fromSource: 'From' | 'Sender' | 'Reply-To' | 'Return-Path' | null;
  /** True when the letter names more than one author, in one From header or in several. */
  severalFrom: boolean;
  replyTo: MailAddress[];
  to: MailAddress[];
  cc: MailAddress[];
  /** Addresses of Delivered-To, X-Original-To, Envelope-To and the like, in order, without repeats. */
  deliveredTo: string[];
  /** Decoded, on one line; null without a Subject header. */
  subject: string | null;
  /** Without angle brackets, as written. */
  messageId: string | null;
  /** The ids of In-Reply-To, without angle brackets. */
  inReplyTo: string[];
  /** The ids of References in order, oldest first, without angle brackets. */
  references: string[];
  /** The sender's claim; null when missing, unreadable or absurd. */
  date: Date | null;
  /** The readable text, whole: from text/plain, else derived from the HTML; empty when nothing can be seen. Lines end in \n. */
  text: string;
  /** The decoded HTML, NOT sanitised; null when there is none. */
  html: string | null;
  attachments: MailAttachment[];
  reports: MailReport[];
  /** The first language tag of Content-Language or of the HTML, in lower case. */
  language: string | null;
  /** The address of the topmost Return-Path; '' for the null path <>; null when the header is missing or unreadable. */
  returnPath: string | null;
  structure: MailPart;
  encryption: MailEncryption | null;
  faults: MailFault[];
  sizeBytes: number;
}

/** The value of the first (topmost) header of this name, in any case; null when there is none. */
export function headerValue(mail: Pick<Mail, 'headers'>, name: string): string | null {
  const wanted = name.toLowerCase();
  return mail.headers.find((header) => header.name.toLowerCase() === wanted)?.value ?? null;
}

/** The values of all headers of this name, in any case, topmost first. */
export function headerValues(mail: Pick<Mail, 'headers'>, name: string): string[] {
  const wanted = name.toLowerCase();
  return mail.headers.filter((header) => header.name.toLowerCase() === wanted).map((header) => header.value);
}
