import { readAddresses } from './address-header.ts';
import type { FaultList } from './faults.ts';
import { decodeHeaderText, type HeaderDecoding } from './header-text.ts';
import type { MailLimits } from './limits.ts';
import type { MailReport, MailReportField, MailReportRecipient } from './mail.ts';
import { parseMessageIds } from './message-ids.ts';
import { readHeaderBlock } from './raw-headers.ts';

const KINDS: Record<string, MailReport['kind']> = {
  'message/delivery-status': 'DELIVERY_STATUS',
  'message/global-delivery-status': 'DELIVERY_STATUS',
  'message/disposition-notification': 'DISPOSITION',
  'message/feedback-report': 'FEEDBACK',
};
const MAX_GROUPS = 100;

/** The kind of report that a part of this type is; null: none. */
export function reportKind(mimeType: string): MailReport['kind'] | null {
  return KINDS[mimeType] ?? null;
}

/** Reads the fields of a report part: groups of header-like lines with blank lines between (RFC 3464, section 2.1). */
export function readReport(
  kind: MailReport['kind'],
  content: Buffer,
  limits: MailLimits,
  faults: FaultList,
): MailReport {
  const groups: MailReportField[][] = [];
  for (let at = 0; at < content.length && groups.length < MAX_GROUPS; ) {
    const block = readHeaderBlock(content, at, () => false, limits, faults);
    if (block.headers.length > 0)
      groups.push(
        block.headers.map(({ name, value }) => ({
          name,
          value: decodeHeaderText(value, { bodyCharset: null, guessed: false }),
        })),
      );
    at = Math.max(block.end, at + 1);
  }
  const [fields = [], ...rest] = groups;
  const own = kind === 'DELIVERY_STATUS' ? rest : groups;
  return {
    kind,
    fields: kind === 'DELIVERY_STATUS' ? fields : groups.flat(),
    recipients: own.map(recipientOf).filter((recipient) => recipient !== null),
    originalMessageId: parseMessageIds(fieldValue(groups.flat(), 'original-message-id') ?? '')[0] ?? null,
    originalHeaders: [],
  };
}

/** Adds what the report returns of the letter it is about. */
export function withOriginal(report: MailReport, headers: MailReportField[]): MailReport {
  const originalMessageId =
    report.originalMessageId ?? parseMessageIds(fieldValue(headers, 'message-id') ?? '')[0] ?? null;
  return { ...report, originalHeaders: headers, originalMessageId };
}

function recipientOf(fields: MailReportField[]): MailReportRecipient | null {
  const finalRecipient = addressIn(fieldValue(fields, 'final-recipient'));
  const originalRecipient = addressIn(fieldValue(fields, 'original-recipient'));
  if (finalRecipient === null && originalRecipient === null) return null;
  return {
    finalRecipient,
    originalRecipient,
    action: fieldValue(fields, 'action')?.toLowerCase() ?? null,
    status: /\b([245]\.\d{1,3}\.\d{1,3})\b/.exec(fieldValue(fields, 'status') ?? '')?.[1] ?? null,
    diagnosticCode: fieldValue(fields, 'diagnostic-code')?.replace(/^\s*\w+\s*;\s*/, '') ?? null,
  };
}

function addressIn(value: string | null): string | null {
  if (value === null) return null;
  const decoding: HeaderDecoding = { bodyCharset: null, guessed: false };
  return readAddresses(value.replace(/^[^;]*;/, ''), decoding, { limit: 1 }).addresses[0]?.address ?? null;
}

function fieldValue(fields: MailReportField[], name: string): string | null {
  return fields.find((field) => field.name.toLowerCase() === name)?.value ?? null;
}
